import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROJECT } from '@hub/cli/data-folder.ts'
import { traceHeadersIn } from '@hub/gateway/trace-headers.ts'
import type { TraceSettings } from '@hub/kit/trace.ts'
import { startCollector } from '../support/collector.ts'
import { ask, openGateway } from '../support/gateway-client.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const PARENT = `00-${TRACE}-b7ad6b7169203331-01`
const NAME = '张三'
const BAGGAGE = `caller=${encodeURIComponent(NAME)};ttl=1,desk=7`

/** A subgraph that notes the headers it is asked with. */
const ANSWER = '{"data":{"a":"1"}}'
let answer = ANSWER
const heard: NodeJS.Dict<string | string[]>[] = []
const subgraph = createServer((request, response) => {
  heard.push(request.headers)
  request.resume()
  response.writeHead(200, { 'content-type': 'application/json' }).end(answer)
})
let supergraphFile: string

beforeAll(async () => {
  await new Promise<void>((done) => subgraph.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(subgraph.address() as AddressInfo).port}/graphql`
  const { supergraphSdl = '' } = composeServices([
    { name: 'a', url, typeDefs: parse('type Query { a: ID }') },
  ])
  supergraphFile = path.join(mkdtempSync(path.join(tmpdir(), 'gateway-beside-')), 'supergraph.graphql')
  writeFileSync(supergraphFile, supergraphSdl)
})

afterAll(() => void subgraph.close())

async function toldWith(headers: Record<string, string>, traces?: TraceSettings) {
  const gateway = await openGateway({ supergraphFile }, traces ? { traces } : {})
  heard.length = 0
  expect((await ask(gateway, '{ a }', { headers })).status).toBe(200)
  await gateway.stop()
  const [{ traceparent, tracestate, baggage } = {}] = heard
  return { traceparent, tracestate, baggage }
}

describe('what travels beside a trace', () => {
  it('goes on to the subgraphs, and nowhere else: not to a collector', async () => {
    const given = { traceparent: PARENT, tracestate: 'rojo=00f067, congo=t61', baggage: BAGGAGE }
    const told = { ...given, tracestate: 'rojo=00f067,congo=t61' }
    expect(await toldWith(given)).toEqual(told)
    const collector = await startCollector()
    const traced = await toldWith(given, { endpoint: collector.endpoint, service: 'door' })
    expect(traced).toMatchObject({ tracestate: told.tracestate, baggage: BAGGAGE })
    expect(traced.traceparent).toMatch(new RegExp(`^00-${TRACE}-(?!b7ad6b71)`))
    expect(collector.spans.length).toBeGreaterThan(0)
    expect(collector.bodies.join('')).not.toMatch(/caller=|%E5|congo|desk/)
    collector.stop()
  })

  it('is a state of one trace: without it, or beside one begun here, there is none', async () => {
    const state = { tracestate: 'rojo=1', baggage: 'a=1' }
    const none = { traceparent: undefined, tracestate: undefined, baggage: 'a=1' }
    expect(await toldWith(state)).toEqual(none)
    expect(await toldWith({ ...state, traceparent: 'ff-1' })).toEqual(none)
    const collector = await startCollector()
    const traces = { endpoint: collector.endpoint, service: 'door' }
    expect(await toldWith(state, traces)).toMatchObject({ tracestate: undefined, baggage: 'a=1' })
    collector.stop()
  })

  it('stands in no line of the log, whatever its level, not when a subgraph fails either', async () => {
    const args = ['gateway', '--supergraph', supergraphFile, '--auth', 'none', '--port', '0']
    const env = { ...process.env, LOG_LEVEL: 'trace' }
    const child = fork(path.join(PROJECT, 'cli/hub.ts'), args, { env, silent: true })
    let lines = ''
    child.stderr?.on('data', (chunk) => (lines += String(chunk)))
    const [{ ready: url }] = (await once(child, 'message')) as [{ ready: string }]
    const headers = { traceparent: PARENT, baggage: BAGGAGE, tracestate: 'congo=t61' }
    answer = 'no JSON'
    expect((await ask({ url, stop: () => Promise.resolve() }, '{ a }', { headers })).data).toEqual({
      a: null,
    })
    answer = ANSWER
    expect(heard.at(-1)).toMatchObject({ baggage: BAGGAGE })
    child.kill()
    await once(child, 'close')
    expect(lines).toMatch(/subgraph answered no GraphQL/)
    expect(lines).not.toMatch(/%E5|congo|desk=7/)
  })
})

const stateOf = (tracestate: string) =>
  traceHeadersIn({ traceparent: PARENT, tracestate }, PARENT)?.tracestate
const baggageOf = (baggage: string) => traceHeadersIn({ baggage }, undefined)?.baggage
const members = (count: number, value = '1') => Array.from({ length: count }, (_, at) => `k${at}=${value}`)

describe('a state of a trace', () => {
  it.each([
    ['a=1', 'a=1'],
    ['a=1, ,\tb=2,', 'a=1,b=2'],
    ['tenant@vendor=a b', 'tenant@vendor=a b'],
    ['a=1,a=2', undefined],
    ['A=1', undefined],
    ['a@1b=1', undefined],
    ['a', undefined],
    ['a=', undefined],
    ['a=1=2', undefined],
    ['a=é', undefined],
    [`a=${'v'.repeat(257)}`, undefined],
    [`${'k'.repeat(257)}=1`, undefined],
  ])('%j is handed on as %j', (given, told) => expect(stateOf(given)).toBe(told))

  it('has 32 members at most, and of what is longer than 512 characters whole members go: long ones first', () => {
    expect(stateOf(members(32).join())).toBe(members(32).join())
    expect(stateOf(members(33).join())).toBeUndefined()
    const long = `long=${'v'.repeat(200)}`
    const wide = members(20, 'v'.repeat(20))
    expect(stateOf([long, ...wide].join())).toBe(wide.join())
    expect(stateOf(members(30, 'v'.repeat(40)).join())).toBe(members(11, 'v'.repeat(40)).join())
  })
})

describe('baggage', () => {
  it.each([
    ['a=1;p;q=2 , b = %E5%BC%A0', 'a=1;p;q=2,b = %E5%BC%A0'],
    ['a=', 'a='],
    ['a=1,"b"=2,c,=d,e=f g,h=2', 'a=1,h=2'],
    ['a=张', undefined],
    ['a=1;=', undefined],
  ])('%j is handed on as %j: each member for itself', (given, told) => expect(baggageOf(given)).toBe(told))

  it('has 64 members and 8192 bytes at most', () => {
    expect(baggageOf(members(70).join())).toBe(members(64).join())
    expect(baggageOf(members(3, 'v'.repeat(4_000)).join())).toBe(members(2, 'v'.repeat(4_000)).join())
    expect(baggageOf(`a=${'v'.repeat(9_000)},b=1`)).toBe('b=1')
  })
})
