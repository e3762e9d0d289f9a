import { sql } from 'drizzle-orm'
import type { Day } from '@hub/kit/day.ts'
import type { Db } from '@hub/kit/postgres.ts'
import type { Question } from '../domain/question.ts'
import { inForceOn, type VersionKey } from './articles.ts'
import { lexeme } from './search-columns.ts'
import { characterPairs, indexTerms } from './words.ts'

/** How many articles each way of looking brings, before they are ranked anew. */
const CANDIDATES = 50

/** Words of the question are looked for from the rarest on, until this many rows may be touched. */
const ROWS_TO_TOUCH = 1_500

/** Words too common to be looked for alone are looked for together, the rarest of them. */
const COMMON_TOGETHER = 3

const BIT_OF_EACH_FIELD = '{0.1, 0.4, 0.9, 1.0}'

/** In how many articles each word stands; the empty word counts the articles. */
export async function countArticlesWith(db: Db, terms: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.execute<{ term: string; articles: number }>(
    sql`select term, articles from term where term in (${list(['', ...terms])})`,
  )
  return new Map(rows.map((row) => [row.term, row.articles]))
}

/** The index terms that a question is looked for by; `groups` are alternatives of several that belong together. */
export interface Lookup {
  readonly single: readonly string[]
  readonly together: readonly (readonly string[])[]
}

/** What to look for: words and pairs of the question, and the terms its sayings stand for. */
export function lookupOf(question: Question): Lookup {
  const terms = [
    ...question.sayings.flatMap((saying) => saying.terms),
    ...question.hinted.slice(0, 4).flatMap(({ terms }) => terms.slice(0, 4)),
    ...question.synonyms,
    ...question.subjects.flatMap(({ covers }) => covers),
  ]
  const whole = terms.filter((term) => term.length <= 2)
  const long = terms.filter((term) => term.length > 2)
  return {
    single: [...new Set([...question.words, ...question.pairs, ...whole])],
    together: [...new Set(long)].map((term) => {
      const pairs = characterPairs(term)
      return pairs.length > 0 ? pairs : indexTerms(term)
    }),
  }
}

/**
 * The articles in force that may answer, best rank first. Words are looked for from the rarest on and common ones only
 * together, so that the work stays flat however many articles there are.
 */
export async function findCandidates(
  db: Db,
  lookup: Lookup,
  counts: ReadonlyMap<string, number>,
  on: Day,
  regions: readonly string[],
): Promise<VersionKey[]> {
  const any = affordable(lookup, counts)
  if (any.length === 0) return []
  const rows = await db.execute<{ id: string; version: number }>(sql`
    select article as id, version from article_version
    where search @@ ${any.join(' | ')}::tsquery and ${inForceOn(on)} and region in (${list(regions)})
    order by ts_rank(${BIT_OF_EACH_FIELD}::float4[], search, ${any.join(' | ')}::tsquery) desc, article
    limit ${CANDIDATES}::int`)
  return rows.map(({ id, version }) => ({ id, version }))
}

/** Parts of a query, rarest first, while the rows they stand in add up to what may be touched. */
function affordable(lookup: Lookup, counts: ReadonlyMap<string, number>): string[] {
  const parts = [
    ...lookup.single.map((term) => ({ query: lexeme(term), rows: counts.get(term) ?? 0 })),
    ...lookup.together.map((terms) => ({
      query: `(${terms.map(lexeme).join(' & ')})`,
      rows: Math.min(...terms.map((term) => counts.get(term) ?? 0)),
    })),
  ].filter(({ rows }) => rows > 0)
  const rarest = parts.toSorted((one, other) => one.rows - other.rows)
  let touched = 0
  const alone = rarest.filter(({ rows }, index) => (touched += rows) <= ROWS_TO_TOUCH || index === 0)
  const common = rarest.slice(alone.length, alone.length + COMMON_TOGETHER)
  const together = common.length > 1 ? [`(${common.map(({ query }) => query).join(' & ')})`] : []
  return [...alone.map(({ query }) => query), ...together]
}

/** Articles whose title or keywords look like the text: for typing errors that share no word. */
export async function findLookalikes(
  db: Db,
  text: string,
  on: Day,
  regions: readonly string[],
): Promise<VersionKey[]> {
  const rows = await db.execute<{ id: string; version: number }>(sql`
    select article as id, version from article_version
    where plain %> ${text} and ${inForceOn(on)} and region in (${list(regions)})
    order by word_similarity(${text}, plain) desc, article limit ${CANDIDATES}::int`)
  return rows.map(({ id, version }) => ({ id, version }))
}

function list(values: readonly string[]): ReturnType<typeof sql> {
  return sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )
}
