import { quantiles, startChild, type Child } from './subscriptions-child.ts'
import { Crowd, STALLED, SUBSCRIBERS, type Phase } from './subscriptions-crowd.ts'
import { memoryOf, startOurs, tidied } from './subscriptions-gateway.ts'

/** What a core can carry beside other work: at more than that the queue is measured, and not who stands in it. */
const PER_SECOND = 50
const SECONDS = 6
const ROUNDS = 4
const NOTE = 'x'.repeat(200)
/** More than the kernel takes for a socket that nobody reads. */
const FILL = { count: 700, note: 'x'.repeat(8_000) }
const CHUNK = 2_000
const FLOOD_WITHIN_MS = 100_000

/**
 * 50 of 500 subscribers stop reading while many events pass: what the others feel, beside those of a second gateway who
 * all read and get as many events at the same time, and what the gateway keeps.
 */
export async function measureStalls(events: number): Promise<void> {
  const graph = startChild('subscriptions-graph.ts')
  const file = await graph.ask<string>('supergraph')
  const [calm, tried] = [await startOurs(file), await startOurs(file)]
  const open = ({ url, pid }: typeof calm, counter: number): Promise<Crowd> =>
    Crowd.open(graph, { port: Number(new URL(url).port), pid, counter })
  const rounds: (readonly [all: Phase, others: Phase])[] = []
  let [lost, closed] = [0, 0]
  // In the first everything is still being compiled.
  for (let round = 0; round <= ROUNDS; round++) {
    const crowds = [await open(calm, 0), await open(tried, 1)] as const
    await crowds[1].stall()
    await crowds[1].sell(FILL)
    const phases = await pace(graph, crowds)
    if (round > 0) rounds.push(phases)
    const again = await crowds[1].resume()
    lost += again.short - again.closed
    closed += again.closed
    for (const crowd of crowds) crowd.leave()
  }
  tell(
    'all read',
    rounds.map(([all]) => all),
  )
  tell(
    `${STALLED} stopped`,
    rounds.map(([, others]) => others),
  )
  const ratios = rounds.map(([all, others]) => others.ms[2] / all.ms[2])
  const [least, middle, most] = [0, 0.5, 1].map((part) => at(ratios, part).toFixed(2))
  say(`p99 of the others ${middle} x (${least} to ${most} in ${ROUNDS} rounds side by side)`)
  say(`when they read again: ${lost} have lost anything, ${closed} had been closed as silent`)
  calm.stop()
  await pastStalled(await open(tried, 1), tried.pid, events)
  for (const child of [graph, tried]) child.stop()
}

/** As many events to each crowd at the same time. */
async function pace(graph: Child, [one, other]: readonly [Crowd, Crowd]): Promise<readonly [Phase, Phase]> {
  await Promise.all([one.begin(), other.begin()])
  const count = SECONDS * PER_SECOND
  await graph.ask('sell', { count: 2 * count, perSecond: 2 * PER_SECOND, among: 2, note: NOTE })
  return Promise.all([one.end(count), other.end(count)])
}

async function pastStalled(crowd: Crowd, pid: number, events: number): Promise<void> {
  const usual = await flood(crowd, pid, Math.min(events, 3 * CHUNK))
  const before = await tidied(pid)
  await crowd.stall()
  const { passed, short, most, seconds } = await flood(crowd, pid, events)
  const after = await tidied(pid)
  const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MB`
  say(
    `${passed} of ${events} events in ${seconds.toFixed(0)} s past ${STALLED} that stopped: ${short} of the others short; gateway ${megabytes(before)}, at most ${megabytes(most - usual.most)} more than with all reading, ${megabytes(after - before)} more after`,
  )
  crowd.leave()
}

/** As fast as it goes, until so many have passed or the time is over. */
async function flood(crowd: Crowd, pid: number, events: number) {
  let [most, passed, short] = [0, 0, 0]
  const looking = setInterval(() => (most = Math.max(most, memoryOf(pid))), 50)
  const startedAt = performance.now()
  const elapsed = (): number => performance.now() - startedAt
  while (passed < events && elapsed() < FLOOD_WITHIN_MS) {
    const count = Math.min(CHUNK, events - passed)
    ;({ short } = await crowd.sell({ count, note: NOTE }))
    passed += count
  }
  clearInterval(looking)
  return { most, passed, short, seconds: elapsed() / 1_000 }
}

function tell(what: string, phases: readonly Phase[]): void {
  const sum = (of: (phase: Phase) => number): number => phases.reduce((all, phase) => all + of(phase), 0)
  const middle = (of: (phase: Phase) => number): string => at(phases.map(of), 0.5).toFixed(1)
  say(
    `${what.padEnd(10)} of ${SUBSCRIBERS}: ${sum(({ received }) => received)} delivered, p50 ${middle(({ ms }) => ms[0])} ms, p99 ${middle(({ ms }) => ms[2])} ms, last ${middle(({ ms }) => ms[3])} ms; ${sum(({ short }) => short)} short; ${middle(({ each }) => each)} µs processor each`,
  )
}

function at(values: readonly number[], part: number): number {
  return quantiles(Float64Array.from(values), [part])[0] ?? NaN
}

function say(line: string): void {
  process.stdout.write(`stalls   ${line}\n`)
}
