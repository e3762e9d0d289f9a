import { sql } from 'drizzle-orm'
import type { Db } from './postgres.ts'

/** What may stand in an event: ids, enumerated values, numbers, days. Never personal data, never free text. */
export type EventData = Readonly<Record<string, string | number | boolean | null>>

export interface NewEvent {
  readonly stream: string
  /** The same happening in two streams keeps its id. */
  readonly eventId: string
  readonly kind: string
  readonly at: Date
  readonly data: EventData
}

export type LoggedEvent = NewEvent & { readonly seq: number }

/** How far a stream reaches: `lastSeq` is 0 before its first event, `firstSeq` is the oldest still kept. */
export interface StreamHead {
  readonly stream: string
  readonly epoch: string
  readonly firstSeq: number
  readonly lastSeq: number
}

export interface StreamPosition {
  readonly stream: string
  readonly seq: number
}

interface EventRow extends Record<string, unknown> {
  stream: string
  seq: string
  event_id: string
  kind: string
  at_ms: number
  data: EventData
}

interface HeadRow extends Record<string, unknown> {
  stream: string
  epoch: string
  first_seq: string
  last_seq: string
}

const eventOf = (row: EventRow): LoggedEvent => ({
  stream: row.stream,
  seq: Number(row.seq),
  eventId: row.event_id,
  kind: row.kind,
  at: new Date(row.at_ms),
  data: row.data,
})

const headOf = (row: HeadRow): StreamHead => ({
  stream: row.stream,
  epoch: row.epoch,
  firstSeq: Number(row.first_seq),
  lastSeq: Number(row.last_seq),
})

const EVENT_COLUMNS = sql.raw(
  'e.stream, e.seq, e.event_id, e.kind, (extract(epoch from e.at) * 1000)::float8 as at_ms, e.data',
)

/**
 * Appends events and gives them their numbers, gapless per stream. It must be the last statement of the
 * transaction: the counters stay locked until it commits, so whoever can see number n can see all before it,
 * and the time they are locked is the time of a commit. Counters are taken in sorted order, so two
 * transactions that write to the same streams wait for each other and never deadlock.
 */
export async function appendEvents(db: Db, events: readonly NewEvent[]): Promise<LoggedEvent[]> {
  if (events.length === 0) return []
  const rows = await db.execute<{ place: string; seq: string }>(sql`
    with given as (
      select place, item ->> 'stream' as stream, item from
        json_array_elements(${JSON.stringify(events)}::text::json) with ordinality as g (item, place)
    ), counted as (
      insert into stream as s (stream, last_seq)
      select stream, count(*) from given group by stream order by stream
      on conflict (stream) do update set last_seq = s.last_seq + excluded.last_seq
      returning s.stream, s.last_seq
    ), numbered as (
      select g.place, g.stream, g.item,
        c.last_seq - count(*) over (partition by g.stream)
          + row_number() over (partition by g.stream order by g.place) as seq
      from given g join counted c on c.stream = g.stream
    ), written as (
      insert into event (stream, seq, event_id, kind, at, data)
      select stream, seq, (item ->> 'eventId')::uuid, item ->> 'kind', (item ->> 'at')::timestamptz,
        (item -> 'data')::jsonb
      from numbered order by stream, seq
    )
    select place, seq from numbered order by place`)
  return events.map((event, index) => ({ ...event, seq: Number(rows[index]?.seq) }))
}

/** The events of a stream after a number, oldest first. */
export async function readEvents(
  db: Db,
  stream: string,
  after: number,
  limit: number,
): Promise<LoggedEvent[]> {
  const rows = await db.execute<EventRow>(sql`
    select ${EVENT_COLUMNS} from event e
    where e.stream = ${stream} and e.seq > ${after}::bigint order by e.seq limit ${limit}::int`)
  return rows.map(eventOf)
}

/** How far each stream reaches, in one statement; a stream without events counts as empty. */
export async function readHeads(db: Db, streams: readonly string[]): Promise<StreamHead[]> {
  const rows = await db.execute<HeadRow>(sql`
    select n.stream, l.epoch, coalesce(s.first_seq, 1) as first_seq, coalesce(s.last_seq, 0) as last_seq
    from json_array_elements_text(${JSON.stringify(streams)}::text::json) as n (stream)
    cross join event_log l left join stream s on s.stream = n.stream`)
  return rows.map(headOf)
}

/** How far streams reach and what is new in them after given places: one statement, one snapshot, for all. */
export async function readNews(
  db: Db,
  places: readonly StreamPosition[],
  limitEach: number,
): Promise<{ head: StreamHead; events: LoggedEvent[] }[]> {
  const rows = await db.execute<HeadRow & { news: EventRow[] | null }>(sql`
    select n.stream, l.epoch, coalesce(s.first_seq, 1) as first_seq, coalesce(s.last_seq, 0) as last_seq,
      (select json_agg(row_to_json(found) order by found.seq) from (
        select ${EVENT_COLUMNS} from event e
        where s.last_seq > n.seq and e.stream = n.stream and e.seq > n.seq
        order by e.seq limit ${limitEach}::int
      ) as found) as news
    from json_to_recordset(${JSON.stringify(places)}::text::json) as n (stream text, seq bigint)
    cross join event_log l left join stream s on s.stream = n.stream`)
  return rows.map((row) => ({ head: headOf(row), events: (row.news ?? []).map(eventOf) }))
}

/** A new epoch for the whole log: to be done once after a restore from a backup. Every older cursor is told so. */
export async function renewEpoch(db: Db): Promise<string> {
  const [row] = await db.execute<{ epoch: string }>(sql`
    update event_log set epoch = substr(md5(gen_random_uuid()::text), 1, 8) returning epoch`)
  return row?.epoch ?? ''
}

/** The streams of a prefix whose oldest kept event happened before an instant. */
export async function listOverdueStreams(db: Db, prefix: string, before: Date): Promise<string[]> {
  const rows = await db.execute<{ stream: string }>(sql`
    select s.stream from stream s join event e on e.stream = s.stream and e.seq = s.first_seq
    where starts_with(s.stream, ${prefix}) and e.at < ${before.toISOString()}::timestamptz`)
  return rows.map(({ stream }) => stream)
}

/** Retention: lets go of the events of a stream that happened before an instant; answers how many went. */
export async function dropEventsBefore(db: Db, stream: string, before: Date): Promise<number> {
  await db.execute(sql`
    update stream s set first_seq = coalesce(
      (select e.seq from event e where e.stream = s.stream and e.at >= ${before.toISOString()}::timestamptz
       order by e.seq limit 1), s.last_seq + 1)
    where s.stream = ${stream}`)
  const gone = await db.execute(sql`
    delete from event e using stream s
    where s.stream = ${stream} and e.stream = s.stream and e.seq < s.first_seq returning e.seq`)
  return gone.length
}
