import { CALLER_HEADER, requestDigest, signCaller } from '@hub/kit/caller.ts'
import { openFeed } from '@hub/kit/event-feed.ts'
import { appendEvents } from '@hub/kit/event-log.ts'
import { offerEvents } from '@hub/kit/event-offer.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { startSubgraph } from '@hub/kit/serve.ts'
import { schema } from '@hub/supervision/graph/schema.ts'
import { startServer } from '@hub/supervision/server.ts'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { storyOf } from '../support/supervision-case.ts'

const database = await openTestDatabase('supervision')
const log = openLog('test', 'silent')
const callerKey = Buffer.alloc(32, 7).toString('base64url')
const folder = mkdtempSync(path.join(tmpdir(), 'hub-supervision-'))
const clock = path.join(folder, 'clock')
const cases = openDatabase({ url: database.url, room: 'cases', max: 4 })
const feed = openFeed({ database: cases, log })
const stops: (() => Promise<void>)[] = [() => feed.stop(), () => cases.close()]
let url = ''

/** Moves the hub's clock to 09:00 in Shanghai of a day. */
function moveTo(day: string): void {
  writeFileSync(clock, String(Date.parse(`${day}T09:00:00+08:00`) - Date.now()))
}

beforeAll(async () => {
  vi.stubEnv('LOG_LEVEL', 'silent')
  moveTo('2026-11-02')
  // Stands for the rooms that are followed: their log over a real socket.
  const peer = await startSubgraph({
    port: 0,
    host: '127.0.0.1',
    schema,
    context: (caller) => ({ caller }) as never,
    callerKey,
    ready: async () => [],
    events: offerEvents({ database: cases, feed }),
    log,
  })
  const room = await startServer({
    DATABASE_URL: database.url,
    SUPERVISION_PORT: '0',
    CASES_URL: peer.url,
    DEPARTMENTS_URL: peer.url,
    HUB_CALLER_KEY: callerKey,
    HUB_DATA_KEY: Buffer.alloc(32, 8).toString('base64url'),
    HUB_CLOCK: clock,
  })
  stops.unshift(() => peer.stop())
  stops.unshift(() => room.stop())
  url = room.url
})

afterAll(async () => {
  for (const stop of stops) await stop()
  rmSync(folder, { recursive: true })
  vi.unstubAllEnvs()
})

async function tell(...events: Parameters<typeof appendEvents>[1][]): Promise<void> {
  await cases.orm.transaction((tx) => appendEvents(tx, events.flat()))
  feed.ring(['case:0'])
}

function signed(method: string, at: string, body: string, role = 'OFFICE'): Record<string, string> {
  const caller = {
    subject: 'test',
    role,
    attributes: {},
    scopes: [],
    locale: 'en' as const,
    expiresAt: Math.floor(Date.now() / 1000) + 60,
    requestId: 'test',
  }
  return { [CALLER_HEADER]: signCaller(caller, requestDigest(method, at, body), callerKey) }
}

async function overdue(): Promise<unknown> {
  const body = JSON.stringify({
    query: '{ overdueAssignments { nodes { id supervisionOrders { status } } } }',
  })
  const headers = { 'content-type': 'application/json', ...signed('POST', '/graphql', body) }
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body })
  const { data } = (await answer.json()) as { data: { overdueAssignments: { nodes: unknown } } }
  return data.overdueAssignments.nodes
}

describe('the supervision server', () => {
  it('is ready while it can follow, and answers 401 and nothing else to the unsigned', async () => {
    const ready = await fetch(`${url}/health/ready`)
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready', reasons: [] }])
    for (const at of ['/graphql', '/events?stream=supervision']) {
      const answer = await fetch(`${url}${at}`)
      expect([answer.status, await answer.text()]).toEqual([401, ''])
    }
  })

  it('issues the order when the day passes, tells it to other rooms, and answers it when the reply comes (R66)', async () => {
    const story = storyOf('JN-20261102-000001')
    await tell(
      [story.registered('2026-11-02')],
      story.dispatched('2026-11-02', { a: 'JN-SWJ' }, '2026-11-11'),
    )
    moveTo('2026-11-11')
    expect(await overdue()).toEqual([])
    moveTo('2026-11-12')
    await expect
      .poll(overdue, { timeout: 8_000 })
      .toEqual([{ id: 'a', supervisionOrders: [{ status: 'ISSUED' }] }])
    await tell([story.replied('2026-11-12', 'a', 'JN-SWJ')])
    const place = '/events?stream=supervision&wait=0'
    const kinds = async (): Promise<unknown> => {
      const answer = await fetch(`${url}${place}`, { headers: signed('GET', place, '', 'SUBGRAPH') })
      const { pages } = (await answer.json()) as { pages: { events: { kind: string }[] }[] }
      const all = pages.flatMap(({ events }) => events.map(({ kind }) => kind))
      // Whether the eve of the day was seen, and a reminder sent, is for the clock to say.
      return all.filter((kind) => kind !== 'LadderStepTaken')
    }
    await expect.poll(kinds, { timeout: 5_000 }).toEqual(['SupervisionOrdered', 'SupervisionAnswered'])
    expect(await overdue()).toEqual([])
  })

  it('says that it is not ready when the log it follows was restored to an earlier place', async () => {
    await cases.sql`update event_log set epoch = 'restored'`
    feed.ring(['case:0'])
    const reasons = async (): Promise<string> => {
      const answer = await fetch(`${url}/health/ready`)
      return `${answer.status} ${((await answer.json()) as { reasons: string[] }).reasons.join()}`
    }
    await expect.poll(reasons, { timeout: 10_000 }).toMatch(/^503 CURSOR_AHEAD/)
  })
})
