import { endOfDay, startOfDay, type Day } from '@hub/kit/day.ts'
import type { Db } from '@hub/kit/postgres.ts'
import { sql } from 'drizzle-orm'

/** What supervision itself did to a unit in a period. */
export interface SupervisionCounts {
  readonly department: string
  readonly orders: number
  readonly circulated: number
}

/** Orders issued to each unit, and breaches of it that are to be named in a circular. */
export async function countSupervision(db: Db, from: Day, to: Day): Promise<SupervisionCounts[]> {
  const [start, end] = [startOfDay(from).toISOString(), endOfDay(to).toISOString()]
  const rows = await db.execute<{ department: string; orders: number; circulated: number }>(sql`
    select department, sum(orders)::int as orders, sum(circulated)::int as circulated from (
      select unnest(departments) as department, 1 as orders, 0 as circulated from supervision_order
      where issued_at >= ${start}::timestamptz and issued_at < ${end}::timestamptz
      union all
      select department, 0, 1 from ladder_step
      where step = 'CIRCULAR' and at >= ${start}::timestamptz and at < ${end}::timestamptz
    ) as done group by department`)
  return [...rows]
}

/** How many orders were issued in a period, each once, whatever the number of its units. */
export async function countOrders(db: Db, from: Day, to: Day): Promise<number> {
  const [start, end] = [startOfDay(from).toISOString(), endOfDay(to).toISOString()]
  const [row] = await db.execute<{ orders: number }>(sql`
    select count(*)::int as orders from supervision_order
    where issued_at >= ${start}::timestamptz and issued_at < ${end}::timestamptz`)
  return row?.orders ?? 0
}
