import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Running } from '@hub/kit/run.ts'
import { Breaker } from '@hub/gateway/subgraphs/breaker.ts'
import { defaultLimits } from '@hub/gateway/operation/limit-settings.ts'
import type { GatewaySettings } from '@hub/gateway/settings.ts'
import { ask, openGateway } from '../support/gateway-client.ts'
import { startHeld, type Held, type HeldSubgraphs } from '../support/gateway-held.ts'
import { subscribe, until, untilMeasured } from '../support/gateway-socket.ts'

// Long enough that nothing in here ends because its time is up.
const PATIENT = { answerWithinMs: 60_000, mutateWithinMs: 60_000 }
const LATE = '{ late }'
const PARTS = '{ room { name ... @defer { dust } } }'

let rooms: HeldSubgraphs
let gateway: Running
let before: number

beforeAll(async () => void (rooms = await startHeld()))
afterAll(() => rooms.stop())
beforeEach(() => void (before = rooms.held.length))
afterEach(() => gateway.stop())

async function open(changes: Partial<GatewaySettings> = {}): Promise<void> {
  gateway = await openGateway(rooms, { ...PATIENT, ...changes })
}

/** Sends an operation over HTTP on a connection that can be closed; gives the request that the subgraph has got for it. */
async function begin(query: string, headers: Record<string, string> = {}) {
  const leaving = new AbortController()
  const response = fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
    signal: leaving.signal,
  })
  const text = response.then((answer) => answer.text()).catch(() => 'left')
  return { leave: () => leaving.abort(), text, response: response.catch(() => null) }
}

async function nextHeld(): Promise<Held> {
  await rooms.arrived(before + 1)
  return rooms.held[before] as Held
}

/** Waits until the gateway has given up what was begun before this and is wanted by nobody. */
async function givenUp(): Promise<void> {
  const { length } = rooms.held
  const { leave } = await begin('{ beside: late }')
  await rooms.arrived(length + 1)
  leave()
  await until(() => rooms.held[length]?.isCut === true)
}

/** What the gateway has counted under these words. */
async function counted(words: RegExp): Promise<string[]> {
  const page = await (await fetch(`${gateway.url}/metrics`)).text()
  return page.split('\n').filter((line) => words.test(line) && !line.startsWith('#'))
}

describe('a query whose client leaves', () => {
  it.each([
    ['with an answer', LATE, {}],
    ['with server-sent events', LATE, { accept: 'text/event-stream' }],
    ['with parts still to come', PARTS, { accept: 'multipart/mixed' }],
  ])('over HTTP, %s, lets the subgraph go and its place is free', async (_how, query, headers) => {
    await open({ limits: { ...defaultLimits, underWay: 1 } })
    const { leave, response } = await begin(query, headers)
    const asked = await nextHeld()
    if (query === PARTS) await response
    leave()
    await until(() => asked.isCut)
    await untilMeasured(gateway, 'hub_gateway_operations_under_way', 0)
    expect(await ask(gateway, '{ room { name } }')).toMatchObject({ data: { room: { name: 'hall' } } })
  })

  it.each([['by leaving'], ['by saying complete']])('over WebSocket, %s', async (how) => {
    await open()
    const whole = subscribe(gateway, LATE)
    const asked = await nextHeld()
    whole.leave(how === 'by saying complete')
    await until(() => asked.isCut)
    await untilMeasured(gateway, 'hub_gateway_operations_under_way', 0)
    expect(whole).toMatchObject({ results: [], errors: [] })
  })

  it('on the short way too, and is counted as nobody’s failure', async () => {
    await open()
    const first = begin(LATE)
    ;(await nextHeld()).answer({ late: 'first' })
    expect(await (await first).text).toContain('first')
    before += 1
    const { leave } = await begin(LATE)
    const asked = await nextHeld()
    leave()
    await until(() => asked.isCut)
    await untilMeasured(gateway, 'hub_gateway_operations_under_way', 0)
    expect(await counted(/UNAVAILABLE/)).toEqual([])
    expect(await counted(/subgraph_requests_total.*CLIENT_LEFT/)).toHaveLength(1)
    expect(await counted(/operations_total.*CLIENT_LEFT/)).toHaveLength(1)
    expect(await counted(/subgraph_seconds_count.*hall/)).toEqual([expect.stringMatching(/ 1$/)])
  })

  it.each([
    ['a fetch', { deduplicateFetches: true }],
    ['a whole query', { deduplicateFetches: false, deduplicateOperations: true }],
  ])('leaves %s to the others who share it, and the last takes it along', async (_what, sharing) => {
    await open(sharing)
    const known = begin(LATE)
    ;(await nextHeld()).answer({ late: 'known' })
    await (
      await known
    ).text
    before += 1
    const first = await begin(LATE)
    const asked = await nextHeld()
    const second = await begin(LATE)
    await untilMeasured(gateway, 'hub_gateway_operations_under_way', 2)
    first.leave()
    // It is gone, and the other is still there.
    await untilMeasured(gateway, 'hub_gateway_operations_under_way', 1)
    expect(rooms.held).toHaveLength(before + 1)
    await givenUp()
    expect(asked.isCut).toBe(false)
    asked.answer({ late: 'shared' })
    expect(await second.text).toContain('shared')

    before = rooms.held.length
    const both = [await begin(LATE), await begin(LATE)]
    const last = await nextHeld()
    await untilMeasured(gateway, 'hub_gateway_operations_under_way', 2)
    for (const { leave } of both) leave()
    await until(() => last.isCut)
    // Who comes now begins anew.
    before += 1
    const anew = await begin(LATE)
    ;(await nextHeld()).answer({ late: 'anew' })
    expect(await anew.text).toContain('anew')
  })
})

describe('a mutation whose client leaves', () => {
  it.each([
    ['HTTP', {}],
    ['SSE', { accept: 'text/event-stream' }],
  ])('goes on over %s', async (_over, headers) => {
    await open()
    const { leave, text } = await begin('mutation { build }', headers)
    const asked = await nextHeld()
    leave()
    expect(await text).toBe('left')
    await givenUp()
    expect(asked.isCut).toBe(false)
    asked.answer({ build: 'built' })
    await untilMeasured(gateway, 'hub_gateway_operations_under_way', 0)
    expect(await counted(/subgraph_requests_total.*OK/)).toEqual([expect.stringMatching(/hall.* 1$/)])
  })

  it('goes on over WebSocket', async () => {
    await open()
    const mutation = subscribe(gateway, 'mutation { build }')
    const asked = await nextHeld()
    mutation.leave()
    await givenUp()
    expect(asked.isCut).toBe(false)
    asked.answer({ build: 'built' })
    await untilMeasured(gateway, 'hub_gateway_operations_under_way', 0)
    expect(await counted(/subgraph_requests_total.*OK/)).toEqual([expect.stringMatching(/hall.* 1$/)])
  })
})

describe('who leaves', () => {
  it('does not make a subgraph be taken for one that hangs', async () => {
    await open()
    const impatient = await Promise.all(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => begin(`{ ${name}: late }`)),
    )
    await rooms.arrived(before + impatient.length)
    for (const { leave } of impatient) leave()
    await untilMeasured(gateway, 'hub_gateway_operations_under_way', 0)
    // Of a subgraph that is down one would ask, and the other be refused.
    const patient = [await begin('{ g: late }'), await begin('{ h: late }')]
    await rooms.arrived(before + impatient.length + patient.length)
    for (const one of rooms.held.slice(-patient.length)) one.answer({ g: 'here', h: 'here' })
    for (const { text } of patient) expect(await text).toContain('here')
  })

  it('while a subgraph is tried lets the next try', async () => {
    const breaker = new Breaker(5)
    for (let one = 0; one < 10; one++) breaker.wasLeft()
    expect(await breaker.approach()).toBe('patiently')
    breaker.wasCutOff()
    expect(await breaker.approach()).toBe('once')
    const next = breaker.approach()
    const third = breaker.approach()
    breaker.wasLeft()
    expect(await next).toBe('once')
    breaker.succeeded()
    expect(await third).toBe('patiently')
  })
})
