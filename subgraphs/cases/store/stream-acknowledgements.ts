import type { Db } from '@hub/kit/postgres.ts'
import { sql } from 'drizzle-orm'

export interface Acknowledgement {
  readonly department: string
  readonly epoch: string
  readonly places: ReadonlyMap<string, number>
  readonly at: Date
  readonly by: string
}

/** Moves what a unit has taken in forward, never back; the same or an older place changes nothing. */
export async function saveAcknowledgement(db: Db, given: Acknowledgement): Promise<void> {
  const places = [...given.places].map(([stream, seq]) => ({ stream, seq }))
  await db.execute(sql`
    insert into acknowledgement as a (department, stream, epoch, seq, acknowledged_at, acknowledged_by)
    select ${given.department}, n.stream, ${given.epoch}, n.seq, ${given.at.toISOString()}::timestamptz, ${given.by}
    from json_to_recordset(${JSON.stringify(places)}::text::json) as n (stream text, seq bigint)
    order by n.stream
    on conflict (department, stream) do update set
      epoch = excluded.epoch, seq = excluded.seq,
      acknowledged_at = excluded.acknowledged_at, acknowledged_by = excluded.acknowledged_by
    where a.epoch <> excluded.epoch or a.seq < excluded.seq`)
}

/** How far a unit has taken in its own stream; null when it never said so. */
export async function findAcknowledged(db: Db, department: string, stream: string): Promise<number | null> {
  const [row] = await db.execute<{ seq: string }>(sql`
    select a.seq from acknowledgement a join event_log l on l.epoch = a.epoch
    where a.department = ${department} and a.stream = ${stream}`)
  return row ? Number(row.seq) : null
}
