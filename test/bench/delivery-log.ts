// What one event costs from append to subscriber: 16 writers, 50 departments, one feed that follows all of them.
// node test/bench/delivery-log.ts [events] [events per second] — needs DATABASE_URL of a migrated hub; asserts only that nothing was lost.
import { openFeed } from '@hub/kit/event-feed.ts'
import { appendEvents } from '@hub/kit/event-log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { anEvent, faultsOf, silent } from '../support/event-log.ts'

const TOTAL = Number(process.argv[2] ?? 10_000)
const RATE = Number(process.argv[3] ?? Infinity)
const WRITERS = 16
const DEPARTMENTS = Array.from({ length: 50 }, (_, index) => `department:BENCH-${index}`)
const url = process.env['DATABASE_URL']
if (!url) throw new Error('DATABASE_URL is not set')

const database = openDatabase({ url, room: 'cases', max: WRITERS })
const reading = openDatabase({ url, room: 'cases', max: 4 })
const feed = openFeed({ database: reading, log: silent })

const sent = new Map<string, number>()
const waits: number[] = []
const received = new Map(DEPARTMENTS.map((stream) => [stream, [] as { seq: number; eventId: string }[]]))
let arrived = 0
let began = 0
const all = Promise.withResolvers<void>()
const { signal } = new AbortController()

async function follow(stream: string): Promise<void> {
  for await (const { event } of await feed.subscribe({
    streams: [stream],
    form: 'single',
    after: null,
    signal,
  })) {
    if (!event) continue
    waits.push(performance.now() - (sent.get(event.eventId) ?? performance.now()))
    received.get(stream)?.push({ seq: event.seq, eventId: event.eventId })
    arrived++
    if (arrived >= TOTAL) all.resolve()
  }
}

async function write(): Promise<void> {
  for (let count = 0; count < TOTAL / WRITERS; count++) {
    const stream = DEPARTMENTS[Math.floor(Math.random() * DEPARTMENTS.length)] ?? ''
    const event = anEvent(stream)
    await database.orm.transaction(async (tx) => {
      await appendEvents(tx, [event])
      sent.set(event.eventId, performance.now())
    })
    feed.ring([stream])
    const early = (count + 1) * (WRITERS / RATE) * 1000 - (performance.now() - began)
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
  }
}

for (const stream of DEPARTMENTS) void follow(stream)
await new Promise((resolve) => setTimeout(resolve, 500))
began = performance.now()
await Promise.all(Array.from({ length: WRITERS }, write))
const writing = performance.now() - began
await Promise.race([all.promise, new Promise((resolve) => setTimeout(resolve, 10_000))])

const acknowledged = [...sent.keys()]
const faults = DEPARTMENTS.map((stream) => faultsOf(received.get(stream) ?? [], []))
waits.sort((a, b) => a - b)
const at = (share: number): string => (waits[Math.floor(waits.length * share)] ?? 0).toFixed(1)
process.stdout.write(
  `${JSON.stringify({
    events: acknowledged.length,
    lost: acknowledged.length - arrived,
    gaps: faults.reduce((sum, fault) => sum + fault.gaps + fault.disordered + fault.twice, 0),
    writesPerSecond: Math.round(acknowledged.length / (writing / 1000)),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  })}\n`,
)
await feed.stop()
await Promise.all([database.close(), reading.close()])
