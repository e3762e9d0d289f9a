import type { Catalogue } from '@hub/kit/errors.ts'

/** Who speaks a catalogue of refusals. */
export interface SpokenCatalogue {
  readonly title: string
  readonly catalogue: Catalogue
}

const HEAD = `# Refusals 错误码

An entry in \`errors\` with one of these codes in \`extensions.code\`: nothing was changed, and the sentence says why, in
Chinese or, with \`Accept-Language: en\`, in English. A code never changes its meaning. \`{…}\` is filled in.
Printed from the code by \`npm run schema\`; do not edit.
`

/** The published list of every code with its meaning and both sentences. */
export function errorList(catalogues: readonly SpokenCatalogue[]): string {
  const sections = catalogues.map(({ title, catalogue }) => {
    const rows = Object.entries(catalogue)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([code, { meaning, ...said }]) =>
          `| \`${code}\` | ${cell(meaning)} | ${cell(said['zh-CN'])} | ${cell(said.en)} |`,
      )
    return `## ${title}\n\n| code | meaning | 中文 | English |\n|---|---|---|---|\n${rows.join('\n')}\n`
  })
  return [HEAD, ...sections].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
