import { HUB_NAMES } from '@hub/cli/house/launch-settings.ts'
import { describe, expect, it } from 'vitest'
import { projectFiles, read, type ProjectFile } from './tree.ts'

const READ = /\benv\[['"]([A-Z][A-Z0-9_]+)['"]\]|\benv\.([A-Z][A-Z0-9_]+)\b/g
const SHAPE = /z\.object\(\{([\s\S]*?)\n\}\)/g
const KEY = /^ {2}([A-Z][A-Z0-9_]+):/gm

/** Every environment setting that code reads: by name, or through a shape given to `readSettings`. */
const settingsRead = (files: readonly ProjectFile[]): Map<string, string> => {
  const found = new Map<string, string>()
  for (const { path, text } of files) {
    for (const [, bracket, dot] of text.matchAll(READ)) found.set(bracket ?? dot ?? '', path)
    if (!text.includes('readSettings')) continue
    for (const [, body = ''] of text.matchAll(SHAPE))
      for (const [, name = ''] of body.matchAll(KEY)) found.set(name, path)
  }
  return found
}

/** Every name in the first column of the table under “Settings”. */
const settingsTold = (readme: string): Set<string> => {
  const section = readme.split(/^## /m).find((part) => part.startsWith('Settings')) ?? ''
  const cells = [...section.matchAll(/^\| ([^|]+) \|/gm)].map(([, cell = '']) => cell)
  return new Set(
    cells.flatMap((cell) => [...cell.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name = '']) => name)),
  )
}

const code = projectFiles(/^(cli|gateway|kit|migrations|schema|subgraphs)\/.*\.(ts|mjs)$/)

describe('the settings', () => {
  const reads = settingsRead(code)
  const told = settingsTold(read('README.md'))

  it('that code reads stand in the README', () => {
    expect(
      [...reads].filter(([name]) => !told.has(name)).map(([name, path]) => `${name} in ${path}`),
    ).toEqual([])
  })

  it('that the README tells of are read', () => {
    expect([...told].filter((name) => !reads.has(name))).toEqual([])
  })

  it('named HUB_… are known to the launcher, which refuses any other', () => {
    const ours = [...reads.keys()].filter((name) => name.startsWith('HUB_'))
    expect(ours.toSorted()).toEqual([...HUB_NAMES].toSorted())
  })
})

describe('a setting', () => {
  it.each([
    ["const a = env['HUB_DATA']", ['HUB_DATA']],
    ['const a = process.env.LOG_LEVEL', ['LOG_LEVEL']],
    ['readSettings(\n  z.object({\n  PORT: port,\n  HOST: z.string(),\n}), env)', ['PORT', 'HOST']],
    ["const a = { PORT: 1 }\nconst b = other['HUB_DATA']", []],
  ])('is found in %j', (text, names) => {
    expect([...settingsRead([{ path: 'cli/a.ts', text }]).keys()]).toEqual(names)
  })

  it('is told in the table under its heading only', () => {
    const readme =
      'Set `OTHER`.\n\n## Settings 设置\n\n| setting | meaning |\n|---|---|\n| `PORT`, `HOST` | see `THIRD` |\n\n## End\n\n| `LAST` | a |\n'
    expect([...settingsTold(readme)]).toEqual(['PORT', 'HOST'])
  })
})
