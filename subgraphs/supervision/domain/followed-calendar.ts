import type { Day } from '@hub/kit/day.ts'
import { isWeekday, type Calendar } from '@hub/kit/working-days.ts'
import { needText, textOf, type FollowedEvent } from './event-data.ts'

/** The notice of a year as it was announced; its days are parted by commas. */
export interface CalendarYear {
  readonly year: number
  readonly version: string
  readonly holidays: string
  readonly workdays: string
}

/** The year that a CalendarAnnounced event announces, or null for another event. */
export function announcedYear({ kind, data }: FollowedEvent): CalendarYear | null {
  if (kind !== 'CalendarAnnounced') return null
  return {
    year: Number(data['year']),
    version: needText(data, 'version'),
    holidays: textOf(data, 'holidays') ?? '',
    workdays: textOf(data, 'workdays') ?? '',
  }
}

/** A calendar with the years that were announced since: they go before what it knew of them. */
export function withYears(base: Calendar, years: readonly CalendarYear[]): Calendar {
  if (years.length === 0) return base
  const announced = new Set(years.map(({ year }) => year))
  const holidays = new Set(years.flatMap((year) => daysIn(year.holidays)))
  const workdays = new Set(years.flatMap((year) => daysIn(year.workdays)))
  return {
    version: [base.version, ...years.map(({ year, version }) => `${year}@${version}`)].join('+'),
    isAnnounced: (year) => announced.has(year) || base.isAnnounced(year),
    isWorkingDay: (day) => {
      if (workdays.has(day)) return true
      if (holidays.has(day)) return false
      return announced.has(Number(day.slice(0, 4))) ? isWeekday(day) : base.isWorkingDay(day)
    },
  }
}

function daysIn(list: string): Day[] {
  return list === '' ? [] : list.split(',')
}
