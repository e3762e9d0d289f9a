import { dayOf, plusDays } from '@hub/kit/day.ts'
import { ONCE, type Db } from '@hub/kit/postgres.ts'
import { and, eq, gte, inArray, lt, sql, type SQL } from 'drizzle-orm'
import { numberOf } from '../domain/case-number.ts'
import { wordsOf } from '../domain/search-words.ts'
import type { CaseStatus, Channel, MatterType, Urgency } from '../domain/values.ts'
import { heldBy, reaches, unitsOf, walkOf, type Reach } from './reach.ts'
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

/** Numbers of cases on one page, found by reading few rows however many cases there are. */
export async function findNumbers(db: Db, sought: PageSought): Promise<string[]> {
  const { text } = sought.filter
  if (!text) return findAmong(db, sought, {})
  const words = wordsOf(text)
  return words.length === 0 ? [] : findByText(db, sought, queryOf(words))
}

/** A part of the register to look through: from a number up to another, with a condition of its own. */
interface Stretch {
  readonly from?: string | null
  readonly before?: string | null
  readonly also?: SQL
  /** Cases are found by that condition, not by walking along them. */
  readonly isSought?: boolean
}

/**
 * Each branch is one walk along an index in the order of numbers, broken off after a page; together they are the page.
 * The plan depends on how common just these values are, so it is made for them and not kept.
 */
async function findAmong(
  db: Db,
  { reach, filter, limit, after }: PageSought,
  { from = null, before = after, also, isSought = false }: Stretch,
): Promise<string[]> {
  const units = unitsOf(reach, filter.department ?? null)
  const walk = isSought || isLive(filter.status) ? null : walkOf(units, from, before)
  const shared = [
    reaches(reach, walk !== null),
    walk === null && filter.department ? heldBy([filter.department]) : undefined,
    also,
    from === null ? undefined : gte(caseTable.number, from),
    before === null ? undefined : lt(caseTable.number, before),
    ...conditionsOf(filter),
  ]
  const branches = statusBranches(filter.status ?? null, walk !== null).flatMap((status) =>
    dateBranches(filter).map(
      ({ holds, order }) =>
        sql`(select "case".number from ${walk ?? sql`"case"`} where ${and(...shared, status, holds) ?? sql`true`}
          order by ${order} limit ${limit}::int)`,
    ),
  )
  const rows = await db.execute<{ number: string }>(
    sql`${sql.raw(ONCE)} select number from (${sql.join(branches, sql` union all `)}) found
      order by number desc limit ${limit}::int`,
  )
  return rows.map(({ number }) => number)
}

/** How many of the newest cases are looked through one by one for words; of one district, so many times more. */
const LOOKED_THROUGH = 10_000
const OF_DISTRICT = 3
/** Fewer than these among them: the words are so rare that the index of words leads to few rows. */
const SOME = 4

/**
 * Common words fill a page from the newest cases, which are looked through in order; rare ones are few in the whole
 * register, and their index leads to them. How common words are together, no statistics know: the newest cases tell.
 */
async function findByText(db: Db, sought: PageSought, query: SQL): Promise<string[]> {
  const { limit, after, reach, filter } = sought
  const isOfDistrict = reach.kind === 'DISTRICT' || Boolean(filter.district)
  const size = LOOKED_THROUGH * (isOfDistrict ? OF_DISTRICT : 1)
  const [first, second] = await findBeginnings(db, after, [size, size * 3])
  const byWords = { also: sql`${caseTable.textIndex} @@ ${query}`, isSought: true }
  if (!first) return findAmong(db, sought, byWords)
  // Around the column stands what keeps the index of words from being taken: it would read every case that has them.
  const walked = sql`coalesce(${caseTable.textIndex}, '') @@ ${query}`
  const found = await findAmong(db, sought, { from: first, also: walked })
  let before = first
  if (second && found.length >= SOME && found.length < limit) {
    const left = { ...sought, limit: limit - found.length }
    found.push(...(await findAmong(db, left, { from: second, before, also: walked })))
    before = second
  }
  if (found.length >= limit) return found
  const left = { ...sought, limit: limit - found.length }
  return [...found, ...(await findAmong(db, left, { before, ...byWords }))]
}

function conditionsOf({ district, matterType, channel, urgency }: CaseFilter): (SQL | undefined)[] {
  return [
    district ? eq(caseTable.district, district) : undefined,
    matterType ? inArray(caseTable.matterType, [...matterType]) : undefined,
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

function isLive(statuses: CaseFilter['status']): boolean {
  return (statuses?.length ?? 0) > 0 && (statuses ?? []).every((status) => LIVE.has(status))
}

/** Of several statuses each is walked along by itself: an index keeps the order of numbers within one only. */
function statusBranches(statuses: readonly CaseStatus[] | null, isWalked: boolean): (SQL | undefined)[] {
  if (statuses === null) return [undefined]
  if (isWalked || statuses.length > MOST_BRANCHES || statuses.length === 0)
    return [inArray(caseTable.status, [...statuses])]
  return [...new Set(statuses)].map((status) => eq(caseTable.status, status))
}

/** A case that came in more than two days before it was registered stands in an index of its own. */
const LATE = sql`${caseTable.registeredAt} - ${caseTable.receivedAt} > interval '48 hours'`

/** One part of the days asked for, and the order in which it is read. */
interface DateBranch {
  readonly holds: SQL | undefined
  readonly order: SQL
}

const BY_NUMBER = sql`"case".number desc`
/** The same order, which no index has: the few late ones are found by their own index, not on a walk along all. */
const SORTED = sql`("case".number || '') desc`

/** The number holds the day of registration: from the days asked for follows where to begin and to end. */
function dateBranches({ receivedFrom, receivedBefore }: CaseFilter): DateBranch[] {
  const from = receivedFrom
    ? and(
        gte(caseTable.receivedAt, receivedFrom),
        gte(caseTable.number, numberOf(plusDays(dayOf(receivedFrom), -1), 0)),
      )
    : undefined
  if (!receivedBefore) return [{ holds: from, order: BY_NUMBER }]
  const last = numberOf(plusDays(dayOf(receivedBefore), 3), 0)
  const before = and(from, lt(caseTable.receivedAt, receivedBefore))
  return [
    { holds: and(before, lt(caseTable.number, last)), order: BY_NUMBER },
    { holds: and(before, gte(caseTable.number, last), LATE), order: SORTED },
  ]
}

/** All words of the text. They are letters and digits only (search-words.ts). */
function queryOf(words: readonly string[]): SQL {
  return sql`${words.map((word) => `'${word}'`).join(' & ')}::tsquery`
}

/** The number at which the newest so many cases begin, by the serials of the days; null where there are not so many. */
async function findBeginnings(
  db: Db,
  after: string | null,
  sizes: readonly number[],
): Promise<(string | null)[]> {
  const until = after === null ? sql`` : sql`where day <= to_date(split_part(${after}, '-', 2), 'YYYYMMDD')`
  const [row] = await db.execute<{ days: (string | null)[] }>(sql`
    with counted as (select day, sum(last) over (order by day desc) as cases from daily_serial ${until})
    select json_agg((select max(day)::text from counted where cases >= size::int) order by place) as days
    from json_array_elements_text(${JSON.stringify(sizes)}::text::json) with ordinality as s (size, place)`)
  return (row?.days ?? []).map((day) => (day === null ? null : numberOf(day, 0)))
}
