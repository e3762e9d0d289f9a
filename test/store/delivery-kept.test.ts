import { dropOldEvents } from '@hub/cases/work/retention.ts'
import { renewEpochs } from '@hub/cli/database/renew-epochs.ts'
import { singleCursor } from '@hub/kit/event-cursor.ts'
import { openFeed } from '@hub/kit/event-feed.ts'
import { appendEvents, readEvents, readHeads } from '@hub/kit/event-log.ts'
import { localLogSource } from '@hub/kit/follow-source.ts'
import { followOnce } from '@hub/kit/follow.ts'
import { newId } from '@hub/kit/id.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { afterAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

const { url } = await openTestDatabase()
const database = openDatabase({ url, room: 'cases' })
const there = openDatabase({ url, room: 'supervision' })
const log = openLog('test', 'silent')
const feed = openFeed({ database, log, doorbell: false })
const now = new Date('2026-11-23T09:00:00+08:00')
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000)

afterAll(async () => {
  await feed.stop()
  await database.close()
  await there.close()
})

const add = (stream: string, days: number) =>
  appendEvents(database.orm, [{ stream, eventId: newId(), kind: 'ISSUED', at: daysAgo(days), data: {} }])

const epochNow = async (): Promise<string> =>
  (await readHeads(database.orm, ['department:JN-SWJ']))[0]?.epoch ?? ''

const subscribe = (after: string) =>
  feed.subscribe({
    streams: ['department:JN-SWJ'],
    form: 'single',
    after,
    signal: new AbortController().signal,
  })

describe('events that are older than what is kept', () => {
  it('leave the departments’ streams, and a cursor from before them is CURSOR_EXPIRED', async () => {
    for (const days of [200, 91, 89, 1]) await add('department:JN-SWJ', days)
    for (const days of [200, 1]) await add('case:0', days)
    const epoch = await epochNow()
    const options = { database, clock: () => now, log, days: 90 }
    expect(await dropOldEvents(options)).toBe(2)
    expect(await dropOldEvents(options)).toBe(0)
    expect((await readEvents(database.orm, 'department:JN-SWJ', 0, 10)).map(({ seq }) => seq)).toEqual([3, 4])
    expect((await readEvents(database.orm, 'case:0', 0, 10)).length).toBe(2)
    await expect(subscribe(singleCursor('department:JN-SWJ', epoch, 1))).rejects.toMatchObject({
      code: 'CURSOR_EXPIRED',
    })
    await (await subscribe(singleCursor('department:JN-SWJ', epoch, 2))).return?.()
  })
})

describe('a database restored from a backup', () => {
  it('tells every client CURSOR_AHEAD, and the rooms go on where they are', async () => {
    const applied: string[] = []
    const following = {
      name: 'cases',
      source: localLogSource(database),
      streams: ['case:0'],
      database: there,
      apply: async (_tx: object, events: readonly { eventId: string }[]) =>
        void applied.push(...events.map(({ eventId }) => eventId)),
      log,
    }
    expect(await followOnce(following)).toBe(2)
    const epoch = await epochNow()
    const epochs = await renewEpochs(url)
    expect(epochs['cases']).not.toBe(epoch)
    await expect(subscribe(singleCursor('department:JN-SWJ', epoch, 4))).rejects.toMatchObject({
      code: 'CURSOR_AHEAD',
    })
    await add('case:0', 0)
    expect(await followOnce(following)).toBe(1)
    expect(applied.length).toBe(3)
  })
})
