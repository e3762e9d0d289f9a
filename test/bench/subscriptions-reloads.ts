import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { startChild } from './subscriptions-child.ts'
import type { Gathered } from './subscriptions-clients.ts'
import { startOurs } from './subscriptions-gateway.ts'

const QUERY = 'subscription { sales { cursor at book { title } } }'
const RELOADS = 50
const PER_SECOND = 4
/** A reload is given up on after so long; all together have to fit into the time of a part. */
const RELOAD_WITHIN_MS = 4_000
const ALL_WITHIN_MS = 180_000

/** The supergraph is loaded again and again under many subscriptions, with events all the while. */
export async function measureReloads(count: number): Promise<void> {
  const graph = startChild('subscriptions-graph.ts')
  const file = await graph.ask<string>('supergraph')
  const gateway = await startOurs(file)
  const clients = startChild('subscriptions-clients.ts')
  const port = Number(new URL(gateway.url).port)
  await clients.ask('open', { port, count, query: QUERY })
  const supergraph = readFileSync(file, 'utf8')
  const startedAt = Date.now()
  let [loaded, events, slowest] = [0, 0, 0]
  for (let round = 1; round <= RELOADS && Date.now() - startedAt < ALL_WITHIN_MS; round++) {
    // Events before, during and after each of them.
    const selling = graph.ask('sell', { count: PER_SECOND, perSecond: PER_SECOND })
    events += PER_SECOND
    const field = `added${round}`
    const writtenAt = Date.now()
    writeFileSync(file, supergraph.replace('shops: Int', `shops: Int\n  ${field}: Int`))
    let isKnown = false
    while (!isKnown && Date.now() - writtenAt < RELOAD_WITHIN_MS) {
      isKnown = await knows(gateway.url, field)
      if (!isKnown) await pause(50)
    }
    loaded += Number(isKnown)
    slowest = Math.max(slowest, Date.now() - writtenAt)
    await selling
  }
  const { received, short, closed, ms } = await clients.ask<Gathered>('gather', { events, withinMs: 20_000 })
  process.stdout.write(
    `reloads  ${loaded} of ${RELOADS} loaded under ${count} subscriptions, the slowest in ${slowest} ms: ${received} delivered of ${events * count}, ${short} short, ${closed} closed; p50 ${ms[0].toFixed(0)} ms, p99 ${ms[2].toFixed(0)} ms, last ${ms[3].toFixed(0)} ms; upstream ${await graph.ask<number>('open')}\n`,
  )
  for (const child of [graph, clients, gateway]) child.stop()
}

/** Whether the gateway serves a supergraph with this field. */
async function knows(url: string, field: string): Promise<boolean> {
  const body = JSON.stringify({ query: `{ ${field} @skip(if: true) }` })
  const headers = { 'content-type': 'application/json' }
  return (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).status !== 400
}
