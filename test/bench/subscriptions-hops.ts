import { setTimeout as pause } from 'node:timers/promises'
import { contestants, type Contestant } from './gateway-peers.ts'
import { OURS, spentBy } from './subscriptions-gateway.ts'
import { startChild, type Child } from './subscriptions-child.ts'
import type { Gathered } from './subscriptions-clients.ts'

const QUERY =
  'subscription ($counter: Int) { sales(counter: $counter) { at book { title author { name } } } }'
const SUBSCRIBERS = 100
const PER_SECOND = 400

/** 100 subscribers whose events lead through two other subgraphs: each with events of its own, then all with the same. */
export async function measureHops(seconds: number): Promise<void> {
  const graph = startChild('subscriptions-graph.ts')
  // Stock Apollo Gateway has no subscriptions.
  const isWanted = (label: string): boolean => [OURS, 'Hive', 'Hive Rust'].includes(label)
  for (const start of contestants(await graph.ask('supergraph'), isWanted)) {
    const gateway = await start()
    await measure(gateway, graph, seconds, SUBSCRIBERS)
    await measure(gateway, graph, seconds, 1)
    gateway.stop()
  }
  graph.stop()
}

async function measure(gateway: Contestant, graph: Child, seconds: number, among: number): Promise<void> {
  const clients = startChild('subscriptions-clients.ts')
  const port = Number(new URL(gateway.url).port)
  await clients.ask('open', { port, count: SUBSCRIBERS, query: QUERY, among })
  await pause(1_000)
  await graph.ask('sell', { count: PER_SECOND, perSecond: PER_SECOND, among })
  await pause(500)
  await clients.ask('reset')
  const spent = spentBy(gateway.pid)
  const count = seconds * PER_SECOND
  await graph.ask('sell', { count, perSecond: PER_SECOND, among })
  const events = count / among
  const { received, short, ms } = await clients.ask<Gathered>('gather', { events, withinMs: 5_000 })
  const [p50, p95, p99] = ms.map((one) => one.toFixed(1))
  const each = ((spentBy(gateway.pid) - spent) / received).toFixed(0)
  const how = among === 1 ? 'all get all' : 'each its own'
  process.stdout.write(
    `hops     ${gateway.label.padEnd(14)} ${how}: ${received} delivered, p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms; ${short} short; ${each} µs processor each\n`,
  )
  clients.stop()
  await pause(1_000)
}
