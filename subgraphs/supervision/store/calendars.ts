import type { Db } from '@hub/kit/postgres.ts'
import { asc } from 'drizzle-orm'
import type { CalendarYear } from '../domain/followed-calendar.ts'
import { followedCalendar } from './tables.ts'

/** Saves the notice of a year; the last word counts. */
export async function saveCalendarYear(db: Db, year: CalendarYear): Promise<void> {
  await db
    .insert(followedCalendar)
    .values(year)
    .onConflictDoUpdate({ target: followedCalendar.year, set: year })
}

/** All years that were announced. */
export function listCalendarYears(db: Db): Promise<CalendarYear[]> {
  return db.select().from(followedCalendar).orderBy(asc(followedCalendar.year))
}
