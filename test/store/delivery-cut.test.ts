import { singleCursor } from '@hub/kit/event-cursor.ts'
import { openFeed, type FeedItem } from '@hub/kit/event-feed.ts'
import { readHeads } from '@hub/kit/event-log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import postgres from 'postgres'
import { expect, it, onTestFinished } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { append, silent } from '../support/event-log.ts'

const { url } = await openTestDatabase('cases')

async function take(items: AsyncIterator<FeedItem, undefined>, count: number): Promise<string[]> {
  const ids: string[] = []
  while (ids.length < count) {
    const step = await items.next()
    if (step.done) break
    if (step.value.event) ids.push(step.value.event.eventId)
  }
  return ids
}

function open(max: number) {
  const database = openDatabase({ url, room: 'cases', max })
  onTestFinished(() => database.close())
  return database
}

function feedOn(database: ReturnType<typeof open>, pollMs: number) {
  const feed = openFeed({ database, log: silent, pollMs })
  onTestFinished(() => feed.stop())
  const follow = (after: string | null) => {
    const control = new AbortController()
    onTestFinished(() => control.abort())
    return feed.subscribe({ streams: ['cut-off'], form: 'single', after, signal: control.signal })
  }
  return { feed, follow }
}

it('a subscriber loses nothing when every connection to the database is cut, and hears the doorbell again after', async () => {
  const before = open(4)
  await append(before, 'cut-off', 1)
  const [head] = await readHeads(before.orm, ['cut-off'])
  const items = await feedOn(before, 250).follow(singleCursor('cut-off', head?.epoch ?? '', 0))
  expect(await take(items, 1)).toHaveLength(1)
  const owner = postgres(url, { max: 1 })
  await owner`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`
  await owner.end()
  const writer = open(2)
  const after = await append(writer, 'cut-off', 2)
  expect(await take(items, 2)).toEqual(after.map((event) => event.eventId))
  const waiting = await feedOn(before, 60_000).follow(null)
  await waiting.next()
  const ringing = feedOn(writer, 60_000)
  const [last] = await append(writer, 'cut-off', 1)
  ringing.feed.ring(['cut-off'])
  expect(await take(waiting, 1)).toEqual([last?.eventId])
})
