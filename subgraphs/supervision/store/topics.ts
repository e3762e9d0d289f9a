import { startOfDay, type Day } from '@hub/kit/day.ts'
import type { Db } from '@hub/kit/postgres.ts'
import { and, desc, eq, gte, inArray, or, sql } from 'drizzle-orm'
import type { Topic, TopicCount, TopicStatus, TopicWindow } from '../domain/topic.ts'
import { allExcluded } from './excluded.ts'
import { topic } from './tables-works.ts'

interface CountRow extends Record<string, unknown> {
  district: string
  matter_type: string
  department: string | null
  recent: number
  before: number
}

/**
 * Cases registered in the window and in the baseline before it, by district, kind of matter and lead unit. The leads
 * are read in one pass: nine weeks of a large city would be as many single look-ups as cases.
 */
export async function countForTopics(
  db: Db,
  { baselineFrom, from, to }: TopicWindow,
  least: number,
): Promise<TopicCount[]> {
  const [first, start, end] = [baselineFrom, from, to].map((day) => startOfDay(day).toISOString())
  const rows = await db.execute<CountRow>(sql`
    select c.district, c.matter_type, a.department,
      count(*) filter (where c.registered_at >= ${start}::timestamptz)::int as recent,
      count(*) filter (where c.registered_at < ${start}::timestamptz)::int as before
    from followed_case c
    left join (
      select distinct on (case_number) case_number, department from followed_assignment
      where role = 'LEAD' and dispatched_at >= ${first}::timestamptz
      order by case_number, dispatched_at desc
    ) a on a.case_number = c.number
    where c.district is not null and c.matter_type is not null
      and c.registered_at >= ${first}::timestamptz and c.registered_at < ${end}::timestamptz + interval '1 day'
    group by c.district, c.matter_type, a.department
    having count(*) filter (where c.registered_at >= ${start}::timestamptz) >= ${least}::int
    order by c.district, c.matter_type, a.department`)
  return rows.map(({ matter_type: matterType, ...row }) => ({ ...row, matterType }))
}

/** The day of the first case whose district is known; null when there is none. */
export async function findFirstDay(db: Db): Promise<Day | null> {
  const [row] = await db.execute<{ first: string | null }>(sql`
    select to_char(min(registered_at) at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as first
    from followed_case where district is not null`)
  return row?.first ?? null
}

/** Topics that are open, and those whose window is not over on a day. */
export function listCurrentTopics(db: Db, from: Day): Promise<Topic[]> {
  return db
    .select()
    .from(topic)
    .where(or(inArray(topic.status, ['PROPOSED', 'CONFIRMED']), gte(topic.windowTo, from)))
    .for('update')
}

/** Saves topics as they stand now. */
export async function saveTopics(db: Db, rows: readonly Topic[]): Promise<void> {
  if (rows.length === 0) return
  await db
    .insert(topic)
    .values([...rows])
    .onConflictDoUpdate({ target: topic.id, set: allExcluded(topic) })
}

/** A topic, held until the transaction ends. */
export async function lockTopic(db: Db, id: string): Promise<Topic | null> {
  const [row] = await db.select().from(topic).where(eq(topic.id, id)).for('update')
  return row ?? null
}

export interface TopicFilter {
  readonly ids?: readonly string[]
  readonly status: readonly TopicStatus[] | null
  readonly limit: number
}

/** Topics, newest first. */
export function listTopics(db: Db, { ids, status, limit }: TopicFilter): Promise<Topic[]> {
  return db
    .select()
    .from(topic)
    .where(
      and(
        ids ? inArray(topic.id, [...ids]) : undefined,
        status ? inArray(topic.status, [...status]) : undefined,
      ),
    )
    .orderBy(desc(topic.proposedAt), desc(topic.id))
    .limit(limit)
}
