import { ONCE, type Db } from '@hub/kit/postgres.ts'
import { and, gte, inArray, lt, or, sql, type SQL } from 'drizzle-orm'
import { dayInNumber, numberOf } from '../domain/case-number.ts'
import { conditionsOf, dateBranches, type PageSought } from './case-conditions.ts'
import { findAmong } from './case-walk.ts'
import { heldBy, reaches } from './reach.ts'
import { shapeOf, type RegisterShape } from './register-shape.ts'
import { caseTable } from './tables.ts'

/** A part of the register to look through: from a number up to another. */
interface Stretch {
  readonly from?: string | null
  readonly before: string | null
}

/** What is sought by: all words, and the one of them that the fewest cases have. */
interface Sought {
  readonly all: SQL
  readonly rarest: SQL
}

/**
 * Cases in a stretch of the register that have the words, by the index of words, the newest of them. The index is asked
 * for the rarest word alone: how many cases have several words together, PostgreSQL cannot know, and it would take them
 * for so few that the stretch need not be looked at.
 */
async function findIndexed(
  db: Db,
  { reach, filter, limit }: PageSought,
  { from = null, before }: Stretch,
  { all, rarest }: Sought,
): Promise<string[]> {
  const { status, department } = filter
  const held = and(
    sql`${caseTable.textIndex} @@ ${rarest}`,
    from === null ? undefined : gte(caseTable.number, from),
    before === null ? undefined : lt(caseTable.number, before),
  )
  const conditions = and(
    has(all),
    reaches(reach),
    department ? heldBy([department]) : undefined,
    status && status.length > 0 ? inArray(caseTable.status, [...status]) : undefined,
    or(...dateBranches(filter).map(({ holds }) => holds ?? sql`true`)),
    ...conditionsOf(filter),
  )
  // Fenced off by the offset: with a limit, PostgreSQL would hope for a page on a walk along all numbers, and with the
  // other conditions it would read the whole of their indexes too.
  const rows = await db.execute<{ number: string }>(
    sql`${sql.raw(ONCE)} select number from (select * from "case" where ${held} offset 0) "case" where ${conditions}
      order by number desc limit ${limit}::int`,
  )
  return rows.map(({ number }) => number)
}

/**
 * The newest cases that a list holds, so many, are looked through for the words; answers those that have them, and the
 * last number looked at, null where the list ended before.
 */
async function lookThrough(db: Db, sought: PageSought, all: SQL, count: number) {
  const newest = await findAmong(db, { ...sought, limit: count })
  const rows = await db.execute<{ number: string }>(sql`
    select number from "case" where number = any(array(select json_array_elements_text(${JSON.stringify(newest)}::text::json)))
      and ${has(all)} order by number desc limit ${sought.limit}::int`)
  const end = newest.length < count ? null : (newest.at(-1) ?? null)
  return { found: rows.map(({ number }) => number), end }
}

/** Around the column stands what keeps the index of words from being taken. */
function has(all: SQL): SQL {
  return sql`coalesce(${caseTable.textIndex}, '') @@ ${all}`
}

/** How far a search looks at once. */
export interface Measures {
  /** A word that leads to so few rows is looked up in the whole register at once. */
  readonly fewRows: number
  /** How many of the newest cases are looked through, where the words are so common that a page may be among them. */
  readonly lookedThrough: number
  /** How many rows the rarest word is to lead to in the first stretch; each further one is so many times as long. */
  readonly firstRows: number
}

const MEASURES: Measures = { fewRows: 1_500, lookedThrough: 500, firstRows: 150 }
const LONGER = 2

/**
 * Rare words lead to few rows wherever they are; of common ones the newest are sought stretch by stretch, back in time.
 * How common words are together is at most how common the rarest is.
 */
export async function findByText(
  db: Db,
  sought: PageSought,
  words: readonly string[],
  { fewRows, lookedThrough, firstRows }: Measures = MEASURES,
): Promise<string[]> {
  const { limit, after } = sought
  const shape = await shapeOf(db)
  const [rarest = ''] = words.toSorted((one, other) => shape.shareOf(one) - shape.shareOf(other))
  const query = { all: queryOf(words), rarest: queryOf([rarest]) }
  const share = shape.shareOf(rarest)
  if (share * shape.cases <= fewRows) return findIndexed(db, sought, { before: after }, query)
  const { found, end } = await lookThrough(db, sought, query.all, lookedThrough)
  let before = end
  for (let size = firstRows / share; before !== null && found.length < limit; size *= LONGER) {
    const from = beginningOf(shape, before, size)
    const left = { ...sought, limit: limit - found.length }
    found.push(...(await findIndexed(db, left, { from, before }, query)))
    before = from
  }
  return found
}

/** The number at which the newest so many cases before a place begin; null where there are not so many. */
function beginningOf({ days }: RegisterShape, before: string, size: number): string | null {
  const last = dayInNumber(before)
  let cases = 0
  for (const { day, cases: ofDay } of days) {
    if (day > last) continue
    cases += ofDay
    const from = numberOf(day, 0)
    if (cases >= size && from < before) return from
  }
  return null
}

/** All of the words. They are letters and digits only (search-words.ts). */
function queryOf(words: readonly string[]): SQL {
  return sql`${words.map((word) => `'${word}'`).join(' & ')}::tsquery`
}
