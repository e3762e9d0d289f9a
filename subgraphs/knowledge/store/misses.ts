import { sql } from 'drizzle-orm'
import type { Db } from '@hub/kit/postgres.ts'
import type { SearchMiss } from '../domain/search-miss.ts'

const KEPT_DAYS = 90
/** So that a flood of nonsense cannot fill the table: the least asked go first. */
const MOST_ROWS = 10_000

/** Counts a question that nothing answered. It was redacted before. */
export async function saveMiss(db: Db, question: string, at: Date): Promise<void> {
  const [row] = await db.execute<{ asked: number }>(sql`
    insert into search_miss (question, asked, first_asked, last_asked)
    values (${question}, 1, ${at.toISOString()}::timestamptz, ${at.toISOString()}::timestamptz)
    on conflict (question) do update set asked = search_miss.asked + 1,
      last_asked = greatest(search_miss.last_asked, excluded.last_asked)
    returning asked`)
  if (row?.asked === 1) await forgetOldMisses(db, at)
}

async function forgetOldMisses(db: Db, now: Date): Promise<void> {
  await db.execute(
    sql`delete from search_miss where last_asked < ${now.toISOString()}::timestamptz - ${KEPT_DAYS} * interval '1 day'`,
  )
  await db.execute(sql`
    delete from search_miss where question in (
      select question from search_miss order by asked desc, last_asked desc, question offset ${MOST_ROWS}::int)`)
}

/** The questions that nothing answered, worst first; what is older than may be kept is not shown either. */
export async function listMisses(db: Db, first: number, now: Date): Promise<SearchMiss[]> {
  const rows = await db.execute<{ question: string; asked: number; first_ms: string; last_ms: string }>(sql`
    select question, asked, extract(epoch from first_asked) * 1000 as first_ms,
      extract(epoch from last_asked) * 1000 as last_ms
    from search_miss where last_asked >= ${now.toISOString()}::timestamptz - ${KEPT_DAYS} * interval '1 day'
    order by asked desc, last_asked desc, question limit ${first}::int`)
  return rows.map(({ question, asked, first_ms, last_ms }) => ({
    question,
    asked,
    firstAsked: new Date(Number(first_ms)),
    lastAsked: new Date(Number(last_ms)),
  }))
}
