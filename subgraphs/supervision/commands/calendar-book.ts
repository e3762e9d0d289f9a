import type { LoggedEvent } from '@hub/kit/event-log.ts'
import type { Db, Tx } from '@hub/kit/postgres.ts'
import type { Calendar } from '@hub/kit/working-days.ts'
import { announcedYear, withYears } from '../domain/followed-calendar.ts'
import { listCalendarYears, saveCalendarYear } from '../store/calendars.ts'

/** The calendar that this room counts by: it changes under whoever holds it when a year is announced. */
export interface CalendarBook {
  readonly calendar: Calendar
  /** Reads the announced years anew. */
  reload(): Promise<void>
}

/** Opens the book over a calendar; until the first `reload` it is that calendar alone. */
export function openCalendarBook(db: Db, base: Calendar): CalendarBook {
  let current = base
  return {
    calendar: {
      get version() {
        return current.version
      },
      isAnnounced: (year) => current.isAnnounced(year),
      isWorkingDay: (day) => current.isWorkingDay(day),
    },
    async reload() {
      current = withYears(base, await listCalendarYears(db))
    },
  }
}

/** Applies events of the calendar stream. */
export async function followCalendars(tx: Tx, events: readonly LoggedEvent[]): Promise<void> {
  for (const event of events) {
    const year = announcedYear(event)
    if (year) await saveCalendarYear(tx, year)
  }
}
