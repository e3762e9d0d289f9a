import { fieldNamed, valueOf, type FoundRow } from './article-fields.ts'

const MARKED = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\r?\n?/

/** An article in Markdown: fields between two lines of `---`, then the body; a first heading is the title. */
export function readMarkdown(file: string, source: string): FoundRow {
  const marked = MARKED.exec(source)
  const values = fieldsOf((marked?.[1] ?? '').split(/\r?\n/))
  const text = source.slice(marked?.[0].length ?? 0).trim()
  const heading = /^#\s+(.+)\r?\n?/.exec(text)
  const title = values['title'] ?? heading?.[1]?.trim()
  const body = heading && title === heading[1]?.trim() ? text.slice(heading[0].length).trim() : text
  return { place: file, values: { ...values, ...(title ? { title } : {}), ...(body ? { body } : {}) } }
}

/** An article as lines: leading `字段:值`, then the title, then the body. */
export function readLines(file: string, lines: readonly string[]): FoundRow {
  const full = lines.map((line) => line.trim()).filter((line) => line !== '')
  const first = full.findIndex((line) => fieldLine(line) === null)
  const head = first < 0 ? full : full.slice(0, first)
  const rest = first < 0 ? [] : full.slice(first)
  const values = fieldsOf(head)
  if (values['title'] === undefined) values['title'] = rest.shift()
  return { place: file, values: { ...values, body: rest.join('\n') } }
}

function fieldsOf(lines: readonly string[]): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const line of lines) {
    const found = fieldLine(line)
    if (found) values[found.field] = valueOf(found.field, found.text)
  }
  return values
}

function fieldLine(line: string): { field: NonNullable<ReturnType<typeof fieldNamed>>; text: string } | null {
  const [, name = '', text = ''] = /^\s*([^::]{1,20})[::](.*)$/.exec(line) ?? []
  const field = fieldNamed(name)
  return field ? { field, text } : null
}
