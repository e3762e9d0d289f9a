import { describe, expect, it } from 'vitest'
import { projectFiles, read, type ProjectFile } from './tree.ts'

interface Row {
  readonly number: number
  readonly state: string
}

const ROW = /^\| R(\d+) \| ([^|]+) \| ([^|]+) \| (stands|partly|later)[^|]* \|$/gm
const rowsIn = (text: string): Row[] =>
  [...text.matchAll(ROW)].map(([, number, , , state = '']) => ({ number: Number(number), state }))

const TITLE = /(?:\b(?:it|test|describe)(?:\.\w+)*|\]\)|\w\))\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1/g
const CITED = /R(\d+)(?:[–-]R?(\d+))?/g

/** Row → how many test titles name it; `(R56–R58, R62)` names four rows. */
const namedIn = (files: readonly ProjectFile[]): Map<number, number> => {
  const named = new Map<number, number>()
  for (const { text } of files)
    for (const [, , title = ''] of text.matchAll(TITLE))
      for (const [, cited = ''] of title.matchAll(/\(([^()]*\bR\d+[^()]*)\)/g))
        for (const [, from, to] of cited.matchAll(CITED))
          for (let row = Number(from); row <= Number(to ?? from); row += 1)
            named.set(row, (named.get(row) ?? 0) + 1)
  return named
}

/** Rows that claim to stand and have no test that names them. */
const emptyClaims = (rows: readonly Row[], named: ReadonlyMap<number, number>): string[] =>
  rows
    .filter(({ number, state }) => state !== 'later' && !named.has(number))
    .map(({ number, state }) => `R${number} says "${state}"`)

const rows = rowsIn(read('REQUIREMENTS.md'))
const tests = projectFiles(/^test\/.*\.test\.ts$/).filter(
  ({ path }) => path !== 'test/house/requirements.test.ts',
)

describe('the rows of REQUIREMENTS.md', () => {
  it('are the 98 duties, each once, in order', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 98 }, (_, index) => index + 1))
  })

  it('claim nothing that no test names', () => {
    expect(emptyClaims(rows, namedIn(tests))).toEqual([])
  })

  it('say plainly what comes later', () => {
    const states = Object.groupBy(rows, ({ state }) => state)
    expect(states['stands']?.length ?? 0).toBeGreaterThan(10)
  })

  it('are all that tests cite', () => {
    expect([...namedIn(tests).keys()].filter((row) => row < 1 || row > 98)).toEqual([])
  })
})

describe('a claim', () => {
  const row = (state: string): Row[] => rowsIn(`| R97 | a duty | somewhere | ${state} |`)
  const titled = (text: string): Map<number, number> => namedIn([{ path: 'a.test.ts', text }])

  it('without a test that names it would be caught', () => {
    expect(emptyClaims(row('stands'), titled("it('does something else', () => {})"))).toEqual([
      'R97 says "stands"',
    ])
    expect(emptyClaims(row('partly: search only'), new Map())).toEqual(['R97 says "partly"'])
    expect(emptyClaims(row('later'), new Map())).toEqual([])
  })

  it.each([
    ["it('never goes there (R97)', () => {})", [97]],
    ["describe('an emergency (R56–R58, R62)', () => {})", [56, 57, 58, 62]],
    ["it.each([[1, 2]])(\n  'counts %s (R59)', () => {})", [59]],
    ["it.each(vectors)('$days (R60-R61)', () => {})", [60, 61]],
    ['it(`${name} (R30)`, () => {})', [30]],
    ["const text = 'not a title (R97)'", []],
    ["it('has no brackets R97', () => {})", []],
  ])('is named by %s', (text, numbers) => {
    expect([...titled(text).keys()]).toEqual(numbers)
  })

  it('of an unknown state is no row', () => {
    expect(rowsIn('| R97 | a duty | somewhere | perhaps |')).toEqual([])
  })
})
