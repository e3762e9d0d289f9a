import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Metrics } from '@hub/gateway/seen/metrics.ts'
import { startCollector } from '../support/collector.ts'
import { ask, openGateway } from '../support/gateway-client.ts'
import { startLibrary, type Library } from '../support/gateway-library.ts'
import { subscribe, until } from '../support/gateway-socket.ts'

let library: Library

beforeAll(async () => {
  library = await startLibrary()
})

afterAll(() => library.stop())

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const PARENT = `00-${TRACE}-b7ad6b7169203331-01`

describe('measurements', () => {
  it('count operations, subgraphs and refusals by code, and hold no value', async () => {
    const gateway = await openGateway(library)
    await ask(gateway, 'query ($id: ID!) { book(id: $id) { title copies } }', { variables: { id: '2' } })
    await ask(gateway, '{ forbidden }')
    await ask(gateway, '{ swordfish }')
    await fetch(`${gateway.url}/nowhere`)
    const listening = subscribe(gateway, 'subscription { bookEvents { kind } }')
    await until(() => library.events.open === 1)
    const answer = await fetch(`${gateway.url}/metrics`)
    const text = await answer.text()
    expect(answer.headers.get('content-type')).toContain('version=0.0.4')
    expect(text).toMatch(
      /^hub_gateway_operations_total\{operation="[0-9a-f]{12}",kind="query",code="OK"\} 1$/m,
    )
    expect(text).toMatch(/^hub_gateway_operations_total\{.*code="BOOK_LOCKED"\} 1$/m)
    expect(text).toMatch(
      /^hub_gateway_operations_total\{operation="none",kind="none",code="DOCUMENT_INVALID"\} 1$/m,
    )
    expect(text).toMatch(/^hub_gateway_subgraph_requests_total\{subgraph="books",code="OK"\} 1$/m)
    expect(text).toMatch(/^hub_gateway_subgraph_seconds_bucket\{subgraph="stock",le="\+Inf"\} 1$/m)
    expect(text).toMatch(/^hub_gateway_refusals_total\{code="PATH_UNKNOWN"\} 1$/m)
    expect(text).toMatch(/^hub_gateway_subscriptions_open 1$/m)
    expect(text).toMatch(/^hub_gateway_sockets_open 1$/m)
    expect(text).not.toMatch(/swordfish|Fortress/)
    listening.leave()
    await until(() => library.events.open === 0)
    expect(await (await fetch(`${gateway.url}/metrics`)).text()).toMatch(
      /^hub_gateway_subscriptions_open 0$/m,
    )
    await gateway.stop()
  })

  it('name published operations, and are for this machine alone unless they have a port of their own', async () => {
    const from = path.join(import.meta.dirname, '../../schema/operations')
    const gateway = await openGateway(library, { metrics: { host: '127.0.0.1', port: 45_871 } })
    expect((await fetch(`${gateway.url}/metrics`)).status).toBe(404)
    expect((await fetch('http://127.0.0.1:45871/metrics')).status).toBe(200)
    await gateway.stop()
    const documents = { mode: 'allow', from, onlyFor: [], register: false } as const
    const behind = await openGateway(library, { documents })
    const headers = { 'x-forwarded-for': '203.0.113.9' }
    expect((await fetch(`${behind.url}/metrics`, { headers })).status).toBe(404)
    await behind.stop()
  })

  it('tell operations of strangers apart up to a number, and count the others by kind and code still', async () => {
    const gateway = await openGateway(library)
    const strange = Array.from({ length: 520 }, (_, at) => `{ a${at}: __typename }`)
    for (let at = 0; at < strange.length; at += 20)
      await Promise.all(strange.slice(at, at + 20).map((query) => ask(gateway, query)))
    await ask(gateway, '{ forbidden }')
    const text = await (await fetch(`${gateway.url}/metrics`)).text()
    expect(text).toContain('hub_gateway_operations_total{operation="other",kind="query",code="OK"} 20')
    expect(text).toContain(
      'hub_gateway_operations_total{operation="other",kind="query",code="BOOK_LOCKED"} 1',
    )
    await gateway.stop()
  })

  it('are written as Prometheus reads them, and never grow without bound', () => {
    const metrics = new Metrics()
    const counter = metrics.counter('a_total', 'A.')
    const seconds = metrics.histogram('b_seconds', 'B.')
    counter({ name: 'x"\n\\' })()
    for (let at = 0; at < 5_000; at++) counter({ name: `n${at}` })()
    seconds({})(0.02)
    seconds({})(60)
    const lines = metrics.text().split('\n')
    expect(lines.slice(0, 3)).toEqual([
      '# HELP a_total A.',
      '# TYPE a_total counter',
      'a_total{name="x\\"\\n\\\\"} 1',
    ])
    expect(lines).toContain('a_total{name="other"} 3001')
    expect(lines).toContain('b_seconds_bucket{le="0.01"} 0')
    expect(lines).toContain('b_seconds_bucket{le="0.025"} 1')
    expect(lines).toContain('b_seconds_bucket{le="+Inf"} 2')
    expect(lines).toContain('b_seconds_count 2')
  })
})

describe('measurements of subscriptions', () => {
  it('count by field those that go on, how they ended, events, upstreams, breaks and gaps', async () => {
    const gateway = await openGateway(library)
    const counts = async () => {
      const text = await (await fetch(`${gateway.url}/metrics`)).text()
      expect(text).not.toMatch(/alias|Mansions|"c1"/)
      const lines = text.matchAll(/^hub_gateway_(.*?)\{field="(\w+)"(?:,code="(\w+)")?\} (\d+)$/gm)
      return Object.fromEntries(
        [...lines].map(([, name, field, code, count]) => [
          [name, field, code].filter(Boolean).join(' '),
          Number(count),
        ]),
      )
    }
    const listen = () => subscribe(gateway, 'subscription { alias: bookEvents { kind } }')
    const [one, other] = [listen(), listen()]
    const gossip = subscribe(gateway, 'subscription { gossip { text } }')
    const refused = subscribe(gateway, 'subscription { refused { kind } }')
    await until(() => library.events.open === 2 && refused.errors.length === 1)
    library.events.add('1')
    for (const each of [one, other, gossip]) await each.take(1)
    expect(await counts()).toEqual({
      'subscriptions_live bookEvents': 2,
      'subscriptions_live gossip': 1,
      'subscriptions_live refused': 0,
      'subscriptions_begun_total bookEvents': 2,
      'subscriptions_begun_total gossip': 1,
      'subscriptions_begun_total refused': 1,
      'subscriptions_ended_total refused BOOK_LOCKED': 1,
      'events_total bookEvents': 2,
      'events_total gossip': 1,
      'events_total refused': 0,
      'upstreams_open bookEvents': 1,
      'upstreams_open gossip': 1,
      'upstreams_open refused': 0,
      'resubscriptions_total bookEvents': 0,
      'resubscriptions_total gossip': 0,
      'resubscriptions_total refused': 0,
      'gaps_total bookEvents': 0,
      'gaps_total gossip': 0,
      'gaps_total refused': 0,
    })
    await library.stopRoom('books')
    await library.startRoom('books')
    await until(() => library.events.open === 2)
    library.events.add('1')
    for (const each of [one, other, gossip]) await each.take(2)
    const ticks = subscribe(gateway, 'subscription { ticks(count: 2) }')
    await ticks.take(2)
    for (const each of [one, other, gossip]) each.leave()
    await until(() => library.events.open === 0)
    const { 'resubscriptions_total bookEvents': again = 0, ...rest } = await counts()
    expect(again).toBeGreaterThan(0)
    expect(rest).toMatchObject({
      'gaps_total bookEvents': 0,
      'gaps_total gossip': 1,
      'events_total bookEvents': 4,
      'events_total ticks': 2,
      'subscriptions_live bookEvents': 0,
      'upstreams_open bookEvents': 0,
      'upstreams_open gossip': 0,
      'subscriptions_ended_total bookEvents CLIENT_LEFT': 2,
      'subscriptions_ended_total gossip CLIENT_LEFT': 1,
      'subscriptions_ended_total ticks OK': 1,
    })
    await gateway.stop()
  })
})

describe('a trace', () => {
  it('goes from the client through the gateway to the subgraphs, and to a collector when one is named', async () => {
    const collector = await startCollector()
    const traces = { endpoint: collector.endpoint, service: 'door' }
    const gateway = await openGateway(library, { traces })
    const variables = { id: '2' }
    const query = 'query ($id: ID!) { book(id: $id) { title copies } }'
    await ask(gateway, query, { variables, headers: { traceparent: PARENT } })
    await gateway.stop()
    const whole = collector.spans.find(({ name }) => name === 'graphql')
    expect(whole).toMatchObject({ traceId: TRACE, parentSpanId: 'b7ad6b7169203331' })
    const parts = collector.spans.filter(({ name }) => name.startsWith('subgraph'))
    expect(parts.map(({ name }) => name)).toEqual(['subgraph books', 'subgraph stock'])
    for (const part of parts) expect(part).toMatchObject({ traceId: TRACE, parentSpanId: whole?.spanId })
    expect(collector.bodies.join('')).not.toMatch(/Fortress|variables|book\(/)
    collector.stop()
  })

  it('costs nothing and fails nothing when the collector is away', async () => {
    const traces = { endpoint: 'http://127.0.0.1:9', service: 'door' }
    const gateway = await openGateway(library, { traces })
    expect((await ask(gateway, '{ shelves }')).status).toBe(200)
    await gateway.stop()
  })
})

describe('a request id', () => {
  it('stands in every answer: a refusal too', async () => {
    const gateway = await openGateway(library)
    const headers = { 'x-request-id': 'r-7' }
    const answers = await Promise.all([
      ask(gateway, '{ shelves }', { headers }),
      ask(gateway, '{ shelvs }', { headers }),
      fetch(`${gateway.url}/nowhere`, { headers }),
      fetch(`${gateway.url}/graphql`, { method: 'POST', body: 'x', headers }),
    ])
    expect(answers.map((answer) => answer.headers.get('x-request-id'))).toEqual(['r-7', 'r-7', 'r-7', 'r-7'])
    const without = await fetch(`${gateway.url}/nowhere`, { headers: { 'x-request-id': 'a b\tc' } })
    expect(without.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/)
    await gateway.stop()
  })
})
