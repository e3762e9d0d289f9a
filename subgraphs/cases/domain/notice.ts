import { isDay, weekdayOf } from '@hub/kit/day.ts'
import type { Notice } from './announced-calendar.ts'
import { refuse } from './errors.ts'

const SATURDAY = 6

/** Refuses what cannot be a whole notice: half of one would move deadlines without a word. */
export function requireNotice({ year, version, days }: Notice): void {
  const fault = (problem: string): Error => refuse('CALENDAR_UNFIT', { year, problem })
  if (version.trim() === '') throw fault('no version')
  const named = new Set<string>()
  for (const { day, kind } of days) {
    if (!isDay(day)) throw fault(`${day}: no day`)
    if (named.has(day)) throw fault(`${day}: twice`)
    named.add(day)
    if (!isNear(day, year)) throw fault(`${day}: not of ${year}`)
    if (kind === 'WORKDAY' && weekdayOf(day) < SATURDAY) throw fault(`${day}: worked anyway`)
  }
  const holidays = new Set(days.filter(({ kind }) => kind === 'HOLIDAY').map(({ day }) => day))
  for (const fixed of ['01-01', '05-01', '10-01', '10-02', '10-03'])
    if (!holidays.has(`${year}-${fixed}`)) throw fault(`${year}-${fixed}: missing`)
}

/** A notice may name days around New Year that lie in the year before or after. */
function isNear(day: string, year: number): boolean {
  return day.startsWith(String(year)) || day.startsWith(`${year - 1}-12`) || day.startsWith(`${year + 1}-01`)
}
