import { describe, expect, it } from 'vitest'
import { treeChanges } from '@hub/departments/domain/changes.ts'
import type { DepartmentRecord } from '@hub/departments/domain/department.ts'
import { checkLexicon } from '@hub/departments/domain/lexicon-check.ts'
import { readExamples, readMatters, readPlaces } from '@hub/departments/domain/lexicon-file.ts'
import { matchTerm } from '@hub/departments/domain/lexicon.ts'
import { checkTree, parentsFirst } from '@hub/departments/domain/tree.ts'
import { loadSample } from '@hub/departments/sample/load.ts'

const unit = (
  code: string,
  parent: string | null,
  more: Partial<DepartmentRecord> = {},
): DepartmentRecord => ({
  code,
  parent,
  name: `单位${code}`,
  shortName: null,
  type: 'MUNICIPAL_BUREAU',
  level: 'CITY',
  acceptsDispatch: true,
  position: 0,
  aliases: [],
  responsibilities: ['排水'],
  ...more,
})

describe('the tree of organisations', () => {
  it('takes the sample: city, bureaus and districts, subdistricts under them (R35 R36 R37)', () => {
    const { units } = loadSample()
    expect(units).toHaveLength(81)
    expect(() => checkTree(units)).not.toThrow()
    const byCode = new Map(units.map((each) => [each.code, each]))
    const streets = units.filter(({ type }) => type === 'SUBDISTRICT')
    expect(streets.every(({ parent }) => byCode.get(parent ?? '')?.parent === 'JN-GOV')).toBe(true)
    const takes = units.filter(({ type }) =>
      ['MUNICIPAL_BUREAU', 'DISTRICT_GOVERNMENT', 'COUNTY_GOVERNMENT'].includes(type),
    )
    expect(takes.every(({ acceptsDispatch }) => acceptsDispatch)).toBe(true)
  })

  it.each([
    ['a circle', [unit('A', 'C'), unit('B', 'A'), unit('C', 'B')], 'DEPARTMENT_CYCLE'],
    ['a unit above itself', [unit('A', 'A')], 'DEPARTMENT_CYCLE'],
    ['a parent that is not there', [unit('A', 'Z')], 'DEPARTMENT_PARENT_UNKNOWN'],
    ['a code twice', [unit('A', null), unit('A', null)], 'DEPARTMENT_CODE_REPEATED'],
  ])('refuses %s (R35)', (_what, units, code) => {
    expect(() => checkTree(units)).toThrow(expect.objectContaining({ code }))
  })

  it('is written parents first', () => {
    const ordered = parentsFirst([unit('C', 'B'), unit('B', 'A'), unit('A', null)])
    expect(ordered.map(({ code }) => code)).toEqual(['A', 'B', 'C'])
  })
})

describe('an import of the tree', () => {
  const standing = [unit('A', null), unit('B', 'A')]

  it('is quiet when nothing differs, whatever the order of aliases', () => {
    const two = [unit('A', null, { aliases: ['甲', '乙'] })]
    const same = [unit('A', null, { aliases: ['乙', '甲'] })]
    expect(treeChanges(two, same, true)).toEqual({ saved: [], removed: [] })
  })

  it('saves only what differs, the catalogue included', () => {
    const changed = unit('B', 'A', { responsibilities: ['排水', '节水'] })
    expect(treeChanges(standing, [unit('A', null), changed], false).saved).toEqual([changed])
  })

  it('removes what is left out only when asked to, and never what units still stand under', () => {
    expect(treeChanges(standing, [unit('A', null)], false).removed).toEqual([])
    expect(treeChanges(standing, [unit('A', null)], true).removed).toEqual([standing[1]])
    expect(() => treeChanges(standing, [unit('B', 'A')], true)).toThrow(
      expect.objectContaining({ code: 'DEPARTMENT_HAS_CHILDREN' }),
    )
  })
})

describe('the lexicon of matters', () => {
  it('cites only clauses that stand in the catalogues (R35)', () => {
    const { matters, units } = loadSample()
    expect(matters.length).toBeGreaterThan(200)
    expect(() => checkLexicon(matters, units)).not.toThrow()
  })

  it.each([
    ['LEXICON_CLAUSE_UNKNOWN', 'x\tX\ttrouble\tA=采矿\t\ta\t\t'],
    ['LEXICON_DEPARTMENT_UNKNOWN', 'x\tX\ttrouble\tZ=排水\t\ta\t\t'],
  ])('is refused with %s', (code, line) => {
    const matters = readMatters('m.tsv', line)
    expect(() => checkLexicon(matters, [unit('A', null)])).toThrow(expect.objectContaining({ code }))
  })

  it.each([
    ['x\tX\ttrouble\tA=排水', 'eight columns'],
    ['x\tX\tother\tA=排水\t\ta\t\t', 'neither service nor trouble'],
    ['x\tX\ttrouble\t\t\ta\t\t', 'no department'],
  ])('is refused with the line that cannot be read: %j', (line, problem) => {
    expect(() => readMatters('m.tsv', `# remark\n${line}`)).toThrow(new RegExp(`line 2 .*${problem}`))
  })

  it('reads known calls, and refuses a line that cannot be one', () => {
    expect(readExamples('e.tsv', 'emergency\tA @district\t着火了')).toEqual([
      { emergency: true, departments: ['A', '@district'], told: '着火了' },
    ])
    expect(() => readExamples('e.tsv', 'urgent\tA\t着火了')).toThrow(/neither emergency nor ordinary/)
    expect(() => readExamples('e.tsv', 'ordinary\tA')).toThrow(/three columns/)
  })

  it('reads places by district', () => {
    expect(readPlaces('p.tsv', '历下区\t姚家 甸柳')).toEqual([
      { name: '姚家', district: '历下区' },
      { name: '甸柳', district: '历下区' },
    ])
  })

  it.each([
    ['暖气不热', '暖气', '暖气'],
    ['供热管道昨晚停了', '供热+停|凉', '供热、停'],
    ['下水管道堵了', '供热+停|凉', null],
    [`供热${'一'.repeat(80)}停`, '供热+停', null],
    ['new evidence', 'ev', null],
    ['please fix the ev charger', 'ev', 'ev'],
  ])('in %j the term %j is %j', (text, term, words) => {
    expect(matchTerm(text, term)).toBe(words)
  })
})
