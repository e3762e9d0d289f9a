import { setTimeout as pause } from 'node:timers/promises'
import { startChild } from './subscriptions-child.ts'
import type { Gathered } from './subscriptions-clients.ts'
import { memoryOf, spentBy, startOurs, tidied } from './subscriptions-gateway.ts'

const QUERY = 'subscription { sales { cursor at note } }'
const SUBSCRIBERS = 500
const STALLED = 50
const PER_SECOND = 400
const NOTE = 'x'.repeat(200)

/** 50 of 500 subscribers stop reading while many events pass: what the gateway keeps for them, and what the others feel. */
export async function measureStalls(events: number): Promise<void> {
  const graph = startChild('subscriptions-graph.ts')
  const gateway = await startOurs(await graph.ask('supergraph'))
  const clients = startChild('subscriptions-clients.ts')
  const port = Number(new URL(gateway.url).port)
  await clients.ask('open', { port, count: SUBSCRIBERS, query: QUERY })
  const run = async (count: number) => {
    await clients.ask('reset', { sample: 8 })
    let most = 0
    const looking = setInterval(() => (most = Math.max(most, memoryOf(gateway.pid))), 100)
    const spent = spentBy(gateway.pid)
    await graph.ask('sell', { count, perSecond: PER_SECOND, note: NOTE })
    const gathered = await clients.ask<Gathered>('gather', { events: count, withinMs: 20_000 })
    clearInterval(looking)
    return { ...gathered, most, each: (spentBy(gateway.pid) - spent) / gathered.received }
  }
  await run(4_000)
  const all = await run(4_000)
  const before = await tidied(gateway.pid)
  await clients.ask('stall', { count: STALLED })
  const others = await run(events)
  const after = await tidied(gateway.pid)
  const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(0)
  for (const [what, { received, short, ms, each }] of [
    ['all read', all],
    [`${STALLED} stopped`, others],
  ] as const)
    process.stdout.write(
      `stalls   ${what.padEnd(10)} of ${SUBSCRIBERS}: ${received} delivered, p50 ${ms[0].toFixed(1)} ms, p99 ${ms[2].toFixed(1)} ms, last ${ms[3].toFixed(0)} ms; ${short} short; ${each.toFixed(0)} µs processor each\n`,
    )
  process.stdout.write(
    `stalls   p99 of the others ${(others.ms[2] / all.ms[2]).toFixed(2)} x; gateway ${megabytes(before)} MB, ${megabytes(others.most - all.most)} MB more at most, ${megabytes(after - before)} MB more after\n`,
  )
  await clients.ask('resume')
  await pause(200)
  const { short, closed } = await clients.ask<Gathered>('gather', { events, withinMs: 60_000 })
  process.stdout.write(`stalls   when they read again: ${short} have lost anything, ${closed} closed\n`)
  for (const child of [graph, clients, gateway]) child.stop()
}
