import type { Database } from '@hub/kit/postgres.ts'
import type { Calendar } from '@hub/kit/working-days.ts'
import { withNotices, type Notice } from '../domain/announced-calendar.ts'
import { CITY } from '../domain/case-number.ts'
import { policies, type Policy } from '../domain/policy.ts'
import { listNotices, listPolicies } from '../store/rules.ts'

/** Limits and calendar as they are now. */
export interface Rules {
  readonly policies: readonly [Policy, ...Policy[]]
  readonly calendar: Calendar
}

/** How long another process may go on with what it read: a new policy or calendar is known everywhere after that. */
export const RULES_KEPT_MS = 5_000

interface Kept {
  readonly readAt: number
  readonly rules: Promise<Rules>
}

const kept = new WeakMap<Database, Kept>()

/** The policies of the city and the calendar with what was imported, kept in memory: they change a few times a year. */
export function rulesOf({
  database,
  calendar,
}: {
  readonly database: Database
  readonly calendar: Calendar
}): Promise<Rules> {
  const known = kept.get(database)
  if (known && Date.now() - known.readAt < RULES_KEPT_MS) return known.rules
  const rules = read(database, calendar)
  kept.set(database, { readAt: Date.now(), rules })
  rules.catch(() => kept.delete(database))
  return rules
}

/** Forgets what is kept: the next question reads again. */
export function forgetRules(database: Database): void {
  kept.delete(database)
}

async function read({ orm }: Database, calendar: Calendar): Promise<Rules> {
  const [[first = policies[0], ...later], notices]: [Policy[], Notice[]] = await Promise.all([
    listPolicies(orm, CITY),
    listNotices(orm),
  ])
  return { policies: [first, ...later], calendar: withNotices(calendar, notices) }
}
