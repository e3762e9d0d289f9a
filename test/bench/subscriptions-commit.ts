import { setTimeout as pause } from 'node:timers/promises'
import { openHubDatabase } from '@hub/cli/database/hub-database.ts'
import { openFeed } from '@hub/kit/event-feed.ts'
import { appendEvents } from '@hub/kit/event-log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { subscribe } from '../support/gateway-socket.ts'
import { anEvent, silent } from '../support/event-log.ts'
import { startTestHub } from '../support/hub.ts'
import { quantiles } from './subscriptions-child.ts'

const DEPARTMENT = 'JN-SWJ'
const STREAM = `department:${DEPARTMENT}`
const QUERY = 'subscription ($department: ID!) { assignmentEvents(department: $department) { eventId kind } }'
const CHANNEL = 'bench_bare'

/** From the commit of an event to the desk of its department, through the running hub, in turn with a bare NOTIFY. */
export async function measureCommit(events: number): Promise<void> {
  const hub = await startTestHub()
  const { url } = await openHubDatabase({ HUB_DATA: hub.dataFolder })
  const database = openDatabase({ url, room: 'cases', max: 4 })
  const feed = openFeed({ database, log: silent })
  const token = await hub.token('DEPARTMENT', { department: DEPARTMENT })
  const running = { url: hub.url, stop: async () => {} }
  const desk = subscribe(running, QUERY, { token, variables: { department: DEPARTMENT } })
  await desk.take(1)
  let heard = (): void => {}
  await database.sql.listen(CHANNEL, () => heard())
  const [through, bare] = [new Float64Array(events), new Float64Array(events)]
  for (let at = 0; at < events; at++) {
    const event = {
      ...anEvent(STREAM, { assignment: '00000000-0000-7000-8000-000000000000' }),
      kind: 'ISSUED',
    }
    await database.orm.transaction((tx) => appendEvents(tx, [event]))
    const committedAt = performance.now()
    feed.ring([STREAM])
    const { length } = desk.results
    while (!desk.results.slice(length - 1).some((result) => JSON.stringify(result).includes(event.eventId)))
      await new Promise((soon) => setImmediate(soon))
    through[at] = performance.now() - committedAt
    const notified = new Promise<void>((resolve) => (heard = resolve))
    const startedAt = performance.now()
    await database.sql.notify(CHANNEL, event.eventId)
    await notified
    bare[at] = performance.now() - startedAt
    await pause(5)
  }
  for (const [what, values] of Object.entries({ 'through hub': through, 'bare NOTIFY': bare })) {
    const [p50, p95, p99] = quantiles(values, [0.5, 0.95, 0.99]).map((each) => each.toFixed(1))
    process.stdout.write(`commit   ${what}: ${events} events, p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms\n`)
  }
  desk.leave()
  await feed.stop()
  await database.close()
  await hub.stop()
}
