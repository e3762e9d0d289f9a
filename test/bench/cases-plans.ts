import type { Database } from '@hub/kit/postgres.ts'
import type { Statement } from './cases-room.ts'

const READING = /^(\/\* once \*\/)?\s*(select|with)/i

/** As the driver was given them: texts, numbers, booleans, or lists that it has written out already. */
function asSent(parameters: readonly unknown[]): (string | null)[] {
  return parameters.map((value) => (value instanceof Date ? value.toISOString() : (value as string | null)))
}

/** What PostgreSQL did for a statement, line by line. */
export async function explain({ sql }: Database, { text, parameters }: Statement): Promise<string[]> {
  if (!READING.test(text)) return []
  const rows = await sql.unsafe<{ 'QUERY PLAN': string }[]>(
    `explain (analyze, costs off, timing off, buffers on) ${text}`,
    asSent(parameters),
  )
  return rows.map((row) => row['QUERY PLAN'])
}

/** What a statement costs PostgreSQL: its own time, planning included, and the pages it touches, which no crowd changes. */
export interface Cost {
  readonly ms: number
  readonly pages: number
}

interface Explained {
  readonly Plan: Readonly<Record<string, number>>
  readonly 'Planning Time': number
  readonly 'Execution Time': number
}

/** Carries a reading statement out under EXPLAIN and answers what it cost. */
export async function costOf({ sql }: Database, { text, parameters }: Statement): Promise<Cost> {
  if (!READING.test(text)) return { ms: 0, pages: 0 }
  const rows = await sql.unsafe<{ 'QUERY PLAN': readonly Explained[] }[]>(
    `explain (analyze, buffers, timing off, format json) ${text}`,
    asSent(parameters),
  )
  const explained = rows[0]?.['QUERY PLAN'][0]
  if (!explained) throw new Error('no plan was answered')
  const { Plan: plan } = explained
  return {
    ms: explained['Planning Time'] + explained['Execution Time'],
    pages: (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0),
  }
}

/** Tables that grow with the register: read from end to end, a list is no list. */
const GROWING =
  /Seq Scan on "?(case|caller|assignment|reply|case_event|event|feedback|callback|notice|direct_answer|command|idempotency|caller_reveal)\b/

export function sequentialScans(plan: readonly string[]): string[] {
  return plan.filter((line) => GROWING.test(line)).map((line) => line.trim())
}

/** Tables with their indexes, the largest first. */
export async function sizesOf({ sql }: Database): Promise<string> {
  const rows = await sql<{ name: string; size: string; indexes: string }[]>`
    select t.relname as name, pg_size_pretty(pg_table_size(t.oid)) as size,
      (select coalesce(string_agg(i.relname || ' ' || pg_size_pretty(pg_relation_size(i.oid)), ', ' order by pg_relation_size(i.oid) desc), '')
       from pg_index x join pg_class i on i.oid = x.indexrelid where x.indrelid = t.oid) as indexes
    from pg_class t where t.relnamespace = current_schema()::regnamespace and t.relkind = 'r'
    order by pg_total_relation_size(t.oid) desc limit 8`
  return rows.map(({ name, size, indexes }) => `  ${name} ${size} · ${indexes}`).join('\n')
}
