import { dayOf, endOfDay, inShanghai, isDay, plusDays, startOfDay, weekdayOf } from '@hub/kit/day.ts'
import { afterEach, describe, expect, it } from 'vitest'

const zone = process.env['TZ']
const restoreZone = (): void => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
}

describe.each([
  ['UTC', 0],
  ['America/New_York', 300],
  ['Asia/Shanghai', -480],
  ['Pacific/Kiritimati', -840],
])('a day in Shanghai, in a process in %s', (processZone, offset) => {
  afterEach(restoreZone)
  const there = <T>(look: () => T): T => {
    process.env['TZ'] = processZone
    expect(new Date('2026-01-15T12:00:00Z').getTimezoneOffset()).toBe(offset)
    return look()
  }

  it('begins at 16:00 UTC of the day before', () => {
    expect(there(() => dayOf(new Date('2026-11-22T15:59:59.999Z')))).toBe('2026-11-22')
    expect(there(() => dayOf(new Date('2026-11-22T16:00:00.000Z')))).toBe('2026-11-23')
    expect(there(() => startOfDay('2026-11-23'))).toEqual(new Date('2026-11-22T16:00:00Z'))
  })

  it('ends at 24:00, which is the first instant too late for it (R59)', () => {
    const end = there(() => endOfDay('2026-11-23'))
    expect(end).toEqual(new Date('2026-11-23T16:00:00Z'))
    expect(there(() => dayOf(end))).toBe('2026-11-24')
    expect(there(() => dayOf(new Date(end.getTime() - 1)))).toBe('2026-11-23')
  })

  it('is written with its offset', () => {
    expect(there(() => inShanghai(new Date('2026-11-23T01:00:00Z')))).toBe('2026-11-23T09:00:00.000+08:00')
  })

  it('is counted over the ends of months and years and over days when New York changes its clocks', () => {
    expect(there(() => plusDays('2026-12-31', 1))).toBe('2027-01-01')
    expect(there(() => plusDays('2028-03-01', -1))).toBe('2028-02-29')
    expect(there(() => plusDays('2026-03-07', 2))).toBe('2026-03-09')
    expect(there(() => plusDays('2026-10-31', 2))).toBe('2026-11-02')
  })

  it('knows its weekday', () => {
    expect(there(() => weekdayOf('2026-11-23'))).toBe(1)
    expect(there(() => weekdayOf('2026-11-22'))).toBe(7)
  })
})

describe('a text', () => {
  it.each(['2026-11-23', '2028-02-29', '0001-01-01'])('%s is a day', (text) => {
    expect(isDay(text)).toBe(true)
  })

  it.each([
    '2026-02-30',
    '2026-13-01',
    '2027-02-29',
    '2026-00-10',
    '26-11-23',
    '2026-11-23T00:00:00Z',
    '',
    ' 2026-11-23',
    '2026-11-23\n',
  ])('%j is no day that exists', (text) => {
    expect(isDay(text)).toBe(false)
  })
})
