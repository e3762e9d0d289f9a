import { sql } from 'drizzle-orm'
import type { Db } from '@hub/kit/postgres.ts'
import { blockOf, entryOf, type Place } from '../domain/postings.ts'

/** In how many articles a word stands, and in how many of them in the title or the keywords. */
export interface TermCount {
  readonly articles: number
  readonly about: number
}

/** The articles of one block that have a word. */
export interface Posting {
  readonly term: string
  readonly place: Place
  readonly block: number
  readonly entries: Uint8Array
}

const ROWS_PER_STATEMENT = 10_000

/** In how many articles each word stands; the empty word counts the articles. */
export async function countArticlesWith(db: Db, terms: readonly string[]): Promise<Map<string, TermCount>> {
  const rows = await db.execute<{ term: string; articles: number; about: number }>(sql`
    select term, articles, about from term
    where term = any(array(select json_array_elements_text(${JSON.stringify(['', ...terms])}::text::json)))`)
  return new Map(rows.map(({ term, articles, about }) => [term, { articles, about }]))
}

/** The articles that have the words, by the blocks they are kept in. */
export async function readPostings(
  db: Db,
  parts: readonly { term: string; place: Place }[],
): Promise<Posting[]> {
  if (parts.length === 0) return []
  const wanted = JSON.stringify(parts.map(({ term, place }) => ({ term, place })))
  // `offset 0` keeps the plan a walk along the key, whatever the statistics are just after an import.
  const rows = await db.execute<{ term: string; place: Place; block: number; entries: Uint8Array }>(sql`
    select wanted.term, wanted.place, found.block, found.entries
    from json_to_recordset(${wanted}::text::json) as wanted (term text, place smallint)
    cross join lateral (
      select block, entries from posting
      where posting.term = wanted.term and posting.place = wanted.place offset 0) found`)
  return [...rows]
}

/** A version that searches find from now on: its number, and where each of its words stands. */
export interface Indexed {
  readonly no: number
  readonly places: ReadonlyMap<string, Place>
}

/** Adds versions to what searches find. */
export async function addPostings(db: Db, versions: readonly Indexed[]): Promise<void> {
  const entries = new Map<string, { term: string; place: Place; block: number; entries: string }>()
  const counts = new Map<string, { term: string; articles: number; about: number }>()
  for (const { no, places } of versions) {
    const block = blockOf(no)
    count(counts, '', 1)
    for (const [term, place] of places) {
      const key = `${place}${block} ${term}`
      const row = entries.get(key)
      if (row) row.entries += entryOf(no)
      else entries.set(key, { term, place, block, entries: entryOf(no) })
      count(counts, term, place)
    }
  }
  await writePostings(db, [...entries.values()])
  await writeCounts(db, [...counts.values()])
}

function count(
  counts: Map<string, { term: string; articles: number; about: number }>,
  term: string,
  place: Place,
): void {
  const row = counts.get(term) ?? { term, articles: 0, about: 0 }
  row.articles += 1
  row.about += place === 0 ? 1 : 0
  counts.set(term, row)
}

/** Sorted, so that two imports wait for each other instead of locking each other out. */
async function writePostings(
  db: Db,
  rows: { term: string; place: Place; block: number; entries: string }[],
): Promise<void> {
  for (const page of pagesOf(rows))
    await db.execute(sql`
      insert into posting (term, place, block, entries)
      select term, place, block, decode(entries, 'hex')
      from json_to_recordset(${page}::text::json) as r (term text, place smallint, block integer, entries text)
      on conflict (term, place, block) do update set entries = posting.entries || excluded.entries`)
}

async function writeCounts(db: Db, rows: { term: string; articles: number; about: number }[]): Promise<void> {
  for (const page of pagesOf(rows))
    await db.execute(sql`
      insert into term (term, articles, about)
      select term, articles, about
      from json_to_recordset(${page}::text::json) as r (term text, articles integer, about integer)
      on conflict (term) do update
      set articles = term.articles + excluded.articles, about = term.about + excluded.about`)
}

function pagesOf(rows: { term: string }[]): string[] {
  rows.sort((one, other) => (one.term < other.term ? -1 : one.term > other.term ? 1 : 0))
  const pages: string[] = []
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT)
    pages.push(JSON.stringify(rows.slice(start, start + ROWS_PER_STATEMENT)))
  return pages
}
