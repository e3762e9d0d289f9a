import type { Day } from '@hub/kit/day.ts'
import type { Db } from '@hub/kit/postgres.ts'
import { sql } from 'drizzle-orm'
import { COUNTERS, type Counter, type Counts, type DayCounts } from '../domain/counters.ts'
import { columnOf, departmentDay } from './tables.ts'

const zeros = Object.fromEntries(COUNTERS.map((counter) => [counter, 0])) as Counts
const added = Object.fromEntries(
  COUNTERS.map((counter) => [
    counter,
    sql`${departmentDay[counter]} + excluded.${sql.identifier(columnOf(counter))}`,
  ]),
)
const names = sql.join(
  COUNTERS.map((counter) => sql.identifier(columnOf(counter))),
  sql`, `,
)
const sums = sql.join(
  COUNTERS.map((counter) => {
    const column = sql.identifier(columnOf(counter))
    return sql`coalesce(sum(${column}), 0)::int as ${sql.identifier(counter)}`
  }),
  sql`, `,
)

/** Adds to the sums, in the order given: callers that touch the same days must sort alike. */
export async function addToDays(db: Db, rows: readonly DayCounts[]): Promise<void> {
  if (rows.length === 0) return
  await db
    .insert(departmentDay)
    .values(rows.map(({ department, day, counts }) => ({ ...zeros, ...counts, department, day })))
    .onConflictDoUpdate({ target: [departmentDay.department, departmentDay.day], set: added })
}

/** The sums of one department over a period: days before today, and days from today on. */
export interface PeriodRow {
  readonly department: string
  readonly past: boolean
  readonly counts: Counts
}

export interface Period {
  readonly from: Day
  readonly to: Day
  readonly today: Day
  readonly departments: readonly string[]
}

/** Sums the days of a period per department, parted at today. */
export async function sumDays(db: Db, { from, to, today, departments }: Period): Promise<PeriodRow[]> {
  const rows = await db.execute<{ department: string; past: boolean } & Record<Counter, number>>(sql`
    select department, day < ${today}::date as past, ${sums}
    from (select department, day, ${names} from department_day
          where day between ${from}::date and ${to}::date
            and department in (select json_array_elements_text(${JSON.stringify(departments)}::text::json))) as days
    group by department, past`)
  return rows.map(({ department, past, ...counts }) => ({ department, past, counts }))
}
