import { randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { loadSampleDepartments } from '@hub/departments/commands/load-sample.ts'
import { startServer } from '@hub/departments/server.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { nameOfStatement } from '@hub/kit/trace-statement.ts'
import { startCollector, type OtlpSpan } from '../support/collector.ts'
import { openTestDatabase } from '../support/database.ts'
import { ask, openGateway, openIssuer, tokensOf } from '../support/gateway-client.ts'
import { startLibrary } from '../support/gateway-library.ts'
import { subscribe, until } from '../support/gateway-socket.ts'
import { read } from '../house/tree.ts'

// Its log would stand between the lines of the test run.
process.env['LOG_LEVEL'] ??= 'silent'

const { url } = await openTestDatabase('departments')

/** The departments subgraph on its database, behind a gateway, both with this collector. */
async function startHouse(endpoint: string | undefined) {
  const database = openDatabase({ url, room: 'departments', max: 1 })
  await loadSampleDepartments(database, () => new Date('2026-11-23T09:00:00+08:00'))
  await database.close()
  const callerKey = randomBytes(32).toString('base64url')
  const room = await startServer({
    DATABASE_URL: url,
    DEPARTMENTS_PORT: '0',
    HUB_CALLER_KEY: callerKey,
    ...(endpoint && { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }),
  })
  const typeDefs = parse(read('schema/departments.graphql'))
  const { supergraphSdl = '' } = composeServices([
    { name: 'departments', url: `${room.url}/graphql`, typeDefs },
  ])
  const supergraphFile = path.join(mkdtempSync(path.join(tmpdir(), 'gateway-traces-')), 'supergraph.graphql')
  writeFileSync(supergraphFile, supergraphSdl)
  const issuer = await openIssuer()
  const gateway = await openGateway(
    { supergraphFile },
    { ...tokensOf(issuer), callerKey, traces: endpoint ? { endpoint, service: 'door' } : undefined },
  )
  const headers = { authorization: `Bearer ${await issuer.token({ role: 'OFFICE' })}` }
  const stop = async (): Promise<void> => {
    await gateway.stop()
    await room.stop()
  }
  return {
    ask: (query: string, variables: object) => ask(gateway, query, { variables: { ...variables }, headers }),
    stop,
  }
}

const QUERY = 'query ($code: ID!) { department(code: $code) { name parent { name } } }'

describe('one trace', () => {
  it('reaches from the gateway through the resolver of a subgraph to each statement, and holds no value', async () => {
    const collector = await startCollector()
    const house = await startHouse(collector.endpoint)
    const { data } = await house.ask(QUERY, { code: 'JN-SWJ' })
    expect(data).toMatchObject({ department: { name: '济南市城乡水务局' } })
    await house.stop()
    const { spans } = collector
    const door = spans.find(({ service, name }) => service === 'door' && name === 'graphql')
    const below = (above: string | undefined, name: RegExp) =>
      spans.filter((span) => span.parentSpanId === above && name.test(span.name))
    const [fetch] = below(door?.spanId, /^subgraph departments$/)
    const [room] = below(fetch?.spanId, /^graphql$/)
    expect(room?.service).toBe('hub12345-departments')
    const [resolver] = below(room?.spanId, /^Query\.department$/)
    const statements = [...below(resolver?.spanId, /./), ...below(room?.spanId, /^select /)]
    expect(statements.map(({ name }) => name)).toContain('select department')
    expect(new Set(statements.map(({ traceId }) => traceId))).toEqual(new Set([door?.traceId]))
    expect(collector.bodies.join('')).not.toMatch(/JN-SWJ|水务|\$1|variables/)
    collector.stop()
  })

  it('is not begun where no collector is named', async () => {
    const collector = await startCollector()
    const house = await startHouse(undefined)
    expect((await house.ask(QUERY, { code: 'JN-SWJ' })).status).toBe(200)
    await house.stop()
    expect(collector.spans).toEqual([])
    collector.stop()
  })
})

describe('a subscription', () => {
  const query = 'subscription Shelf { seen: bookEvents { kind book { title copies author { name } } } }'
  const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'

  it('has a span, and each of its events one that points there, with what other subgraphs were asked below', async () => {
    const { collector, gateway, library, stop } = await startShelf()
    const subscriber = subscribe(gateway, query)
    await until(() => library.events.open === 1)
    library.events.add('1')
    await subscriber.take(1)
    // Nobody knows who wrote the third.
    library.events.add('3')
    await subscriber.take(2)
    await stop()
    const [begun] = named(collector.spans, 'subscribe')
    const events = named(collector.spans, 'subscription event')
    expect(events.map(({ links }) => links)).toEqual(
      [1, 2].map(() => [{ traceId: begun?.traceId, spanId: begun?.spanId }]),
    )
    expect(new Set([begun, ...events].map((span) => span?.traceId)).size).toBe(3)
    expect(events.map(attributesOf)).toMatchObject([
      { 'hub.field': 'bookEvents', 'hub.subgraph': 'books', 'hub.code': 'OK' },
      { 'hub.field': 'bookEvents', 'hub.subgraph': 'books', 'hub.code': 'VALUE_MISSING' },
    ])
    expect(attributesOf(events[0])['hub.operation']).toBe(attributesOf(begun)['hub.operation'])
    expect(events.map(({ status }) => status.code)).toEqual([1, 2])
    const hops = collector.spans.filter(({ parentSpanId }) => parentSpanId === events[0]?.spanId)
    expect(hops.map(({ name }) => name).toSorted()).toEqual(['subgraph people', 'subgraph stock'])
    expect(collector.bodies.join('')).not.toMatch(/Mansions|Teahouse|cao|CHANGED|"c1"|u1/i)
  })

  it.each([
    ['recorded', '01', 1],
    ['not', '00', 0],
  ])('is %s where the client’s own trace says so', async (_how, flags, count) => {
    const { collector, gateway, library, stop } = await startShelf()
    const leaving = new AbortController()
    const stream = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        traceparent: `00-${TRACE}-00f067aa0ba902b7-${flags}`,
      },
      body: JSON.stringify({ query }),
      signal: leaving.signal,
    })
    await until(() => library.events.open === 1)
    library.events.add('1')
    await stream.body?.getReader().read()
    await until(() => library.asked.length > 0)
    leaving.abort()
    await until(() => library.events.open === 0)
    await stop()
    const begun = named(collector.spans, 'subscribe')
    expect(begun.map(({ traceId }) => traceId)).toEqual(Array.from({ length: count }, () => TRACE))
    expect(collector.spans.length > 0).toBe(count > 0)
  })

  async function startShelf() {
    const collector = await startCollector()
    const library = await startLibrary()
    const traces = { endpoint: collector.endpoint, service: 'door' }
    const gateway = await openGateway(library, { traces })
    const stop = async (): Promise<void> => {
      await gateway.stop()
      await library.stop()
      collector.stop()
    }
    return { collector, library, gateway, stop }
  }
})

function named(spans: readonly OtlpSpan[], name: string): OtlpSpan[] {
  return spans.filter((span) => span.name === name)
}

function attributesOf(span: OtlpSpan | undefined): Record<string, string | undefined> {
  return Object.fromEntries((span?.attributes ?? []).map(({ key, value }) => [key, value.stringValue]))
}

describe('a statement', () => {
  it.each([
    ['select "a", \'secret\' from "cases"."case" where "b" = $1', 'select cases.case'],
    ['/* once */ with x as (select 1 from y) select 2', 'with y'],
    ['insert into "cases"."log" values ($1)', 'insert cases.log'],
    ['update knowledge.article set a = $1', 'update knowledge.article'],
    ["select set_config('a', 'secret', true)", 'select'],
    ['', 'statement'],
  ])('%s is called %s', (text, name) => {
    expect(nameOfStatement(text)).toBe(name)
  })
})
