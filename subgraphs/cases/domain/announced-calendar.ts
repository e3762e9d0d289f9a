import type { Day } from '@hub/kit/day.ts'
import { isWeekday, type Calendar } from '@hub/kit/working-days.ts'

/** A day that a notice takes out of the week: a holiday 放假, or a weekend that is worked 调休. */
export interface NoticeDay {
  readonly day: Day
  readonly kind: 'HOLIDAY' | 'WORKDAY'
  readonly name: string
}

/** The State Council's notice for a year. */
export interface Notice {
  readonly year: number
  readonly version: string
  readonly days: readonly NoticeDay[]
}

/** The calendar with the notices that were imported: what they name goes before what the calendar knew of those years. */
export function withNotices(base: Calendar, notices: readonly Notice[]): Calendar {
  if (notices.length === 0) return base
  const years = new Set(notices.map(({ year }) => year))
  const kinds = new Map(notices.flatMap(({ days }) => days.map(({ day, kind }) => [day, kind] as const)))
  const versions = notices.map(({ year, version }) => `${year}@${version}`)
  return {
    version: [base.version, ...versions].join('+'),
    isAnnounced: (year) => years.has(year) || base.isAnnounced(year),
    isWorkingDay: (day) => {
      const kind = kinds.get(day)
      if (kind !== undefined) return kind === 'WORKDAY'
      return years.has(Number(day.slice(0, 4))) ? isWeekday(day) : base.isWorkingDay(day)
    },
  }
}
