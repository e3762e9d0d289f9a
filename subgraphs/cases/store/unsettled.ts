import type { Db } from '@hub/kit/postgres.ts'
import { sql } from 'drizzle-orm'

/** How many assignments each unit has not settled yet; a unit without any is missing from the answer. */
export async function countOpenAssignments(
  db: Db,
  departments: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db.execute<{ department: string; open: number }>(sql`
    select code as department, (coalesce((select open from unsettled where department = code), 0)
      + coalesce((select sum(change) from unsettled_change where department = code), 0))::int as open
    from json_array_elements_text(${JSON.stringify(departments)}::text::json) as given (code)`)
  return new Map(rows.filter(({ open }) => open !== 0).map(({ department, open }) => [department, open]))
}

/** Adds up what has changed since the last time, in one statement: a reader sees either all of it or none. */
export async function addUpUnsettled(db: Db): Promise<number> {
  const rows = await db.execute(sql`
    with gone as (
      delete from unsettled_change returning department, change
    ), sums as (
      select department, sum(change) as change from gone group by department
    )
    insert into unsettled as u (department, open) select department, change from sums order by department
    on conflict (department) do update set open = u.open + excluded.open returning department`)
  return rows.length
}
