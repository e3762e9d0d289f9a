import { sql, type SQL } from 'drizzle-orm'
import { dayOf, plusDays } from '@hub/kit/day.ts'
import { ONCE, type Db } from '@hub/kit/postgres.ts'
import { numberOf } from '../domain/case-number.ts'
import type { SimilarCandidate } from '../domain/similar.ts'
import { textArray } from './reach.ts'
import { shapeOf, type RegisterShape } from './register-shape.ts'
import { allOf, anyOf, quoted, REGISTER_WORDS, stretchBack, type Stretch } from './register-words.ts'

export interface SimilarSearch {
  /** From `similarWords`, telling words first. */
  readonly words: readonly string[]
  /** Blind indexes of the caller's phone, when it is known. */
  readonly phoneIndexes: readonly string[]
  readonly at: Date
  /** The case itself, when it is registered already. */
  readonly except: string | null
}

interface Row extends Record<string, unknown> {
  number: string
  title: string
  content: string
  district: string | null
  learned_ms: number
  same_caller: boolean
}

/**
 * A search goes by the rarest words of the text, as PostgreSQL's own statistics know them: as many as lead to this many
 * rows of the window together, three at least, twelve at most. A word the statistics do not name is taken to be in few.
 */
const ROWS_SOUGHT = 500
/** No further word alone may lead to more than these. */
const ROWS_OF_ONE = 1_500
const FEWEST_WORDS = 3
const MOST_WORDS = 12
const WINDOW_DAYS = 90
const ROWS_MATCHED = 300
/** How many rows the first stretch may hold, as far as statistics know; each further one is so many times as long. */
const FIRST_ROWS = 600
const LONGER = 4
const CANDIDATES = 40

/**
 * Cases registered in the last three months that share telling words with a text, or are the same caller's, most shared
 * first. What counts is when the hub learned of a case: a letter may have come in long before. The number of rows looked
 * at is bounded, so that it costs the same on a register of millions.
 */
export async function listSimilarCandidates(db: Db, search: SimilarSearch): Promise<SimilarCandidate[]> {
  const shape = await shapeOf(db)
  const words = rarestOf(search.words, shape, windowOf(search))
  const nearest = (await listMatched(db, search, words, shape))
    .toSorted((one, other) => other.shared - one.shared || (one.number < other.number ? 1 : -1))
    .slice(0, CANDIDATES)
    .map(({ number }) => number)
  const rows = await db.execute<Row>(sql`
    with own as materialized (
      select c.case_number as number from caller c
      where c.phone_index = any(${textArray(search.phoneIndexes)}) order by c.case_number desc limit ${CANDIDATES}::int
    ), found as (
      select unnest(${textArray(nearest)}) as number
      union
      select number from "case" join own using (number)
      where registered_at > ${search.at.toISOString()}::timestamptz - make_interval(days => ${WINDOW_DAYS}::int)
    )
    select number, title, content, district, (extract(epoch from greatest(received_at, registered_at)) * 1000)::float8 as learned_ms,
      number in (select number from own) as same_caller
    from found join "case" using (number) where number is distinct from ${search.except}::text`)
  return rows.map((row) => ({
    number: row.number,
    title: row.title,
    content: row.content,
    district: row.district,
    receivedAt: new Date(row.learned_ms),
    sameCaller: row.same_caller,
  }))
}

interface Matched extends Record<string, unknown> {
  number: string
  shared: number
}

/** The newest cases of the window that have any of some words, with how many of them each has. */
async function listMatched(
  db: Db,
  search: SimilarSearch,
  words: readonly string[],
  shape: RegisterShape,
): Promise<Matched[]> {
  if (words.length === 0) return []
  const at = search.at.toISOString()
  const first = windowOf(search)
  const window = numberOf(first, 0)
  const share = words.reduce((sum, word) => sum + shape.shareOf(word), 0)
  const found: Matched[] = []
  let before = numberOf(plusDays(dayOf(search.at), 2), 0)
  for (let size = FIRST_ROWS / share; before > window && found.length < ROWS_MATCHED; size *= LONGER) {
    const stretch: Stretch = stretchBack(shape, before, size, first)
    const from: string = stretch.from ?? window
    // The plan depends on the words: one that is kept for any words reads everything.
    const rows = await db.execute<Matched>(sql`${sql.raw(ONCE)}
      select number, (${sharedOf(words)}) as shared
      from (select number, text_index, registered_at from "case"
        where ${REGISTER_WORDS} @@ ${allOf([anyOf(words), stretch.days])} offset 0) matched
      where number >= ${from} and number < ${before}
        and registered_at between ${at}::timestamptz - make_interval(days => ${WINDOW_DAYS}::int)
          and ${at}::timestamptz + interval '1 day'
      order by number desc limit ${ROWS_MATCHED - found.length}::int`)
    found.push(...rows)
    before = from
  }
  return found
}

/** The first day of the window. */
function windowOf({ at }: SimilarSearch): string {
  return plusDays(dayOf(at), -WINDOW_DAYS)
}

/** The words that a search goes by. */
function rarestOf(words: readonly string[], { days, shareOf }: RegisterShape, window: string): string[] {
  const cases = days.reduce((sum, { day, cases: ofDay }) => (day >= window ? sum + ofDay : sum), 0)
  const ranked = words
    .map((word) => ({ word, rows: cases * shareOf(word) }))
    .toSorted((one, other) => one.rows - other.rows)
  let sought = 0
  return ranked.flatMap(({ word, rows }, rank) => {
    const isTaken = rank < FEWEST_WORDS || (rank < MOST_WORDS && sought < ROWS_SOUGHT && rows <= ROWS_OF_ONE)
    sought += rows
    return isTaken ? [word] : []
  })
}

/** How many of the words a case has. */
function sharedOf(words: readonly string[]): SQL {
  const each = words.map((word) => sql`(text_index @@ ${quoted(word)}::tsquery)::int`)
  return each.length === 0 ? sql`0` : sql.join(each, sql` + `)
}
