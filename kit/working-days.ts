import { plusDays, weekdayOf, type Day } from './day.ts'

/** Which days are worked. Announced years follow the State Council's notice; the others are an estimate. */
export interface Calendar {
  /** Names the data a deadline was computed with; stored beside it. */
  readonly version: string
  isWorkingDay(day: Day): boolean
  isAnnounced(year: number): boolean
}

/** A deadline, and whether it may still move because a year it touches has no announced calendar. */
export interface Deadline {
  readonly on: Day
  readonly provisional: boolean
}

/** The `count`-th working day after a day, which itself is not counted. `count` 0 is the day itself. */
export function addWorkingDays(calendar: Calendar, after: Day, count: number): Deadline {
  let day = after
  let provisional = false
  for (let left = count; left > 0;) {
    day = dayAfter(day)
    if (!calendar.isAnnounced(yearOf(day))) provisional = true
    if (calendar.isWorkingDay(day)) left -= 1
  }
  return { on: day, provisional }
}

/** Working days after `from` up to and including `to`; negative when `to` lies before `from`. */
export function workingDaysBetween(calendar: Calendar, from: Day, to: Day): number {
  if (to < from) return -workingDaysBetween(calendar, to, from)
  let count = 0
  for (let day = dayAfter(from); day <= to; day = dayAfter(day)) if (calendar.isWorkingDay(day)) count += 1
  return count
}

/** Monday to Friday, no holidays: what is left when nothing is known. */
export function isWeekday(day: Day): boolean {
  return weekdayOf(day) <= 5
}

/** Deadlines walk over the same few hundred days again and again. */
const following = new Map<Day, Day>()

function dayAfter(day: Day): Day {
  const known = following.get(day)
  if (known !== undefined) return known
  const next = plusDays(day, 1)
  following.set(day, next)
  return next
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}
