import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VariableCollector } from '@apollo/federation-internals'
import { parse } from 'graphql'
import type { Running } from '@hub/kit/run.ts'
import { findExcess } from '@hub/gateway/operation/limits.ts'
import { defaultLimits } from '@hub/gateway/operation/limit-settings.ts'
import { ask, openGateway } from '../support/gateway-client.ts'
import { subscribe, until } from '../support/gateway-socket.ts'
import { startSubgraphs, type Subgraphs } from '../support/gateway-subgraphs.ts'

/** Filters within filters, as many graphs have them. */
const TYPES = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  input Filter { word: String and: [Filter!] lists: [[[[[[Int]]]]]] }
  type Query { found(by: Filter, all: [Filter!]): String me: User }
  type User @key(fields: "id") { id: ID! }`

let subgraphs: Subgraphs
let gateway: Running

beforeAll(async () => {
  subgraphs = await startSubgraphs(
    { finder: TYPES },
    {
      finder: {
        Query: { found: (_: unknown, given: unknown) => JSON.stringify(given), me: () => ({ id: 'u' }) },
      },
    },
  )
  gateway = await openGateway(subgraphs)
})

afterAll(async () => {
  await gateway.stop()
  await subgraphs.stop()
})

const nested = (levels: number) => '{and:['.repeat(levels) + '{word:"x"}' + ']}'.repeat(levels)
const asJson = (levels: number): unknown => JSON.parse(nested(levels).replaceAll(/(\w+):/g, '"$1":'))

describe('a value of many levels', () => {
  it('is answered at once as far as it may go, in a document and in variables', async () => {
    const written = await ask(gateway, `{ found(by: ${nested(15)}) }`)
    expect(written.data).toEqual({ found: JSON.stringify({ by: asJson(15) }) })
    const query = 'query ($by: Filter) { found(by: $by) }'
    const given = await ask(gateway, query, { variables: { by: asJson(15) } })
    expect(given.data).toEqual(written.data)
  })

  it.each([
    ['in the document', `{ found(by: ${nested(17)}) }`, undefined],
    ['in a list of the document', `{ found(all: ${'['.repeat(40)}${']'.repeat(40)}) }`, undefined],
    ['in a directive', `{ me @skip(if: ${'['.repeat(40)}${']'.repeat(40)}) { id } }`, undefined],
    ['by default', `query ($by: Filter = ${nested(17)}) { found(by: $by) }`, undefined],
    ['in variables', 'query ($by: Filter) { found(by: $by) }', { by: asJson(17) }],
    ['in variables that break a stack', 'query ($by: Filter) { found(by: $by) }', { by: asJson(3_000) }],
    ['in variables that nobody declared', '{ me { id } }', { more: asJson(3_000) }],
  ])('is refused beyond that: %s', async (_, query, variables) => {
    const { status, errors } = await ask(gateway, query, variables ? { variables } : {})
    expect([status, errors]).toMatchObject([400, [{ extensions: { code: 'OPERATION_TOO_DEEP' } }]])
  })

  it('is refused by GET and over a socket too', async () => {
    const search = new URLSearchParams({
      query: 'query ($by: Filter) { found(by: $by) }',
      variables: JSON.stringify({ by: asJson(500) }),
    })
    const headers = { 'apollo-require-preflight': '1' }
    const got = await fetch(`${gateway.url}/graphql?${search.toString()}`, { headers })
    expect([got.status, await got.text()]).toEqual([400, expect.stringContaining('OPERATION_TOO_DEEP')])
    const socket = subscribe(gateway, 'query ($by: Filter) { found(by: $by) }', {
      variables: { by: asJson(500) },
    })
    await until(() => socket.errors.length > 0)
    expect(socket.errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_DEEP' } }])
    socket.leave()
  })
})

describe('a planner that looks for variables', () => {
  it('looks at each list once, however many lists it stands in', () => {
    let looks = 0
    const inner = new Proxy([], { ownKeys: (target) => (looks++, Reflect.ownKeys(target)) })
    new VariableCollector().collectInArguments({ by: [[[[inner]]]] })
    expect(looks).toBe(1)
  })
})

describe('variables with many wrong values', () => {
  it('are told of the first few', async () => {
    const by = { and: Array.from({ length: 20_000 }, () => ({ nothing: 1 })) }
    const answer = await ask(gateway, 'query ($by: Filter) { found(by: $by) }', { variables: { by } })
    expect(answer.status).toBe(400)
    expect(answer.errors).toHaveLength(10)
    expect(new Set(answer.errors?.map(({ extensions }) => extensions['code']))).toEqual(
      new Set(['VARIABLE_INVALID']),
    )
  })
})

describe('what counts as wide', () => {
  const code = (query: string) => findExcess(query, defaultLimits)?.code
  const many = (count: number, text: string) =>
    Array.from({ length: count }, (_, at) => text.replace('#', String(at))).join(' ')

  it('is counted through fragments, on variables and within introspection as well', () => {
    expect(code(`{ ...F } fragment F on Query { ${many(61, 'me { id }')} }`)).toBe('OPERATION_TOO_WIDE')
    expect(code(`{ ... { ${many(31, 'me { id }')} } ... { ${many(30, 'me { id }')} } }`)).toBe(
      'OPERATION_TOO_WIDE',
    )
    expect(code(`query ($a: Int ${many(51, '@x')}) { me { id } }`)).toBe('OPERATION_TOO_WIDE')
    expect(code(`{ __schema { types { ${many(101, 'a#: name')} } } }`)).toBe('OPERATION_TOO_WIDE')
    expect(code(`{ ...F ...F } fragment F on Query { ${many(30, 'me { id }')} }`)).toBeUndefined()
  })

  it('is far from what nests by fragments alone, which counts as deep', () => {
    expect(code(`{ ${'... { '.repeat(401)} me { id } ${'}'.repeat(401)} }`)).toBe('OPERATION_TOO_DEEP')
    const chain = Array.from({ length: 401 }, (_, at) => `fragment F${at} on Query { ...F${at + 1} }`).join(
      ' ',
    )
    expect(code(`{ ...F0 } ${chain} fragment F401 on Query { me { id } }`)).toBe('OPERATION_TOO_DEEP')
    expect(code(`{ ${'... { '.repeat(300)} me { id } ${'}'.repeat(300)} }`)).toBeUndefined()
  })

  it('is what would have to be compared with too much', async () => {
    const query = `{ me {${' id'.repeat(2_000)} } }`
    expect(parse(query).definitions).toHaveLength(1)
    const { status, errors } = await ask(gateway, query)
    expect([status, errors]).toMatchObject([400, [{ extensions: { code: 'OPERATION_TOO_WIDE' } }]])
  })
})
