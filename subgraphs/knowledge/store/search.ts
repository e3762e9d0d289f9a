import { sql } from 'drizzle-orm'
import type { Day } from '@hub/kit/day.ts'
import type { Db } from '@hub/kit/postgres.ts'
import { inForceOn, type VersionKey } from './articles.ts'

/** How many look-alikes are ranked anew. */
const LOOKALIKES = 50

/** Which of the numbered versions are in force on a day in one of the regions, in the order given. */
export async function listAnswering(
  db: Db,
  numbers: readonly number[],
  on: Day,
  regions: readonly string[],
): Promise<VersionKey[]> {
  if (numbers.length === 0) return []
  const rows = await db.execute<{ no: number; id: string; version: number }>(sql`
    select no, article as id, version from article_version
    where no = any(array(select json_array_elements_text(${JSON.stringify(numbers)}::text::json)::int))
      and ${inForceOn(on)} and region = any(${textArray(regions)})`)
  const found = new Map(rows.map(({ no, id, version }) => [no, { id, version }]))
  return numbers.flatMap((no) => found.get(no) ?? [])
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
    where plain %> ${text} and ${inForceOn(on)} and region = any(${textArray(regions)})
    order by word_similarity(${text}, plain) desc, article limit ${LOOKALIKES}::int`)
  return rows.map(({ id, version }) => ({ id, version }))
}

function textArray(values: readonly string[]): ReturnType<typeof sql> {
  return sql`array(select json_array_elements_text(${JSON.stringify(values)}::text::json))`
}
