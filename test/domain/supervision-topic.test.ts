import { plusDays } from '@hub/kit/day.ts'
import { policyOn } from '@hub/supervision/domain/policy.ts'
import { knownWindows, risesOf, windowOn } from '@hub/supervision/domain/topic.ts'
import { describe, expect, it } from 'vitest'

const rule = policyOn('2026-11-23').topics
const rises = (recent: number, before: number, windows = 8, matterType = 'HELP'): boolean =>
  risesOf([{ district: '历下区', matterType, department: null, recent, before }], windows, rule).length > 0

describe('a rise', () => {
  it('is enough cases, enough times the baseline, and more than chance explains (R76)', () => {
    expect(rises(6, 0)).toBe(true)
    expect(rises(5, 0)).toBe(false)
    // 100 a week: 131 is beyond chance and not double; 200 is both.
    expect(rises(131, 800)).toBe(false)
    expect(rises(199, 800)).toBe(false)
    expect(rises(200, 800)).toBe(true)
    // 4 a week: nearly three times as many is within what chance brings, four deviations are not.
    expect(rises(11, 32)).toBe(false)
    expect(rises(12, 32)).toBe(true)
  })

  it('is not told from too short a time, nor of what is confidential or praise', () => {
    expect(rises(100, 0, 1)).toBe(false)
    expect(rises(100, 0, 2)).toBe(true)
    expect(rises(100, 0, 8, 'REPORT')).toBe(false)
    expect(rises(100, 0, 8, 'PRAISE')).toBe(false)
  })

  it('comes strongest first', () => {
    const at = (district: string, recent: number) => ({
      district,
      matterType: 'HELP',
      department: null,
      recent,
      before: 8,
    })
    expect(risesOf([at('甲', 10), at('乙', 30)], 8, rule).map(({ district }) => district)).toEqual([
      '乙',
      '甲',
    ])
  })
})

describe('the window', () => {
  const window = windowOn('2026-11-23', rule)

  it('is the week that ends yesterday, after eight weeks of baseline', () => {
    expect(window).toEqual({ baselineFrom: '2026-09-21', from: '2026-11-16', to: '2026-11-22' })
  })

  it.each([
    [null, 0],
    ['2026-11-20', 0],
    ['2026-11-10', 0],
    ['2026-11-09', 1],
    ['2026-11-02', 2],
    ['2026-09-21', 8],
    ['2020-01-01', 8],
  ])('knows of its baseline, the first case being of %s, %s weeks', (since, weeks) => {
    expect(knownWindows(since, window, rule)).toBe(weeks)
  })

  it('lies beside the one of the week before', () => {
    expect(windowOn(plusDays('2026-11-23', 7), rule).from).toBe(plusDays(window.to, 1))
  })
})
