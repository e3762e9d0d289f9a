import type { LoggedEvent } from '@hub/kit/event-log.ts'
import type { Db, Tx } from '@hub/kit/postgres.ts'
import type { Calendar } from '@hub/kit/working-days.ts'
import { announcedPolicy, type CityPolicy } from '../domain/city-policy.ts'
import { announcedYear, withYears } from '../domain/followed-calendar.ts'
import { listCalendarYears, saveCalendarYear } from '../store/calendars.ts'
import { listPolicies, savePolicy } from '../store/policies.ts'

/** What this room counts by: it changes under whoever holds it when a year or a policy is announced. */
export interface RuleBook {
  readonly calendar: Calendar
  /** Policies of cities as they were announced. */
  readonly policies: () => readonly CityPolicy[]
  /** Reads what was announced anew. */
  reload(): Promise<void>
}

/** Opens the book over a calendar; until the first `reload` it is that calendar alone. */
export function openRuleBook(db: Db, base: Calendar): RuleBook {
  let current = base
  let policies: readonly CityPolicy[] = []
  return {
    calendar: {
      get version() {
        return current.version
      },
      isAnnounced: (year) => current.isAnnounced(year),
      isWorkingDay: (day) => current.isWorkingDay(day),
    },
    policies: () => policies,
    async reload() {
      const [years, versions] = await Promise.all([listCalendarYears(db), listPolicies(db)])
      current = withYears(base, years)
      policies = versions
    },
  }
}

/** Applies events of the streams of calendars and policies. */
export async function followRules(tx: Tx, events: readonly LoggedEvent[]): Promise<void> {
  for (const event of events) {
    const year = announcedYear(event)
    if (year) await saveCalendarYear(tx, year)
    const policy = announcedPolicy(event)
    if (policy) await savePolicy(tx, policy)
  }
}
