import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { startChild } from './subscriptions-child.ts'
import type { Gathered } from './subscriptions-clients.ts'
import { startOurs } from './subscriptions-gateway.ts'

const QUERY = 'subscription { sales { cursor at book { title } } }'
const SUBSCRIBERS = 500
const BETWEEN_MS = 600

/** The supergraph is loaded again and again under 500 subscriptions, with events all the while. */
export async function measureReloads(count: number): Promise<void> {
  const graph = startChild('subscriptions-graph.ts')
  const file = await graph.ask<string>('supergraph')
  const gateway = await startOurs(file)
  const clients = startChild('subscriptions-clients.ts')
  const port = Number(new URL(gateway.url).port)
  await clients.ask('open', { port, count: SUBSCRIBERS, query: QUERY })
  const supergraph = readFileSync(file, 'utf8')
  const perSecond = 50
  const events = Math.ceil((count * BETWEEN_MS * perSecond) / 1_000)
  const selling = graph.ask('sell', { count: events, perSecond })
  let loaded = 0
  for (let round = 1; round <= count; round++) {
    const field = `added${round}`
    writeFileSync(file, supergraph.replace('shops: Int', `shops: Int\n  ${field}: Int`))
    for (const until = Date.now() + BETWEEN_MS; Date.now() < until; await pause(50))
      if (await knows(gateway.url, field)) break
    if (await knows(gateway.url, field)) loaded += 1
  }
  await selling
  const { received, short, closed, ms } = await clients.ask<Gathered>('gather', { events, withinMs: 10_000 })
  process.stdout.write(
    `reloads  ${loaded} of ${count} loaded under ${SUBSCRIBERS} subscriptions: ${received} delivered, ${short} short, ${closed} closed; p99 ${ms[2].toFixed(0)} ms, last ${ms[3].toFixed(0)} ms\n`,
  )
  for (const child of [graph, clients, gateway]) child.stop()
}

/** Whether the gateway serves a supergraph with this field. */
async function knows(url: string, field: string): Promise<boolean> {
  const body = JSON.stringify({ query: `{ ${field} }` })
  const headers = { 'content-type': 'application/json' }
  return (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).status !== 400
}
