import { ONCE, type Db } from '@hub/kit/postgres.ts'
import { and, gte, inArray, lt, or, sql, type SQL } from 'drizzle-orm'
import { conditionsOf, dateBranches, type PageSought } from './case-conditions.ts'
import { heldBy, reaches } from './reach.ts'
import { shapeOf } from './register-shape.ts'
import { allOf, districtWord, quoted, REGISTER_WORDS, stretchBack, WHOLE } from './register-words.ts'
import { caseTable } from './tables.ts'

/** A part of the register to look through: from a number up to another. */
interface Numbers {
  readonly from: string | null
  readonly before: string | null
}

/** Cases in a part of the register that the index of words leads to, the newest of them. */
async function findIndexed(
  db: Db,
  { reach, filter, limit }: PageSought,
  query: SQL,
  { from, before }: Numbers,
): Promise<string[]> {
  const { status, department } = filter
  const conditions = and(
    from === null ? undefined : gte(caseTable.number, from),
    before === null ? undefined : lt(caseTable.number, before),
    reaches(reach),
    department ? heldBy([department]) : undefined,
    status && status.length > 0 ? inArray(caseTable.status, [...status]) : undefined,
    or(...dateBranches(filter).map(({ holds }) => holds ?? sql`true`)),
    ...conditionsOf(filter),
  )
  // Fenced off by the offset: with a limit, PostgreSQL would hope for a page on a walk along all numbers, and with the
  // other conditions it would read the whole of their indexes too.
  const rows = await db.execute<{ number: string }>(
    sql`${sql.raw(ONCE)} select number from (select * from "case" where ${REGISTER_WORDS} @@ ${query} offset 0) "case"
      where ${conditions ?? sql`true`} order by number desc limit ${limit}::int`,
  )
  return rows.map(({ number }) => number)
}

/** How far a search looks at once. */
export interface Measures {
  /** Where the rarest word is in so few cases, at most, the whole register is looked through at once. */
  readonly few: number
  /** How many cases a stretch may lead to for each one that is sought. */
  readonly casesForOne: number
  /** How many times as long as the one before it a stretch may be. */
  readonly longer: number
  /** The index compares each case of the days asked for: more of them cost more than to read all that have the words. */
  readonly longest: number
}

const MEASURES: Measures = { few: 1_000, casesForOne: 3, longer: 4, longest: 150_000 }

/**
 * The newest cases are sought stretch by stretch, back in time, so that common words lead to few rows; rare ones are sought
 * everywhere at once. How common words are together is at most how common the rarest is; after the first stretch, what it
 * held tells.
 */
export async function findByText(
  db: Db,
  sought: PageSought,
  words: readonly string[],
  { few, casesForOne, longer, longest }: Measures = MEASURES,
): Promise<string[]> {
  const shape = await shapeOf(db)
  const district = districtOf(sought)
  const rarest = Math.min(...words.map((word) => shape.shareAtMost(word)))
  const share = rarest * (district === null ? 1 : shape.shareOfDistrict(district))
  const found: string[] = []
  let before = sought.after
  let size = rarest * shape.cases <= few ? Infinity : (casesForOne * sought.limit) / share
  for (let left = sought.limit; ; left = sought.limit - found.length) {
    const stretch = size > longest ? WHOLE : stretchBack(shape, before, size)
    const { from } = stretch
    // Of a district the thirds of months are enough: its cases in them are few, and their numbers tell the days.
    const place = district === null ? stretch.days : districtWord(district, stretch)
    const query = allOf([...words.map(quoted), place])
    const held = await findIndexed(db, { ...sought, limit: left }, query, { from, before })
    found.push(...held)
    if (from === null || held.length === left) return found
    size *= held.length === 0 ? longer : Math.min(longer, (casesForOne * (left - held.length)) / held.length)
    before = from
  }
}

/** The district that all cases of a list are in. */
function districtOf({ reach, filter }: PageSought): string | null {
  return reach.kind === 'DISTRICT' ? reach.district : (filter.district ?? null)
}
