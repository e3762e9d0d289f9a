import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLog } from '@hub/kit/log.ts'
import { openTracer } from '@hub/kit/trace.ts'
import { noDocuments, openDocuments } from '@hub/gateway/operation/documents.ts'
import { openObservation } from '@hub/gateway/seen/observation.ts'
import type { Limit } from '@hub/gateway/subgraphs/audience.ts'
import { openSubgraphClient, type SubgraphAnswer } from '@hub/gateway/subgraphs/client.ts'
import { Flights } from '@hub/gateway/subgraphs/flights.ts'
import { InFlight } from '@hub/gateway/subgraphs/in-flight.ts'
import { SubgraphPools } from '@hub/gateway/subgraphs/pool.ts'
import { ROOM, startFollowed, type Followed } from '../support/gateway-followed.ts'
import { CALLER_KEY } from '../support/gateway-library.ts'
import { until, untilMeasured } from '../support/gateway-socket.ts'

let wire: Followed['wire']
let gateway: Followed['gateway']
let follow: Followed['follow']
let stop: Followed['stop']

beforeEach(async () => void ({ wire, gateway, follow, stop } = await startFollowed()))
afterEach(() => stop())

describe('what an event asks of other subgraphs', () => {
  it('is given up when the last subscriber leaves, and is nobody’s failure', async () => {
    const [first, second] = [
      follow('subscription { stirred { dust } }'),
      follow('subscription { stirred { dust } }'),
    ]
    const upstream = await wire.opened(1)
    await until(() => first.heard && second.heard)
    upstream.next({ stirred: ROOM })
    await until(() => wire.asked.length === 1)
    first.leave()
    await untilMeasured(gateway, 'hub_gateway_subscriptions_open', 1)
    expect(wire.asked[0]?.isCut).toBe(false)
    second.leave()
    await until(() => wire.asked[0]?.isCut === true)
    expect(await (await fetch(`${gateway.url}/metrics`)).text()).toMatch(
      /subgraph_requests_total\{subgraph="attic",code="CLIENT_LEFT"\} 1\n/,
    )
  })
})

describe('subscriptions that ask for the same', () => {
  it('have one upstream, however they are laid out, called and ordered', async () => {
    const fragments = ['fragment A on Moved { room { id } }', 'fragment B on Moved { room { name } }']
    const texts = [
      `subscription ($in: Window, $tags: [String!], $limit: Int = 3) { moved(in: $in, tags: $tags, limit: $limit) { ...A ...B } } ${fragments.join(' ')}`,
      `${fragments.toReversed().join('\n')}\n# a comment\nsubscription Named($tags: [String!], $limit: Int = 3, $in: Window) {\n  moved(in: $in, tags: $tags, limit: $limit) { ...A, ...B }\n}`,
    ]
    const variables = [
      { in: { from: 1, to: 2 }, tags: ['a'] },
      { limit: 3, tags: 'a', in: { to: 2, from: 1 }, beside: true },
    ]
    const alike = texts.flatMap((text) => variables.map((given) => follow(text, given)))
    await until(() => alike.every(({ heard }) => heard))
    await untilMeasured(gateway, 'hub_gateway_subscriptions_open', alike.length)
    const upstream = await wire.opened(1)
    const other = follow(texts[0] ?? '', { in: { from: 2, to: 1 }, tags: ['a'] })
    await wire.opened(2)
    expect(other.heard).toBe(true)
    upstream.next({ moved: { hubCursor_: '1', room: ROOM } })
    for (const one of alike)
      expect(await one.take(1)).toEqual([{ data: { moved: { room: { id: '1', name: 'hall' } } } }])
    expect(wire.upstreams).toHaveLength(2)
  })
})

describe('a directive that subgraphs compose', () => {
  it.each([
    [
      'reaches the subgraph that is subscribed to',
      ['tone'],
      'subscription($of:String!){stirred{id name@tone(of:$of)}}',
      { of: 'high' },
    ],
    [
      'does not where that says not to know it, nor do its variables',
      ['skip'],
      'subscription{stirred{id name}}',
      {},
    ],
  ])('%s', async (_what, known, query, variables) => {
    wire.directives.push(...known)
    follow('subscription ($of: String!) { stirred { id name @tone(of: $of) } }', { of: 'high' })
    const upstream = await wire.opened(1)
    expect([upstream.query.replace(/^subscription\w*/, 'subscription'), upstream.variables]).toEqual([
      query,
      variables,
    ])
  })
})

describe('a whole query that is shared', () => {
  it('gives its fetches the time of whoever waits longest, also where each is traced', async () => {
    const log = openLog('gateway', 'silent')
    const pools = new SubgraphPools()
    const tracer = await openTracer({ endpoint: 'http://127.0.0.1:1', service: 'gateway' }, log)
    const observation = openObservation({ documents: openDocuments(noDocuments), tracer, gauges: {} })
    const flights = new Flights({ deduplicateFetches: false, deduplicateOperations: false })
    const operations = new InFlight<SubgraphAnswer>()
    const url = new URL(wire.url)
    const client = openSubgraphClient({
      name: 'attic',
      url,
      pool: pools.at(url),
      callerKey: CALLER_KEY,
      flights,
      log,
    })
    const caller = {
      subject: 'u1',
      role: 'OPERATOR',
      attributes: {},
      scopes: [],
      expiresAt: 4_000_000_000,
      locale: 'en',
      requestId: 'r1',
    } as const
    const start = async (limit: Limit) => {
      const { data = null, errors = [] } = await observation
        .watch(client)
        .send('{"query":"{ late }"}', true, { caller, limit })
      return { data, errors }
    }
    const soon = Date.now() + 150
    const both = [soon, soon + 60_000].map((deadline) => operations.join('key', { deadline }, start))
    await until(() => wire.asked.length === 1 && Date.now() > soon + 100)
    expect(wire.asked[0]?.isCut).toBe(false)
    wire.asked[0]?.answer({ data: { late: 'here' } })
    expect(await Promise.all(both)).toEqual(both.map(() => ({ data: { late: 'here' }, errors: [] })))
    observation.stop()
    await tracer.stop()
    await pools.close()
  })
})

describe('another supergraph', () => {
  it('is where a subscription goes on after its cursor, and asks of the others, twice in a row', async () => {
    const subscriber = follow('subscription { moved(after: "0") { cursor room { dust } } }')
    for (const round of [1, 2, 3]) {
      const upstream = await wire.opened(round)
      expect(upstream.variables).toEqual({ hubAfter_: String(round - 1) })
      const moved = { hubCursor_: String(round), cursor: String(round), room: ROOM }
      upstream.next({ moved })
      await until(() => wire.asked.length === round)
      wire.asked.at(-1)?.answer({ data: { _entities: [{ __typename: 'Room', dust: `d${round}` }] } })
      await subscriber.take(round)
      if (round < 3) await wire.move()
    }
    expect(subscriber.results).toEqual(
      [1, 2, 3].map((at) => ({ data: { moved: { cursor: String(at), room: { dust: `d${at}` } } } })),
    )
    expect(subscriber.errors).toEqual([])
  })

  it('leads newcomers to the upstream of those who were there before', async () => {
    const news = 'subscription { moved { cursor } }'
    const before = follow(news)
    await wire.opened(1)
    await wire.move()
    await wire.opened(2)
    const newcomer = follow(news)
    await until(() => newcomer.heard)
    await untilMeasured(gateway, 'hub_gateway_subscriptions_open', 2)
    for (const upstream of wire.upstreams.slice(1)) upstream.next({ moved: { hubCursor_: '1', cursor: '1' } })
    for (const subscriber of [before, newcomer])
      expect(await subscriber.take(1)).toEqual([{ data: { moved: { cursor: '1' } } }])
    expect(wire.upstreams.length).toBe(2)
  })

  it('ends with its code what has no place in it, and nothing else', async () => {
    const gone = follow('subscription { moved(after: "0") { cursor } }')
    await wire.opened(1)
    const stays = follow('subscription { stirred { id } }')
    await wire.opened(2)
    await wire.move((sdl) => sdl.replace(/moved\([^)]*\): Moved/, ''))
    await until(() => gone.errors.length > 0)
    expect(gone.errors).toMatchObject([{ extensions: { code: 'DOCUMENT_INVALID' } }])
    const upstream = await wire.opened(3)
    upstream.next({ stirred: ROOM })
    expect(await stays.take(1)).toMatchObject([{ data: { stirred: { id: '1' } } }])
    expect(stays.errors).toEqual([])
  })
})
