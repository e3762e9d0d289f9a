import { setTimeout as pause } from 'node:timers/promises'
import { startChild } from './subscriptions-child.ts'
import type { Gathered } from './subscriptions-clients.ts'
import { heapOf, memoryOf, startOurs, tidied } from './subscriptions-gateway.ts'

const QUERY = 'subscription { sales { at note } }'

/** So many sockets on one gateway: what each costs, and how long one event takes to the last of them. */
export async function measureSockets(count: number): Promise<void> {
  const graph = startChild('subscriptions-graph.ts')
  const gateway = await startOurs(await graph.ask('supergraph'))
  const clients = startChild('subscriptions-clients.ts')
  const port = Number(new URL(gateway.url).port)
  await clients.ask('open', { port, count: 20, query: QUERY })
  const before = await tidied(gateway.pid)
  const heapBefore = await heapOf(gateway.url)
  await clients.ask('open', { port, count, query: QUERY })
  const asItStands = memoryOf(gateway.pid)
  const after = await tidied(gateway.pid)
  const heap = (await heapOf(gateway.url)) - heapBefore
  const each = (bytes: number): string => `${(bytes / count / 1024).toFixed(1)} KB`
  process.stdout.write(
    `sockets  ${count} on one gateway: ${each(after - before)} resident each after a collection (${each(asItStands - before)} before), ${each(heap)} of it heap; ${(after / 1_048_576).toFixed(0)} MB in all; upstream ${await graph.ask<number>('open')}\n`,
  )
  for (let round = 1; round <= 5; round++) {
    await clients.ask('reset')
    await graph.ask('sell', { note: 'one to each' })
    const { received, short, closed, ms } = await clients.ask<Gathered>('gather', {
      events: 1,
      withinMs: 10_000,
    })
    const [p50, , p99, longest] = ms.map((each) => each.toFixed(0))
    process.stdout.write(
      `sockets  one event to ${received}: p50 ${p50} ms, p99 ${p99} ms, last ${longest} ms; ${short} missing, ${closed} closed\n`,
    )
    await pause(500)
  }
  for (const child of [graph, clients, gateway]) child.stop()
}
