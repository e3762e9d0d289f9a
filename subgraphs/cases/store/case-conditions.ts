import { dayOf, plusDays } from '@hub/kit/day.ts'
import { eq, gte, inArray, lt, and, sql, type SQL } from 'drizzle-orm'
import { numberOf } from '../domain/case-number.ts'
import type { CaseStatus, Channel, MatterType, Urgency } from '../domain/values.ts'
import type { Reach } from './reach.ts'
import { caseTable } from './tables.ts'

/** What portals and operators filter by. Dates are whole days of receipt in Shanghai. */
export interface CaseFilter {
  readonly status?: readonly CaseStatus[] | null | undefined
  readonly district?: string | null | undefined
  readonly department?: string | null | undefined
  readonly matterType?: readonly MatterType[] | null | undefined
  readonly channel?: readonly Channel[] | null | undefined
  readonly urgency?: readonly Urgency[] | null | undefined
  readonly receivedFrom?: Date | null | undefined
  readonly receivedBefore?: Date | null | undefined
  readonly text?: string | null | undefined
}

/** One page that is sought: the newest so many numbers before a number. */
export interface PageSought {
  readonly reach: Reach
  readonly filter: CaseFilter
  readonly limit: number
  readonly after: string | null
}

/** What is not bound to a place in the register; the kind of matter may be walked along elsewhere. */
export function conditionsOf(
  { district, matterType, channel, urgency }: CaseFilter,
  withMatter = true,
): (SQL | undefined)[] {
  return [
    district ? eq(caseTable.district, district) : undefined,
    matterType && withMatter ? inArray(caseTable.matterType, [...matterType]) : undefined,
    channel ? inArray(caseTable.channel, [...channel]) : undefined,
    urgency ? inArray(caseTable.urgency, [...urgency]) : undefined,
  ]
}

/** What is under way is little however long the register: it is found by its status, and the unit looked up. */
const LIVE: ReadonlySet<CaseStatus> = new Set([
  'REGISTERED',
  'EMERGENCY',
  'REPORTED',
  'DISPATCHED',
  'HANDLING',
  'REPLIED',
  'REDO',
  'APPROVED',
  'FED_BACK',
  'SUSPENDED',
])
const MOST_BRANCHES = 6

/** Whether all that is asked for is still under way. */
export function isLive(statuses: CaseFilter['status']): boolean {
  return (statuses?.length ?? 0) > 0 && (statuses ?? []).every((status) => LIVE.has(status))
}

/** Of several statuses each is walked along by itself: an index keeps the order of numbers within one only. */
export function statusBranches(
  statuses: readonly CaseStatus[] | null,
  isWalked: boolean,
): (SQL | undefined)[] {
  if (statuses === null) return [undefined]
  if (isWalked || statuses.length > MOST_BRANCHES || statuses.length === 0)
    return [inArray(caseTable.status, [...statuses])]
  return [...new Set(statuses)].map((status) => eq(caseTable.status, status))
}

/** A case that came in more than two days before it was registered stands in an index of its own. */
const LATE = sql`${caseTable.registeredAt} - ${caseTable.receivedAt} > interval '48 hours'`
/** So does one that was registered on a later day than it came in; written out, as the index says it. */
const ANOTHER_DAY = sql`(${caseTable.registeredAt} at time zone 'Asia/Shanghai')::date > (${caseTable.receivedAt} at time zone 'Asia/Shanghai')::date`

/** One part of the days asked for, and the order in which it is read. */
export interface DateBranch {
  readonly holds: SQL | undefined
  readonly order: SQL
}

const BY_NUMBER = sql`"case".number desc`
/** The same order, which no index has: the few late ones are found by their own index, not on a walk along all. */
const SORTED = sql`("case".number || '') desc`

/**
 * The time of receipt, out of reach of its index: PostgreSQL would read and sort a whole day by it, where a walk along the
 * numbers finds a page at once.
 */
const RECEIVED = sql`(${caseTable.receivedAt} + interval '0')`

/** The number holds the day of registration: from the days asked for follows where to begin and to end. */
export function dateBranches({ receivedFrom, receivedBefore }: CaseFilter): DateBranch[] {
  const begins = receivedFrom
    ? gte(caseTable.number, numberOf(plusDays(dayOf(receivedFrom), -1), 0))
    : undefined
  const from = receivedFrom
    ? and(sql`${RECEIVED} >= ${receivedFrom.toISOString()}::timestamptz`, begins)
    : undefined
  if (!receivedBefore) return [{ holds: from, order: BY_NUMBER }]
  // What was registered on the days asked for; on the three after them; and later still.
  const next = numberOf(dayOf(receivedBefore), 0)
  const last = numberOf(plusDays(dayOf(receivedBefore), 3), 0)
  const before = and(from, sql`${RECEIVED} < ${receivedBefore.toISOString()}::timestamptz`)
  const late = and(
    receivedFrom ? gte(caseTable.receivedAt, receivedFrom) : undefined,
    begins,
    lt(caseTable.receivedAt, receivedBefore),
  )
  return [
    { holds: and(before, lt(caseTable.number, next)), order: BY_NUMBER },
    {
      holds: and(before, gte(caseTable.number, next), lt(caseTable.number, last), ANOTHER_DAY),
      order: BY_NUMBER,
    },
    { holds: and(late, gte(caseTable.number, last), LATE), order: SORTED },
  ]
}
