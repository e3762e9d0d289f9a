import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { plusDays } from '@hub/kit/day.ts'
import { addWorkingDays, workingDaysBetween, type Calendar } from '@hub/kit/working-days.ts'
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'

interface Vector {
  readonly dispatchDate: string
  readonly workingDays: number
  readonly expectedDue: string | null
  readonly note: string
}

const text = readFileSync(new URL('clock-vectors.json', import.meta.url), 'utf8')
const { vectors } = JSON.parse(text) as { vectors: readonly Vector[] }
const announced = vectors.filter(({ expectedDue }) => expectedDue !== null)
const unannounced = vectors.filter(({ expectedDue }) => expectedDue === null)
const calendar = chineseCalendar()
const zone = process.env['TZ']

afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

describe.each(['UTC', 'America/New_York', 'Asia/Shanghai'])('deadlines in a process in %s', (processZone) => {
  it('has all the vectors', () => {
    expect(vectors).toHaveLength(41)
    expect(unannounced).toHaveLength(1)
  })

  it.each(announced)('$workingDays working days after $dispatchDate ($note) (R59)', (vector) => {
    process.env['TZ'] = processZone
    const due = addWorkingDays(calendar, vector.dispatchDate, vector.workingDays)
    expect(due).toEqual({ on: vector.expectedDue, provisional: false })
    expect(workingDaysBetween(calendar, vector.dispatchDate, due.on)).toBe(vector.workingDays)
  })

  it.each(unannounced)('$workingDays working days after $dispatchDate are provisional: $note', (vector) => {
    process.env['TZ'] = processZone
    expect(addWorkingDays(calendar, vector.dispatchDate, vector.workingDays).provisional).toBe(true)
  })
})

describe('the calendar of China', () => {
  it('names the data it was made from', () => {
    expect(calendar.version).toMatch(/^chinese-days-\d+\.\d+\.\d+$/)
  })

  it('works on make-up weekends and rests on holidays (R59)', () => {
    expect(['2026-02-14', '2026-10-10'].map((day) => calendar.isWorkingDay(day))).toEqual([true, true])
    expect(['2026-02-17', '2026-10-01', '2026-11-22'].map((day) => calendar.isWorkingDay(day))).toEqual([
      false,
      false,
      false,
    ])
  })

  it('knows which years have a notice', () => {
    expect([2025, 2026].map((year) => calendar.isAnnounced(year))).toEqual([true, true])
    expect([2003, 2027, 2030].map((year) => calendar.isAnnounced(year))).toEqual([false, false, false])
  })

  it('makes a deadline that touches a year without a notice provisional, and no other', () => {
    expect(addWorkingDays(calendar, '2026-12-25', 4)).toEqual({ on: '2026-12-31', provisional: false })
    expect(addWorkingDays(calendar, '2026-12-25', 5)).toEqual({ on: '2027-01-04', provisional: true })
  })

  it('rests on statutory holidays of a year without a notice, which chinese-days calls working days', () => {
    const days = [
      '2027-01-01',
      '2027-04-05',
      '2027-05-01',
      '2027-10-01',
      '2027-10-02',
      '2027-10-03',
      '2027-02-06',
    ]
    expect(days.filter((day) => calendar.isWorkingDay(day))).toEqual([])
    expect(calendar.isWorkingDay('2027-10-11')).toBe(true)
  })
})

describe('counting', () => {
  const weekends: Calendar = {
    version: 'weekends',
    isWorkingDay: (day) => new Date(`${day}T00:00:00Z`).getUTCDay() % 6 !== 0,
    isAnnounced: () => true,
  }

  it('leaves out the day it starts from', () => {
    expect(addWorkingDays(weekends, '2026-11-23', 1).on).toBe('2026-11-24')
    expect(addWorkingDays(weekends, '2026-11-23', 0).on).toBe('2026-11-23')
    expect(workingDaysBetween(weekends, '2026-11-23', '2026-11-23')).toBe(0)
  })

  it('counts back as it counts on', () => {
    expect(workingDaysBetween(weekends, '2026-11-30', '2026-11-23')).toBe(-5)
  })

  it('agrees with a count day by day over a year', () => {
    let day = '2026-01-01'
    for (let count = 1; count <= 200; count += 1) {
      do day = plusDays(day, 1)
      while (!weekends.isWorkingDay(day))
      expect(addWorkingDays(weekends, '2026-01-01', count).on).toBe(day)
    }
  })
})
