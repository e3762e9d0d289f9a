import { quantiles, startChild, type Child } from './subscriptions-child.ts'
import type { Gathered } from './subscriptions-clients.ts'
import { memoryOf, spentBy, startOurs, tidied } from './subscriptions-gateway.ts'

const QUERY = 'subscription { sales { cursor at note } }'
const SUBSCRIBERS = 500
const STALLED = 50
/** What a core can carry beside other work: at more than that the queue is measured, and not who stands in it. */
const PER_SECOND = 80
const SECONDS = 6
const ROUNDS = 3
/** More than the kernel takes for a socket that nobody reads. */
const FILL = { count: 700, note: 'x'.repeat(8_000) }
const NOTE = 'x'.repeat(200)
const CHUNK = 2_000
const FLOOD_WITHIN_MS = 100_000

interface Phase extends Gathered {
  /** Processor time of the gateway for one delivery, in microseconds. */
  readonly each: number
}

/** 50 of 500 subscribers stop reading while many events pass: what the others feel, and what the gateway keeps. */
export async function measureStalls(events: number): Promise<void> {
  const graph = startChild('subscriptions-graph.ts')
  const gateway = await startOurs(await graph.ask('supergraph'))
  const port = Number(new URL(gateway.url).port)
  const open = async (): Promise<Crowd> => {
    const clients = startChild('subscriptions-clients.ts')
    await clients.ask('open', { port, count: SUBSCRIBERS, query: QUERY })
    return new Crowd(graph, clients, gateway.pid)
  }
  const pairs: { readonly all: Phase; readonly others: Phase }[] = []
  let [lost, closed] = [0, 0]
  for (let round = 0; round <= ROUNDS; round++) {
    const crowd = await open()
    const all = await crowd.pace()
    await crowd.stall()
    await crowd.sell(FILL)
    const others = await crowd.pace()
    const again = await crowd.resume()
    lost += again.short - again.closed
    closed += again.closed
    // In the first everything is still being compiled.
    if (round > 0) pairs.push({ all, others })
    crowd.leave()
  }
  told(
    'all read',
    pairs.map(({ all }) => all),
  )
  told(
    `${STALLED} stopped`,
    pairs.map(({ others }) => others),
  )
  const [middle, ...about] = [0.5, 0, 1].map((part) =>
    at(
      pairs.map(({ all, others }) => others.ms[2] / all.ms[2]),
      part,
    ).toFixed(2),
  )
  say(`p99 of the others ${middle} x (${about.join(' to ')} in ${ROUNDS} rounds side by side)`)
  say(`when they read again: ${lost} have lost anything, ${closed} had been closed as silent`)

  const crowd = await open()
  const usual = await crowd.flood(Math.min(events, 3 * CHUNK))
  const before = await tidied(gateway.pid)
  await crowd.stall()
  const flood = await crowd.flood(events)
  const after = await tidied(gateway.pid)
  const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(0)
  say(
    `${flood.passed} of ${events} events in ${flood.seconds.toFixed(0)} s past ${STALLED} that stopped: ${flood.short} of the others short; gateway ${megabytes(before)} MB, ${megabytes(flood.most - usual.most)} MB more at most than with all reading, ${megabytes(after - before)} MB more after`,
  )
  crowd.leave()
  for (const child of [graph, gateway]) child.stop()
}

/** 500 subscribers of one stream, and the stream. */
class Crowd {
  private readonly graph: Child
  private readonly clients: Child
  private readonly pid: number
  private sold = 0
  private seen = 0

  constructor(graph: Child, clients: Child, pid: number) {
    this.graph = graph
    this.clients = clients
    this.pid = pid
  }

  /** Sells, and waits until all who read have it. */
  async sell(what: { count: number; perSecond?: number; note: string }): Promise<Gathered> {
    await this.clients.ask('reset', { sample: 8, onlyAges: true })
    this.sold += what.count
    await this.graph.ask('sell', what)
    return this.clients.ask<Gathered>('gather', { events: this.sold, withinMs: 20_000 })
  }

  async pace(): Promise<Phase> {
    const spent = spentBy(this.pid)
    const gathered = await this.sell({ count: SECONDS * PER_SECOND, perSecond: PER_SECOND, note: NOTE })
    const received = gathered.received - this.seen
    this.seen = gathered.received
    return { ...gathered, received, each: (spentBy(this.pid) - spent) / received }
  }

  /** As fast as it goes, until so many have passed or the time is over. */
  async flood(events: number) {
    let [most, passed, short] = [0, 0, 0]
    const looking = setInterval(() => (most = Math.max(most, memoryOf(this.pid))), 50)
    const startedAt = performance.now()
    const seconds = (): number => (performance.now() - startedAt) / 1_000
    while (passed < events && seconds() * 1_000 < FLOOD_WITHIN_MS) {
      const count = Math.min(CHUNK, events - passed)
      ;({ short } = await this.sell({ count, note: NOTE }))
      passed += count
    }
    clearInterval(looking)
    return { most, passed, short, seconds: seconds() }
  }

  async stall(): Promise<void> {
    await this.clients.ask('stall', { count: STALLED })
    // From now on only the others are counted.
    const { received } = await this.clients.ask<Gathered>('gather', { events: 0, withinMs: 0 })
    this.seen = received
  }

  async resume(): Promise<Gathered> {
    await this.clients.ask('resume')
    return this.clients.ask<Gathered>('gather', { events: this.sold, withinMs: 20_000 })
  }

  leave(): void {
    this.clients.stop()
  }
}

function told(what: string, phases: readonly Phase[]): void {
  const received = phases.reduce((all, phase) => all + phase.received, 0)
  const short = phases.reduce((all, phase) => all + phase.short, 0)
  const [p50, p99, longest] = ([0, 2, 3] as const).map((which) =>
    at(
      phases.map(({ ms }) => ms[which]),
      0.5,
    ),
  )
  const each = at(
    phases.map((phase) => phase.each),
    0.5,
  )
  say(
    `${what.padEnd(10)} of ${SUBSCRIBERS}: ${received} delivered, p50 ${p50?.toFixed(1)} ms, p99 ${p99?.toFixed(1)} ms, last ${longest?.toFixed(0)} ms; ${short} short; ${each.toFixed(1)} µs processor each`,
  )
}

function at(values: readonly number[], part: number): number {
  return quantiles(Float64Array.from(values), [part])[0] ?? NaN
}

function say(line: string): void {
  process.stdout.write(`stalls   ${line}\n`)
}
