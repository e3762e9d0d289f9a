import { sql } from 'drizzle-orm'
import type { Db } from '@hub/kit/postgres.ts'
import type { SimilarCandidate } from '../domain/similar.ts'

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
  received_ms: number
  same_caller: boolean
}

/**
 * A search goes by the rarest words of the text, as PostgreSQL's own statistics know them: as many as lead to this many
 * rows together, three at least, twelve at most. A word the statistics do not name is taken to be in few rows.
 */
const ROWS_SOUGHT = 1_500
const FEWEST_WORDS = 3
const MOST_WORDS = 12
const UNKNOWN_SHARE = 0.0001
const WINDOW_DAYS = 90
const ROWS_MATCHED = 500
const CANDIDATES = 40

/**
 * Cases of the last three months that share telling words with a text, or are the same caller's, most shared first.
 * The number of rows looked at is bounded, so that it costs the same on a register of millions.
 */
export async function listSimilarCandidates(db: Db, search: SimilarSearch): Promise<SimilarCandidate[]> {
  const rows = await db.execute<Row>(sql`
    with known as (
      select word, freq from pg_stats s,
        unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as common (word, freq)
      where s.schemaname = current_schema() and s.tablename = 'case' and s.attname = 'text_index'
        and word is not null
    ), given as (
      select word, place from json_array_elements_text(${JSON.stringify(search.words)}::text::json)
        with ordinality as g (word, place)
    ), ranked as (
      select word, row_number() over rarest as rank,
        sum(coalesce(freq, ${UNKNOWN_SHARE}::float8)) over rarest * (
          select greatest(reltuples, 0) from pg_class where oid = '"case"'::regclass) as rows
      from given left join known using (word)
      window rarest as (order by coalesce(freq, ${UNKNOWN_SHARE}::float8), place)
    ), picked as (
      select word from ranked
      where rank <= ${FEWEST_WORDS}::int or (rank <= ${MOST_WORDS}::int and rows <= ${ROWS_SOUGHT}::int)
    ), matched as materialized (
      select number, title, content, district, received_at, text_index from "case"
      where text_index @@ (select string_agg(quote_literal(word), ' | ')::tsquery from picked)
        and received_at between ${search.at.toISOString()}::timestamptz - make_interval(days => ${WINDOW_DAYS}::int)
          and ${search.at.toISOString()}::timestamptz + interval '1 day'
      order by received_at desc limit ${ROWS_MATCHED}::int
    ), own as materialized (
      select c.case_number as number from caller c
      where c.phone_index in (select json_array_elements_text(${JSON.stringify(search.phoneIndexes)}::text::json))
      order by c.case_number desc limit ${CANDIDATES}::int
    ), nearest as (
      select number, title, content, district, received_at,
        (select count(*) from picked p where p.word = any(tsvector_to_array(text_index))) as shared
      from matched
      order by shared desc, received_at desc limit ${CANDIDATES}::int
    ), found as (
      select number, title, content, district, received_at from nearest
      union
      select c.number, c.title, c.content, c.district, c.received_at from "case" c join own using (number)
      where c.received_at > ${search.at.toISOString()}::timestamptz - make_interval(days => ${WINDOW_DAYS}::int)
    )
    select number, title, content, district, (extract(epoch from received_at) * 1000)::float8 as received_ms,
      number in (select number from own) as same_caller
    from found where number is distinct from ${search.except}::text`)
  return rows.map((row) => ({
    number: row.number,
    title: row.title,
    content: row.content,
    district: row.district,
    receivedAt: new Date(row.received_ms),
    sameCaller: row.same_caller,
  }))
}
