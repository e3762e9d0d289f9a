import { setTimeout as pause } from 'node:timers/promises'
import { openHubDatabase } from '@hub/cli/database/hub-database.ts'
import { openFeed } from '@hub/kit/event-feed.ts'
import { appendEvents } from '@hub/kit/event-log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import { anEvent, silent } from '../support/event-log.ts'
import { startTestHub } from '../support/hub.ts'
import { quantiles } from './subscriptions-child.ts'

const DEPARTMENT = 'JN-SWJ'
const STREAM = `department:${DEPARTMENT}`
const QUERY = 'subscription ($department: ID!) { assignmentEvents(department: $department) { eventId kind } }'
const CHANNEL = 'bench_bare'
const BETWEEN_MS = 20
const ENOUGH_MS = 120_000

/** From the commit of an event to the desk of its department, through the running hub, in turn with a bare NOTIFY. */
export async function measureCommit(events: number): Promise<void> {
  const hub = await startTestHub()
  const { url } = await openHubDatabase({ HUB_DATA: hub.dataFolder })
  const database = openDatabase({ url, room: 'cases', max: 4 })
  const feed = openFeed({ database, log: silent })
  const token = await hub.token('DEPARTMENT', { department: DEPARTMENT })
  let [arrived, heard] = [(_eventId: string): void => {}, (): void => {}]
  const leave = await follow(hub.url, token, (eventId) => arrived(eventId))
  await database.sql.listen(CHANNEL, () => heard())
  const [through, bare]: [number[], number[]] = [[], []]
  for (const startedAt = Date.now(); through.length < events && Date.now() - startedAt < ENOUGH_MS;) {
    const event = {
      ...anEvent(STREAM, { assignment: '00000000-0000-7000-8000-000000000000' }),
      kind: 'ISSUED',
    }
    const delivered = new Promise<void>((resolve) => {
      arrived = (eventId) => eventId === event.eventId && resolve()
    })
    await database.orm.transaction((tx) => appendEvents(tx, [event]))
    const committedAt = performance.now()
    feed.ring([STREAM])
    await delivered
    through.push(performance.now() - committedAt)
    const notified = new Promise<void>((resolve) => (heard = resolve))
    const notifiedAt = performance.now()
    await database.sql.notify(CHANNEL, event.eventId)
    await notified
    bare.push(performance.now() - notifiedAt)
    await pause(BETWEEN_MS)
  }
  for (const [what, values] of Object.entries({ 'through hub': through, 'bare NOTIFY': bare })) {
    const parts = quantiles(Float64Array.from(values), [0.5, 0.95, 0.99])
    const [p50, p95, p99] = parts.map((each) => each.toFixed(1))
    process.stdout.write(
      `commit   ${what}: ${values.length} events, p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms\n`,
    )
  }
  leave()
  await feed.stop()
  await database.close()
  await hub.stop()
}

/** The desk of the department; resolves when its first event, a heartbeat with its place, has come. */
function follow(url: string, authorization: string, tell: (eventId: string) => void): Promise<() => void> {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: `Bearer ${authorization}` },
  })
  return new Promise((resolve, reject) => {
    client.subscribe<{ assignmentEvents: { eventId: string } }>(
      { query: QUERY, variables: { department: DEPARTMENT } },
      {
        next({ data }) {
          if (data) tell(data.assignmentEvents.eventId)
          resolve(() => void client.dispose())
        },
        error: reject,
        complete() {},
      },
    )
  })
}
