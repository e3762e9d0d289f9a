import { openFeed } from '@hub/kit/event-feed.ts'
import { appendEvents, readHeads } from '@hub/kit/event-log.ts'
import { encodeCursor } from '@hub/kit/event-cursor.ts'
import { openDatabase, type Tx } from '@hub/kit/postgres.ts'
import { sql } from 'drizzle-orm'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { anEvent, faultsOf, FAULTLESS, silent } from '../support/event-log.ts'

const WRITERS = 16
const DEPARTMENTS = Array.from({ length: 20 }, (_, index) => `department:D${index}`)

const { url } = await openTestDatabase('cases')
const database = openDatabase({ url, room: 'cases', max: WRITERS })
const reading = openDatabase({ url, room: 'cases', max: 4 })

beforeAll(async () => {
  const owner = postgres(url, { max: 1 })
  await owner.unsafe(`set search_path = cases;
    create table work (writer int, round int);
    create table loose_event (id bigserial, event_id uuid);
    create table loose_counter (last_seq bigint); insert into loose_counter values (0);
    create table early_event (seq bigint, event_id uuid);
    grant all on all tables in schema cases to hub_cases;
    grant all on all sequences in schema cases to hub_cases`)
  await owner.end()
})
afterAll(() => Promise.all([database.close(), reading.close()]))

class Regret extends Error {}

/** Sixteen writers at once: each transaction works, writes its events, lingers or not, and sometimes takes all back. */
async function write(
  rounds: number,
  append: (tx: Tx, round: number) => Promise<string[]>,
): Promise<string[]> {
  const acknowledged: string[] = []
  const writer = async (number: number): Promise<void> => {
    for (let round = 0; round < rounds; round++) {
      const written = await database.orm
        .transaction(async (tx) => {
          await tx.execute(sql`insert into work values (${number}, ${round})`)
          const ids = await append(tx, round)
          if (Math.random() < 0.1) throw new Regret()
          return ids
        })
        .catch((error: unknown) => {
          if (error instanceof Regret) return []
          throw error
        })
      acknowledged.push(...written)
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, (_, number) => writer(number)))
  return acknowledged
}

interface Row extends Record<string, unknown> {
  seq: string
  event_id: string
}

/** A reader of the common kind: what is greater than the last it saw. */
async function readNaively(table: string, column: string, writing: Promise<string[]>) {
  const received: { seq: number; eventId: string }[] = []
  let done = false
  const finished = writing.finally(() => (done = true))
  for (let last = 0, quiet = 0; quiet < 3;) {
    const rows = await reading.orm.execute<Row>(
      sql`select ${sql.raw(column)} as seq, event_id from ${sql.raw(table)} where ${sql.raw(column)} > ${last} order by 1`,
    )
    for (const row of rows) received.push({ seq: Number(row.seq), eventId: row.event_id })
    last = received.at(-1)?.seq ?? 0
    quiet = done && rows.length === 0 ? quiet + 1 : 0
    await sleep(1)
  }
  return { received, acknowledged: await finished }
}

describe('sixteen writers to twenty departments, some of whom take everything back', () => {
  it('are read whole, without gaps, in order, by one who reads all the while', async () => {
    const feed = openFeed({ database: reading, log: silent, ringSize: 32, pageSize: 50 })
    const heads = await readHeads(reading.orm, DEPARTMENTS)
    const after = encodeCursor({
      form: 'vector',
      epoch: heads[0]?.epoch ?? '',
      places: new Map(DEPARTMENTS.map((stream) => [stream, 0])),
    })
    const { signal } = new AbortController()
    const items = await feed.subscribe({ streams: DEPARTMENTS, form: 'vector', after, signal })
    const received = new Map(DEPARTMENTS.map((stream) => [stream, [] as { seq: number; eventId: string }[]]))
    let total = 0
    const readAll = (async () => {
      for await (const { event } of items) {
        if (event) received.get(event.stream)?.push({ seq: event.seq, eventId: event.eventId })
        if (event) total++
      }
    })()
    const streamOf = new Map<string, string>()
    const acknowledged = await write(40, async (tx, round) => {
      const count = 1 + (round % 3)
      const streams = Array.from({ length: count }, () => DEPARTMENTS[Math.floor(Math.random() * 20)] ?? '')
      const logged = await appendEvents(
        tx,
        streams.map((stream) => anEvent(stream)),
      )
      for (const event of logged) streamOf.set(event.eventId, event.stream)
      setTimeout(() => feed.ring(streams), 2)
      return logged.map((event) => event.eventId)
    })
    const acknowledgedByStream = Map.groupBy(acknowledged, (id) => streamOf.get(id) ?? '')
    const end = performance.now() + 10_000
    while (total < acknowledged.length && performance.now() < end) await sleep(20)
    await items.return?.()
    await readAll
    await feed.stop()
    for (const stream of DEPARTMENTS) {
      const got = received.get(stream) ?? []
      expect(faultsOf(got, acknowledgedByStream.get(stream) ?? [])).toEqual(FAULTLESS)
      expect(got.map((event) => event.seq)).toEqual(got.map((_, index) => index + 1))
    }
    expect(total).toBe(acknowledged.length)
  })

  it('lose events to a reader that trusts a sequence, and the checker says so', async () => {
    const writing = write(40, async (tx) => {
      const { eventId } = anEvent('loose')
      await tx.execute(sql`insert into loose_event (event_id) values (${eventId})`)
      await tx.execute(sql`select pg_sleep(random() * 0.003)`)
      return [eventId]
    })
    const { received, acknowledged } = await readNaively('loose_event', 'id', writing)
    expect(faultsOf(received, acknowledged).lost).toBeGreaterThan(0)
  })

  it('lose events when the counter is taken in a transaction of its own, gapless or not', async () => {
    const writing = write(40, async (tx) => {
      const { eventId } = anEvent('early')
      const [row] = await reading.sql`update loose_counter set last_seq = last_seq + 1 returning last_seq`
      await tx.execute(sql`select pg_sleep(random() * 0.003)`)
      await tx.execute(sql`insert into early_event values (${Number(row?.['last_seq'])}, ${eventId})`)
      return [eventId]
    })
    const { received, acknowledged } = await readNaively('early_event', 'seq', writing)
    expect(faultsOf(received, acknowledged).lost).toBeGreaterThan(0)
  })
})

describe('an event in the log', () => {
  it('is appended by a statement that its connection keeps prepared', async () => {
    const [row] = await database.orm.transaction(async (tx) => {
      await appendEvents(tx, [anEvent('prepared')])
      return tx.execute(sql`select count(*)::int as kept from pg_prepared_statements
        where statement like '%insert into event%'`)
    })
    expect(row).toEqual({ kept: 1 })
  })

  it('can be neither changed nor removed before retention has let go of it', async () => {
    await database.orm.transaction((tx) => appendEvents(tx, [anEvent('kept')]))
    await expect(database.sql`update event set kind = 'OTHER' where stream = 'kept'`).rejects.toThrow(
      'append only',
    )
    await expect(database.sql`delete from event where stream = 'kept'`).rejects.toThrow('still kept')
  })

  it('that is taken back takes its number back with it', async () => {
    await expect(
      database.orm.transaction(async (tx) => {
        await appendEvents(tx, [anEvent('regretted'), anEvent('regretted')])
        throw new Regret()
      }),
    ).rejects.toThrow(Regret)
    const [event] = await database.orm.transaction((tx) => appendEvents(tx, [anEvent('regretted')]))
    expect(event?.seq).toBe(1)
  })
})
