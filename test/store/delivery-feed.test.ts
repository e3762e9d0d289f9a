import { singleCursor } from '@hub/kit/event-cursor.ts'
import { FEED_DEFAULTS, openFeed, type FeedItem, type FeedSettings } from '@hub/kit/event-feed.ts'
import { dropEventsBefore, readHeads, renewEpoch } from '@hub/kit/event-log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { append, appendMany, faultsOf, FAULTLESS, silent } from '../support/event-log.ts'

const { url } = await openTestDatabase('cases')
const database = openDatabase({ url, room: 'cases', max: 6 })
const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(() => database.close())

function open(settings: Partial<FeedSettings> = {}) {
  const feed = openFeed({ database, log: silent, ...settings })
  closing.push(() => feed.stop())
  return feed
}

function follow(feed: ReturnType<typeof open>, stream: string, after: string | null) {
  const control = new AbortController()
  closing.push(() => control.abort())
  return feed.subscribe({ streams: [stream], form: 'single', after, signal: control.signal })
}

async function take(items: AsyncIterator<FeedItem, undefined>, count: number) {
  const events: { eventId: string; seq: number; cursor: string }[] = []
  while (events.length < count) {
    const step = await items.next()
    if (step.done) break
    const { event, cursor } = step.value
    if (event) events.push({ eventId: event.eventId, seq: event.seq, cursor })
  }
  return events
}

async function start(stream: string): Promise<string> {
  const [head] = await readHeads(database.orm, [stream])
  return singleCursor(stream, head?.epoch ?? '', 0)
}

describe('a subscriber', () => {
  it('begins now without a cursor, and has one at once', async () => {
    await append(database, 'now', 3)
    const feed = open()
    const items = await follow(feed, 'now', null)
    const first = await items.next()
    expect(first.value?.event).toBeNull()
    const written = await append(database, 'now', 2)
    feed.ring(['now'])
    expect((await take(items, 2)).map((event) => event.eventId)).toEqual(
      written.map((event) => event.eventId),
    )
    const again = await follow(feed, 'now', first.value?.cursor ?? '')
    expect((await take(again, 2)).map((event) => event.seq)).toEqual([4, 5])
  })

  it('goes from pages to the ring to live without a gap or a double, while writers go on', async () => {
    const before = await appendMany(database, 'cut', 1500)
    const feed = open({ ringSize: 64, pageSize: 50 })
    const items = await follow(feed, 'cut', await start('cut'))
    const writing = (async () => {
      const written = []
      for (let round = 0; round < 60; round++) {
        written.push(...(await appendMany(database, 'cut', 1 + (round % 7))))
        feed.ring(['cut'])
      }
      return written
    })()
    const received = await take(items, 1500)
    const live = await writing
    received.push(...(await take(items, live.length)))
    expect(
      faultsOf(
        received,
        [...before, ...live].map((event) => event.eventId),
      ),
    ).toEqual(FAULTLESS)
    expect(received.at(-1)?.seq).toBe(1500 + live.length)
  })

  it('that stands still is given pages when it comes back, and costs a ring and no more', async () => {
    const feed = open({ ringSize: 16, pageSize: 20 })
    const slow = await follow(feed, 'slow', await start('slow'))
    const quick = await follow(feed, 'slow', await start('slow'))
    const written = await appendMany(database, 'slow', 5)
    feed.ring(['slow'])
    const received = await take(slow, 1)
    await take(quick, 5)
    written.push(...(await appendMany(database, 'slow', 300)))
    feed.ring(['slow'])
    expect(faultsOf(await take(quick, 300), [])).toEqual(FAULTLESS)
    received.push(...(await take(slow, 304)))
    expect(
      faultsOf(
        received,
        written.map((event) => event.eventId),
      ),
    ).toEqual(FAULTLESS)
  })

  it('hears of an event without a doorbell by the next look at the counters', async () => {
    const feed = open({ doorbell: false, pollMs: 200 })
    const items = await follow(feed, 'lost-ring', await start('lost-ring'))
    const [written] = await append(database, 'lost-ring', 1)
    const began = performance.now()
    const [received] = await take(items, 1)
    expect(received?.eventId).toBe(written?.eventId)
    expect(performance.now() - began).toBeLessThan(2000)
  })

  it('hears the doorbell of another process', async () => {
    const here = open({ pollMs: 60_000 })
    const there = open({ pollMs: 60_000 })
    const items = await follow(here, 'bell', await start('bell'))
    await new Promise((resolve) => setTimeout(resolve, 300))
    const [written] = await append(database, 'bell', 1)
    there.ring(['bell'])
    expect((await take(items, 1))[0]?.eventId).toBe(written?.eventId)
  })

  it('receives a heartbeat with its place while nothing happens', async () => {
    const feed = open({ pollMs: 50, heartbeatMs: 100 })
    await append(database, 'quiet', 2)
    const items = await follow(feed, 'quiet', await start('quiet'))
    const [, last] = await take(items, 2)
    const beat = await items.next()
    expect(beat.value).toEqual({ event: null, cursor: last?.cursor })
  })

  it('is let go while it waits', async () => {
    const items = await follow(open(), 'gone', null)
    await items.next()
    const waiting = items.next()
    await items.return?.()
    expect((await waiting).done).toBe(true)
  })

  it('of several streams gets each in order, and resumes all of them from one cursor', async () => {
    const streams = ['v:a', 'v:b', 'v:c']
    const feed = open()
    const { signal } = new AbortController()
    const first = await feed.subscribe({ streams, form: 'vector', after: null, signal })
    await first.next()
    const written = []
    for (const stream of [...streams, ...streams]) written.push(...(await append(database, stream, 20)))
    feed.ring(streams)
    const half = await take(first, 50)
    await first.return?.()
    const second = await feed.subscribe({ streams, form: 'vector', after: half.at(-1)?.cursor ?? '', signal })
    const rest = await take(second, 70)
    await second.return?.()
    const received = new Set([...half, ...rest].map((event) => event.eventId))
    expect(received.size).toBe(120)
    expect(written.filter((event) => !received.has(event.eventId))).toEqual([])
  })

  it('follows a unit that joined from its first event, and no longer one that left', async () => {
    let streams = ['m:a', 'm:b']
    const feed = open({ pollMs: 20, membersMs: 20 })
    const { signal } = new AbortController()
    const items = await feed.subscribe({ streams: async () => streams, form: 'vector', after: null, signal })
    await items.next()
    const [early] = await append(database, 'm:c', 1)
    streams = ['m:a', 'm:c']
    expect((await take(items, 1))[0]?.eventId).toBe(early?.eventId)
    await append(database, 'm:b', 1)
    const [late] = await append(database, 'm:a', 1)
    feed.ring(['m:a', 'm:b'])
    expect((await take(items, 1))[0]?.eventId).toBe(late?.eventId)
    await items.return?.()
  })
})

describe('a cursor that cannot be gone on from', () => {
  it('is refused by name', async () => {
    await append(database, 'named', 10)
    const feed = open()
    const [head] = await readHeads(database.orm, ['named'])
    const epoch = head?.epoch ?? ''
    await expect(follow(feed, 'named', singleCursor('other', epoch, 1))).rejects.toMatchObject({
      code: 'CURSOR_INVALID',
    })
    await expect(follow(feed, 'named', 'not a cursor')).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
    await expect(follow(feed, 'named', singleCursor('named', epoch, 11))).rejects.toMatchObject({
      code: 'CURSOR_AHEAD',
    })
    await expect(follow(feed, 'named', singleCursor('named', '00000000', 3))).rejects.toMatchObject({
      code: 'CURSOR_AHEAD',
    })
    await dropEventsBefore(database.orm, 'named', new Date(Date.now() + 1000))
    await expect(follow(feed, 'named', singleCursor('named', epoch, 3))).rejects.toMatchObject({
      code: 'CURSOR_EXPIRED',
    })
    expect((await (await follow(feed, 'named', singleCursor('named', epoch, 10))).return?.())?.done).toBe(
      true,
    )
  })

  it('ends a subscription that lives when the log is restored (CURSOR_AHEAD)', async () => {
    const feed = open({ pollMs: 50 })
    const items = await follow(feed, 'restored', null)
    await items.next()
    await renewEpoch(database.orm)
    await expect(items.next()).rejects.toMatchObject({ code: 'CURSOR_AHEAD' })
  })
})

describe('the defaults of a feed', () => {
  it('look at the counters each second and send a heartbeat each 15', () => {
    expect(FEED_DEFAULTS).toMatchObject({ pollMs: 1000, heartbeatMs: 15_000 })
  })
})
