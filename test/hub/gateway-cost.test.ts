import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Kind, buildSchema, getOperationAST, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultLimits } from '@hub/gateway/operation/limit-settings.ts'
import { costOf, type Cost } from '@hub/gateway/operation/cost.ts'
import { OpenOfCallers, RateOfCallers } from '@hub/gateway/operation/rate.ts'
import { rulesOf } from '@hub/gateway/supergraph/rules.ts'
import { readOperations } from '@hub/schema/operation-files.ts'
import { ask, openGateway, openIssuer, tokensOf } from '../support/gateway-client.ts'
import { startLibrary, type Library } from '../support/gateway-library.ts'
import { subscribe, until, visit } from '../support/gateway-socket.ts'
import type { Subgraphs } from '../support/gateway-subgraphs.ts'
import { startVault } from '../support/gateway-vault.ts'

let vault: Subgraphs
let library: Library

beforeAll(async () => {
  vault = await startVault()
  library = await startLibrary()
})

afterAll(async () => {
  await vault.stop()
  await library.stop()
})

/** The cost of documents against the supergraph in a file. */
function costsIn(file: string): (query: string) => Cost {
  return costsBy(readFileSync(file, 'utf8'))
}

function costsBy(sdl: string): (query: string) => Cost {
  const schema = buildSchema(sdl, { assumeValid: true })
  const rules = rulesOf(sdl)
  return (query) => {
    const document = parse(query)
    const operation = getOperationAST(document)
    if (!operation) throw new Error('no operation')
    const fragments = new Map(
      document.definitions.flatMap((node) =>
        node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
      ),
    )
    return costOf({ schema, rules, operation, fragments, longestList: defaultLimits.list })
  }
}

describe('what an operation costs', () => {
  it.each([
    ['{ me }', {}, 0],
    ['{ __typename __type(name: "Box") { name } }', {}, 0],
    ['{ holder { id } }', {}, 1],
    ['{ boxes { id } }', {}, 2],
    ['{ boxes(first: 30) { id label } }', {}, 30],
    ['query ($n: Int) { boxes(first: $n) { id } }', { n: 7 }, 7],
    ['query ($n: Int = 5) { boxes(first: $n) { id } }', {}, 5],
    ['{ holders { id } }', {}, 10],
    ['{ boxes(first: 3) { boxes { id } } }', {}, 33],
    ['{ page(first: 20) { total nodes { id } } }', {}, 21],
    ['{ page(first: 20) { total } }', {}, 1],
    ['query ($ids: [ID!]) { page(ids: $ids) { nodes { id } } }', { ids: ['1', '2', '3'] }, 4],
    ['{ sized { id } }', {}, 40],
    ['{ sized(take: 4) { id } }', {}, 4],
    ['{ dear }', {}, 700],
    ['{ paid(heavy: true) }', {}, 300],
    ['{ ...F ...F } fragment F on Query { boxes { id } }', {}, 4],
    ['mutation { open { id } }', {}, 10],
    ['{ boxes(first: 1001) { id } }', {}, Infinity],
  ])('%s with %o: %i', (query, variables, cost) => {
    expect(costsIn(vault.supergraphFile)(query)(variables)).toBe(cost)
  })

  it.each([
    ['{ sum(n: 1) }', {}, 3],
    ['{ sum(by: { heavy: true }) }', {}, 5],
    ['{ sum(by: { light: true, all: [{ heavy: true }, { heavy: false, all: [] }] }) }', {}, 12],
    ['query ($by: By) { sum(by: $by) }', { by: { heavy: null, all: [{ heavy: true }] } }, 11],
    ['query ($by: By = { heavy: true }) { sum(by: $by, n: 1) }', {}, 8],
    ['query ($of: Boolean) { sum(by: { heavy: $of }) }', { of: true }, 5],
    ['{ page(first: 3) { total rows { id } others { id } } }', {}, 14],
    ['{ page { rows { id } } }', {}, 8],
  ])('%s with %o, of what is given and of lists further down: %i', (query, variables, cost) => {
    const link = '@link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@cost", "@listSize"])'
    const costs = costsBy(`schema ${link} { query: Query }
      type Query { sum(by: By, n: Int @cost(weight: 3)): Int
        page(first: Int): Page @listSize(assumedSize: 7, slicingArguments: ["first"], sizedFields: ["rows"]) }
      type Page { total: Int rows: [Row] others: [Row] } type Row { id: ID }
      input By { heavy: Boolean @cost(weight: 5) light: Boolean all: [By!] @cost(weight: 1) }`)
    expect(costs(query)(variables)).toBe(cost)
  })

  it('grows with each time the whole schema is asked for', async () => {
    const costs = costsIn(library.supergraphFile)
    const once = costs('{ __schema { types { name } } }')({})
    expect(once).toBeGreaterThan(20)
    expect(
      costs('{ a: __schema { types { name } } ...B } fragment B on Query { b: __schema { types { name } } }')(
        {},
      ),
    ).toBe(2 * once)
    const gateway = await openGateway(library, { limits: { ...defaultLimits, cost: 2 * once } })
    const asked = (times: number) =>
      Array.from({ length: times }, (_, at) => `a${at}: __schema { types { name } }`)
    expect((await ask(gateway, `{ ${asked(1).join(' ')} }`)).status).toBe(200)
    const { status, errors } = await ask(gateway, `{ ${asked(9).join(' ')} }`)
    expect([status, errors]).toMatchObject([400, [{ extensions: { code: 'OPERATION_TOO_COSTLY' } }]])
    await gateway.stop()
  })

  it('leaves room for everything that clients of the hub send', () => {
    const costs = costsIn(path.join(import.meta.dirname, '../../schema/supergraph.graphql'))
    for (const { file, text } of readOperations()) {
      expect([file, costs(text)({ first: 100 }) < defaultLimits.cost / 2]).toEqual([file, true])
    }
  })
})

describe('the rate of a caller', () => {
  it('counts objects, fills by time, and tells how long to wait', () => {
    let now = 0
    const rates = new RateOfCallers({ perSecond: 10, atOnce: 100 }, () => now)
    expect([rates.take('a', 60), rates.take('a', 40), rates.take('a', 25)]).toEqual([0, 0, 3])
    expect(rates.take('b', 100)).toBe(0)
    now = 2_400
    expect(rates.take('a', 25)).toBe(1)
    now = 2_500
    expect(rates.take('a', 25)).toBe(0)
    now = 60_000
    // What can never be had at once costs a whole bucket.
    expect([rates.take('a', 1_000), rates.take('a', 1)]).toEqual([0, 1])
  })

  it('counts what is open once, however often it is given back', () => {
    const open = new OpenOfCallers(2)
    const back = open.take('a')
    expect([open.take('a') === null, open.take('a'), open.take('b') === null]).toEqual([false, null, false])
    back?.()
    back?.()
    expect([open.take('a') === null, open.take('a'), open.size]).toEqual([false, null, 3])
  })

  it('is 429 with Retry-After through the gateway, for one caller and not for the other', async () => {
    const issuer = await openIssuer()
    const rate = { perSecond: 20, atOnce: 100 }
    const gateway = await openGateway(library, { ...tokensOf(issuer), limits: { ...defaultLimits, rate } })
    const of = async (sub: string) => ({
      headers: { authorization: `Bearer ${await issuer.token({ sub })}` },
    })
    const query = '{ books(first: 60) { id } }'
    expect((await ask(gateway, query, await of('a'))).status).toBe(200)
    const refused = await ask(gateway, query, await of('a'))
    expect([refused.status, refused.errors?.[0]?.extensions]).toEqual([429, { code: 'RATE_EXCEEDED' }])
    expect(refused.headers.get('retry-after')).toBe('1')
    expect((await ask(gateway, query, await of('b'))).status).toBe(200)
    await gateway.stop()
  })

  it('bounds sockets and subscriptions, and gives them back', async () => {
    const issuer = await openIssuer()
    const limits = { ...defaultLimits, sockets: 2, subscriptions: 1 }
    const gateway = await openGateway(library, { ...tokensOf(issuer), limits })
    const token = await issuer.token()
    const quiet = 'subscription { bookEvents { kind } }'
    const first = subscribe(gateway, quiet, { token })
    await until(() => library.events.open === 1)
    const second = subscribe(gateway, quiet, { token })
    const [refused] = await second.take(1)
    expect(refused?.errors?.[0]?.extensions).toEqual({ code: 'SUBSCRIPTIONS_TOO_MANY' })
    const sse = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'text/event-stream',
      },
      body: JSON.stringify({ query: quiet }),
    })
    expect([sse.status, sse.headers.get('retry-after')]).toEqual([429, '1'])
    const init = { type: 'connection_init', payload: { authorization: `Bearer ${token}` } }
    // One of the first subscriber, and of these two only one more.
    const codes = await Promise.race([visit(gateway, [init]), visit(gateway, [init])])
    expect(codes.code).toBe(4429)
    first.leave()
    second.leave()
    await until(() => library.events.open === 0)
    const third = subscribe(gateway, quiet, { token })
    await until(() => library.events.open === 1 || third.errors.length > 0)
    expect(third.errors).toEqual([])
    third.leave()
    await gateway.stop()
  })
})
