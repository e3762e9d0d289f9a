import { describe, expect, it } from 'vitest'
import { plainCode } from './plain-code.ts'
import { impureRules, longFiles, oddHabits, oddNames } from './style.ts'
import { projectFiles, projectPaths, read } from './tree.ts'

const files = projectFiles()
/** These state the rules, in words and in broken examples. */
const own = /^test\/house\/(style|style\.test|plain-code)\.ts$/

describe('the files of the house', () => {
  it('are at most 250 lines long', () => {
    expect(longFiles(files)).toEqual([])
  })

  it('are named in kebab-case after a thing', () => {
    expect(oddNames(projectPaths())).toEqual([])
  })

  it('have no habit that the house has given up', () => {
    expect(oddHabits(files.filter(({ path }) => !own.test(path)))).toEqual([])
  })

  it('state rules that take time and chance as arguments', () => {
    expect(files.some(({ path }) => path.startsWith('subgraphs/cases/domain/'))).toBe(true)
    expect(impureRules(files)).toEqual([])
  })

  it('fetch nothing from an address of their own', () => {
    expect(read('pnpm-lock.yaml')).not.toContain('://')
  })
})

describe('what would be caught', () => {
  const file = (text: string, path = 'kit/day.ts') => [{ path, text }]

  it('is a file of 251 lines', () => {
    expect(longFiles(file('a\n'.repeat(250)))).toEqual([])
    expect(longFiles(file('a\n'.repeat(251)))).toEqual(['kit/day.ts has 251 lines'])
    expect(longFiles(file('a\n'.repeat(251), 'migrations/cases/0001_a.sql'))).toHaveLength(1)
  })

  it.each([
    'kit/workingDays.ts',
    'kit/Working-days.ts',
    'kit/working_days.ts',
    'kit/utils.ts',
    'kit/day-helpers.ts',
    'cli/index.ts',
    'kit/common/day.ts',
    'subgraphs/cases/case-service.ts',
    'kit/manager.ts',
    'migrations/cases/1_cases.sql',
  ])('is the name %s', (path) => {
    expect(oddNames([path])).toEqual([path])
  })

  it.each([
    ['a default export', 'export default function a() {}'],
    ['a default export', 'export { a as default }'],
    ['any', 'const a: any = 1'],
    ['any', 'const a = b as any'],
    ['any', 'const a: Record<string, any> = {}'],
    ['any', 'function a(b: readonly any[]) {}'],
    ['an enum', 'export const enum A { B }'],
    ['an enum', 'enum A { B }'],
    ['a cast through unknown', 'a as unknown as B'],
    ['a barrel', "export * from './a.ts'"],
    ['a silenced check', '// @ts-expect-error\na()'],
    ['a silenced check', '/* oxlint-disable */'],
    ['a path of a machine', "const a = '/home/me/a'"],
    ['unfinished work', '// TODO: more'],
    ['a focused or skipped test', "it.only('a', b)"],
  ])('is %s: %s', (what, text) => {
    expect(oddHabits(file(text))).toEqual([`kit/day.ts has ${what}`])
  })

  it.each([
    'const sdl = `enum A { B }`',
    '// any of them',
    "const a = 'x: any'",
    'const any = 1',
    'Promise.any(all)',
    'const pattern = /[\'"`]: any/',
    'const at = `${base}/tmp`',
  ])('is not %s', (text) => {
    expect(oddHabits(file(text))).toEqual([])
  })

  it.each([
    'Date.now()',
    'new Date()',
    'new Date( )',
    'Math.random()',
    'randomUUID()',
    'await a',
    'async () => a',
    "process.env['A']",
  ])('is a rule with %s', (code) => {
    expect(impureRules(file(`const a = ${code}`, 'subgraphs/cases/domain/case.ts'))).toHaveLength(1)
    expect(impureRules(file(`const a = ${code}`, 'subgraphs/cases/work/a.ts'))).toEqual([])
  })

  it('is not a rule with a time that came in, or the word in a comment', () => {
    const text = '// await nothing\nconst a = new Date(now.getTime())'
    expect(impureRules(file(text, 'subgraphs/cases/domain/case.ts'))).toEqual([])
  })
})

describe('code without its texts', () => {
  it.each([
    ["a('x') // y", "a(' ')     "],
    ['a(`b ${c + `d ${e}`} f`)', "a('   'c + '   'e'''  ')"],
    ['a = /[/"]\'/ / b', "a = '     ' / b"],
    ['a /* b\nc */ d', 'a     \n     d'],
    ["'it\\'s' + b", "'     ' + b"],
  ])('%s', (text, plain) => {
    expect(plainCode(text)).toBe(plain)
  })
})
