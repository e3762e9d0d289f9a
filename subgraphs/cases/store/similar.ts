import { sql, type SQL } from 'drizzle-orm'
import { dayOf, plusDays } from '@hub/kit/day.ts'
import { ONCE, type Db } from '@hub/kit/postgres.ts'
import { numberOf } from '../domain/case-number.ts'
import type { SimilarCandidate } from '../domain/similar.ts'
import { shapeOf, type RegisterShape } from './register-shape.ts'

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
const CANDIDATES = 40

/**
 * Cases registered in the last three months that share telling words with a text, or are the same caller's, most shared
 * first. What counts is when the hub learned of a case: a letter may have come in long before. The number of rows looked
 * at is bounded, so that it costs the same on a register of millions.
 */
export async function listSimilarCandidates(db: Db, search: SimilarSearch): Promise<SimilarCandidate[]> {
  const at = search.at.toISOString()
  const window = plusDays(dayOf(search.at), -WINDOW_DAYS)
  const words = rarestOf(search.words, await shapeOf(db), window)
  // The plan depends on the words: one that is kept for any words reads everything.
  const rows = await db.execute<Row>(sql`${sql.raw(ONCE)}
    with matched as materialized (
      select number, title, content, district, greatest(received_at, registered_at) as learned_at, text_index
      from "case"
      where text_index @@ ${words.map(quoted).join(' | ')}::tsquery
        and number >= ${numberOf(window, 0)}
        and registered_at between ${at}::timestamptz - make_interval(days => ${WINDOW_DAYS}::int)
          and ${at}::timestamptz + interval '1 day'
      order by number desc limit ${ROWS_MATCHED}::int
    ), own as materialized (
      select c.case_number as number from caller c
      where c.phone_index = any(array(select json_array_elements_text(${JSON.stringify(search.phoneIndexes)}::text::json)))
      order by c.case_number desc limit ${CANDIDATES}::int
    ), nearest as (
      select number, title, content, district, learned_at,
        (${sharedOf(words)}) as shared
      from matched
      order by shared desc, number desc limit ${CANDIDATES}::int
    ), found as (
      select number, title, content, district, learned_at from nearest
      union
      select c.number, c.title, c.content, c.district, greatest(c.received_at, c.registered_at)
      from "case" c join own using (number)
      where c.registered_at > ${at}::timestamptz - make_interval(days => ${WINDOW_DAYS}::int)
    )
    select number, title, content, district, (extract(epoch from learned_at) * 1000)::float8 as learned_ms,
      number in (select number from own) as same_caller
    from found where number is distinct from ${search.except}::text`)
  return rows.map((row) => ({
    number: row.number,
    title: row.title,
    content: row.content,
    district: row.district,
    receivedAt: new Date(row.learned_ms),
    sameCaller: row.same_caller,
  }))
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

/** Words are letters and digits only (search-words.ts). */
const quoted = (word: string): string => `'${word}'`

/** How many of the words a case has. */
function sharedOf(words: readonly string[]): SQL {
  const each = words.map((word) => sql`(text_index @@ ${quoted(word)}::tsquery)::int`)
  return each.length === 0 ? sql`0` : sql.join(each, sql` + `)
}
