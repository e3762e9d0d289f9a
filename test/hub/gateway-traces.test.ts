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
import { startCollector } from '../support/collector.ts'
import { openTestDatabase } from '../support/database.ts'
import { ask, openGateway, openIssuer, tokensOf } from '../support/gateway-client.ts'
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
