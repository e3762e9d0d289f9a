import { openFeed } from '@hub/kit/event-feed.ts'
import { readEvents, renewEpoch, type LoggedEvent } from '@hub/kit/event-log.ts'
import { offerEvents } from '@hub/kit/event-offer.ts'
import { httpLogSource, localLogSource, type LogSource } from '@hub/kit/follow-source.ts'
import { followOnce, startFollowing, type FollowOptions } from '@hub/kit/follow.ts'
import { openDatabase, type Tx } from '@hub/kit/postgres.ts'
import { startSubgraph } from '@hub/kit/serve.ts'
import { sql } from 'drizzle-orm'
import { buildSchema } from 'graphql'
import { fork, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { append, appendMany, faultsOf, FAULTLESS, silent } from '../support/event-log.ts'

const { url } = await openTestDatabase('cases')
const there = openDatabase({ url, room: 'departments', max: 6 })
const here = openDatabase({ url, room: 'cases', max: 6 })
const callerKey = randomBytes(32).toString('base64url')
const feed = openFeed({ database: there, log: silent })
const room = await startSubgraph({
  port: 0,
  host: '127.0.0.1',
  schema: buildSchema('type Query { nothing: Int }'),
  context: (caller) => ({ caller }),
  callerKey,
  ready: async () => [],
  events: offerEvents({ database: there, feed }),
  log: silent,
})
const http = httpLogSource({ url: room.url, callerKey, subject: 'cases' })

beforeAll(async () => {
  const owner = postgres(url, { max: 1 })
  await owner.unsafe(`create table cases.effect (stream text, seq bigint, event_id uuid, at serial);
    grant all on cases.effect to hub_cases; grant usage on cases.effect_at_seq to hub_cases`)
  await owner.end()
})
afterAll(async () => {
  await room.stop()
  await feed.stop()
  await Promise.all([there.close(), here.close()])
})

async function effects(stream: string) {
  const rows = await here.sql<{ seq: string; event_id: string }[]>`
    select seq, event_id from effect where stream = ${stream} order by at`
  return rows.map((row) => ({ seq: Number(row.seq), eventId: row.event_id }))
}

const record = async (tx: Tx, events: readonly LoggedEvent[]): Promise<void> => {
  for (const { eventId, stream, seq } of events) {
    await tx.execute(sql`insert into effect (stream, seq, event_id) values (${stream}, ${seq}, ${eventId})`)
  }
}

function following(stream: string, given: Partial<FollowOptions> = {}): FollowOptions {
  const source: LogSource = localLogSource(there)
  return {
    name: 'departments',
    source,
    streams: [stream],
    database: here,
    apply: record,
    log: silent,
    ...given,
  }
}

async function until(done: () => Promise<boolean>, withinMs = 20_000): Promise<void> {
  const end = performance.now() + withinMs
  while (!(await done())) {
    if (performance.now() > end) throw new Error('it did not come to that')
    await sleep(20)
  }
}

describe('a follower', () => {
  it('applies what is there once, in order, and goes on from its place', async () => {
    const first = await appendMany(there, 'once', 30)
    expect(await followOnce(following('once'))).toBe(30)
    expect(await followOnce(following('once'))).toBe(0)
    const second = await appendMany(there, 'once', 5)
    expect(await followOnce(following('once'))).toBe(5)
    const all = [...first, ...second].map((event) => event.eventId)
    expect(faultsOf(await effects('once'), all)).toEqual(FAULTLESS)
  })

  it('applies nothing twice when two processes follow at once', async () => {
    const written = await appendMany(there, 'both', 200)
    await Promise.all([1, 2, 3, 4].map(() => followOnce(following('both'))))
    expect(
      faultsOf(
        await effects('both'),
        written.map((event) => event.eventId),
      ),
    ).toEqual(FAULTLESS)
  })

  it('waits at the signed long poll and hears of an event at once', async () => {
    const follower = startFollowing(following('poll', { source: http }))
    await sleep(300)
    const began = performance.now()
    await append(there, 'poll', 1)
    feed.ring(['poll'])
    await until(async () => (await effects('poll')).length === 1)
    expect(performance.now() - began).toBeLessThan(2000)
    await follower.stop()
  })

  it('leaves no half effect when applying fails, and tries again', async () => {
    const written = await appendMany(there, 'retry', 3)
    let failing = true
    const apply = async (tx: Tx, events: readonly LoggedEvent[]): Promise<void> => {
      await record(tx, events)
      if (failing) throw Object.assign(new Error('gone'), { code: '57P01' })
    }
    await expect(followOnce(following('retry', { apply }))).rejects.toThrow('gone')
    expect(await effects('retry')).toEqual([])
    failing = false
    await followOnce(following('retry', { apply }))
    expect(
      faultsOf(
        await effects('retry'),
        written.map((event) => event.eventId),
      ),
    ).toEqual(FAULTLESS)
  })

  it('sets a poison event aside after some tries, by name, and the stream goes on', async () => {
    const written = await appendMany(there, 'poison', 10)
    const poison = written[4]?.eventId
    const apply = async (tx: Tx, events: readonly LoggedEvent[]): Promise<void> => {
      await record(tx, events)
      if (events.some((event) => event.eventId === poison)) throw new TypeError('what a caller wrote')
    }
    const follower = startFollowing(following('poison', { apply, tries: 2 }))
    await until(async () => (await effects('poison')).length === 9)
    await follower.stop()
    const skipped = await here.sql`select stream, seq::int, kind, tries, reason from skipped_event`
    expect([...skipped]).toEqual([{ stream: 'poison', seq: 5, kind: 'TRIED', tries: 2, reason: 'TypeError' }])
    const expected = written.map((event) => event.eventId).filter((id) => id !== poison)
    expect((await effects('poison')).map((event) => event.eventId)).toEqual(expected)
  })
})

/** Kills the follower again and again while events come in; answers what its effects were. */
async function killed(stream: string, kills: number, broken: boolean) {
  const start = (): ChildProcess =>
    fork(new URL('../support/follower-child.ts', import.meta.url), {
      env: {
        ...process.env,
        DATABASE_URL: url,
        SOURCE_URL: room.url,
        CALLER_KEY: callerKey,
        STREAMS: stream,
        ...(broken ? { BROKEN: '1' } : {}),
      },
      execArgv: ['--import', import.meta.resolve('@hub/kit/quick-resolution.ts')],
    })
  const written: LoggedEvent[] = []
  let child = start()
  await once(child, 'message')
  for (let kill = 0; kill < kills; kill++) {
    // Killed once it is at work, however long this machine takes to start it.
    const before = (await effects(stream)).length
    for (let round = 0; round < 8 || (await effects(stream)).length === before; round++) {
      written.push(...(await appendMany(there, stream, 25)))
      feed.ring([stream])
      await sleep(Math.random() * 10)
    }
    child.kill('SIGKILL')
    await once(child, 'exit')
    child = start()
    await once(child, 'message')
  }
  await until(async () => {
    const [row] = await here.sql`select seq from followed_stream where stream = ${stream}`
    return Number(row?.['seq']) === written.length
  })
  child.kill('SIGKILL')
  await once(child, 'exit')
  return { acknowledged: written.map((event) => event.eventId), effects: await effects(stream) }
}

describe('a follower killed with kill -9 in the middle of its work', () => {
  it('has every effect once, in order, and its own log tells the same', async () => {
    const { acknowledged, effects } = await killed('killed', 5, false)
    expect(faultsOf(effects, acknowledged)).toEqual(FAULTLESS)
    const echoed = await readEvents(here.orm, 'echo', 0, acknowledged.length + 1)
    expect(echoed.map((event) => event.eventId)).toEqual(acknowledged)
  })

  it('is caught when its effect stands outside the transaction of its place', async () => {
    let twice = 0
    for (let round = 0; round < 5 && twice === 0; round++) {
      const { acknowledged, effects } = await killed(`broken${round}`, 5, true)
      twice = faultsOf(effects, acknowledged).twice
    }
    expect(twice).toBeGreaterThan(0)
  })
})

describe('the log that one room offers the others', () => {
  it('is refused to whoever is not a room', async () => {
    expect((await fetch(`${room.url}/events?stream=once`)).status).toBe(401)
  })

  it('tells a follower that the log was restored, and the follower says so by name', async () => {
    await append(there, 'restored', 2)
    await followOnce(following('restored', { source: http }))
    await renewEpoch(there.orm)
    await expect(followOnce(following('restored', { source: http }))).rejects.toMatchObject({
      code: 'CURSOR_AHEAD',
    })
    const follower = startFollowing(following('restored', { source: http }))
    await until(async () => follower.reasons().length > 0)
    expect(follower.reasons()[0]).toMatch(/^CURSOR_AHEAD/)
    await follower.stop()
  })
})
