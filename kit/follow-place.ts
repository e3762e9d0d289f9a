import { sql } from 'drizzle-orm'
import type { LoggedEvent } from './event-log.ts'
import type { FollowedPlace } from './event-offer.ts'
import type { Db, Tx } from './postgres.ts'

/** Where this room stands in the streams of a source; a stream it never saw stands at its beginning. */
export async function readPlaces(
  db: Db,
  source: string,
  streams: readonly string[],
): Promise<FollowedPlace[]> {
  const rows = await db.execute<{ stream: string; epoch: string; seq: string }>(sql`
    select n.stream, coalesce(f.epoch, '') as epoch, coalesce(f.seq, 0) as seq
    from json_array_elements_text(${JSON.stringify(streams)}::text::json) as n (stream)
    left join followed_stream f on f.source = ${source} and f.stream = n.stream`)
  return rows.map(({ stream, epoch, seq }) => ({ stream, epoch, seq: Number(seq) }))
}

/** The place as the transaction may move it: whoever else follows the same stream waits here and then sees it moved. */
export async function lockPlace(tx: Tx, source: string, stream: string): Promise<FollowedPlace> {
  await tx.execute(sql`
    insert into followed_stream (source, stream) values (${source}, ${stream}) on conflict do nothing`)
  const [row] = await tx.execute<{ epoch: string; seq: string }>(sql`
    select epoch, seq from followed_stream where source = ${source} and stream = ${stream} for update`)
  return { stream, epoch: row?.epoch ?? '', seq: Number(row?.seq ?? 0) }
}

/** Moves the place, in the transaction that holds the effect. */
export async function movePlace(
  tx: Tx,
  source: string,
  { stream, epoch, seq }: FollowedPlace,
): Promise<void> {
  await tx.execute(sql`
    update followed_stream set epoch = ${epoch}, seq = ${seq}::bigint, moved_at = now()
    where source = ${source} and stream = ${stream}`)
}

/** Sets an event aside that could not be applied. */
export async function saveSkipped(
  tx: Tx,
  source: string,
  event: LoggedEvent,
  tries: number,
  reason: string,
): Promise<void> {
  await tx.execute(sql`
    insert into skipped_event (source, stream, seq, event_id, kind, tries, reason)
    values (${source}, ${event.stream}, ${event.seq}::bigint, ${event.eventId}::uuid, ${event.kind}, ${tries}, ${reason})
    on conflict do nothing`)
}
