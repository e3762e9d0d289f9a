import {
  buildClientSchema,
  getIntrospectionQuery,
  OperationTypeNode,
  parse,
  validate,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAlone, objectLocations } from '@hub/gateway/planning/locations.ts'
import type { Running } from '@hub/kit/run.ts'
import { ask, openGateway, type Answer } from '../support/gateway-client.ts'
import { isAskedIn, type TypeAt } from '../support/gateway-asked-fields.ts'
import { randomOperation } from '../support/gateway-operations.ts'
import { SHOP_RESOLVERS, SHOP_TYPES } from '../support/gateway-shop.ts'
import { startSubgraphs, type Subgraphs } from '../support/gateway-subgraphs.ts'

type FetchNode = Parameters<typeof isAlone>[0]

let shop: Subgraphs
let compiled: Running
let apollo: Running
let schema: GraphQLSchema
let kinds: readonly string[]

beforeAll(async () => {
  shop = await startSubgraphs(SHOP_TYPES, SHOP_RESOLVERS)
  compiled = await openGateway(shop, { compile: true, answerWithinMs: 20_000 })
  apollo = await openGateway(shop, { compile: false, answerWithinMs: 20_000 })
  const { data } = await ask(compiled, getIntrospectionQuery())
  schema = buildClientSchema(Object(data) as IntrospectionQuery)
  const media = await ask(compiled, '{ media { __typename } }')
  const { media: all } = Object(media.data) as { media: readonly { __typename: string }[] }
  kinds = all.map(({ __typename: kind }) => kind)
})

afterAll(async () => {
  await compiled.stop()
  await apollo.stop()
  await shop.stop()
})

/** What must be the same whoever executes: data, and which errors of subgraphs stand where. */
function essence({ status, data, errors = [] }: Answer) {
  const told = errors
    .filter(({ extensions }) => extensions['code'] !== 'VALUE_MISSING')
    // Without indexes: those of Apollo are wrong where not every object of a list has a representation.
    .map(({ path, extensions }) =>
      [extensions['service'], extensions['code'], ...(path ?? []).filter(isName)].join(' '),
    )
  return { status, data, errors: [...new Set(told)].toSorted() }
}

/** All that a client reads but references to the log, and which subgraph was faster. */
function told({ status, data, errors }: Answer) {
  const plain = errors?.map(({ extensions: { reference, ...extensions }, message, path }) =>
    JSON.stringify({ message: message.replace(String(reference), ''), path, extensions }),
  )
  return { status, data, errors: plain?.toSorted() }
}

/**
 * Apollo takes the name of an interface from a subgraph that knows no more of an object, and then loses what is selected
 * of its type, or all that is around it: that is not compared.
 */
function withoutWhatIsLost(ours: Answer, theirs: Answer): Answer {
  let isLost = false
  const common = (own: unknown, other: unknown): unknown => {
    if (other === null && own !== null) isLost = true
    if (other === null) return null
    if (Array.isArray(own) && Array.isArray(other)) return own.map((value, at) => common(value, other[at]))
    if (typeof own !== 'object' || typeof other !== 'object' || !own || !other) return own
    const had = Object.entries(own).filter(([name]) => name in other)
    isLost ||= had.length < Object.keys(own).length
    return Object.fromEntries(
      had.map(([name, value]) => [name, common(value, (other as Record<string, unknown>)[name])]),
    )
  }
  const data = common(ours.data, theirs.data) as Answer['data'] & object
  return isLost ? { ...ours, data, errors: theirs.errors ?? [] } : ours
}

const typeAt: TypeAt = ({ name }, place) => {
  const last = place.at(-1)
  return name === 'Media' && typeof last === 'number' ? kinds[last] : undefined
}

/** Apollo tells, too, what failed of a field that was asked of another type alone, where a subgraph knows but the interface. */
function withoutWhatNobodyAsked(theirs: Answer, query: string): Answer {
  const errors = theirs.errors?.filter(({ path }) => isAskedIn(schema, query, path ?? [], typeAt))
  return { ...theirs, errors: errors ?? [] }
}

function isName(step: string | number): boolean {
  return typeof step === 'string'
}

/** Whether the place that an error names is null, or lies in something that is, or was asked for by the plan alone. */
function endsInNull(data: unknown, path: readonly (string | number)[]): boolean {
  let value = data
  for (const step of path) {
    if (value === null || value === undefined) return true
    value = (value as Record<string | number, unknown>)[step]
  }
  return value === null || value === undefined
}

describe('a compiled operation', () => {
  it.each(Array.from({ length: 12 }, (_, block) => block))(
    'answers as Apollo does, block %i',
    async (block) => {
      let compared = 0
      for (let seed = block * 25; seed < block * 25 + 25; seed++) {
        const { query, variables } = randomOperation(schema, seed)
        if (validate(schema, parse(query)).length > 0) continue
        compared += 1
        const [ours, theirs] = await Promise.all([
          ask(compiled, query, { variables }),
          ask(apollo, query, { variables }),
        ])
        const lost = ours.errors?.filter(({ path }) => !endsInNull(ours.data, path ?? ['?']))
        expect(lost ?? [], `seed ${seed}: ${query}`).toEqual([])
        const [known, asked] = /ratings|critic/.test(query)
          ? [withoutWhatIsLost(ours, theirs), withoutWhatNobodyAsked(theirs, query)]
          : [ours, theirs]
        expect(essence(known), `seed ${seed}: ${query}`).toEqual(essence(asked))
        // What was carried out once is known, and takes the short way.
        const again = await ask(compiled, query, { variables })
        expect(told(again), `seed ${seed}: ${query}`).toEqual(told(ours))
      }
      expect(compared).toBeGreaterThan(12)
    },
  )

  it('is told by the comparison what was asked of another type alone', () => {
    const query = '{ media { ... on Song { critic { a: surname } } critic { name } } }'
    const isAsked = (at: number, name: string) =>
      isAskedIn(schema, query, ['media', at, 'critic', name], typeAt)
    expect(kinds.map((_kind, at) => isAsked(at, 'a'))).toEqual(kinds.map((kind) => kind === 'Song'))
    expect(kinds.map((_kind, at) => isAsked(at, 'name'))).toEqual(kinds.map(() => true))
    expect(new Set(kinds).size).toBeGreaterThan(1)
  })

  it('tells of a value that is missing without an error, where Apollo is silent', async () => {
    const query = '{ one(id: "3") { name inStock } }'
    const [ours, theirs] = await Promise.all([ask(compiled, query), ask(apollo, query)])
    expect(ours.errors).toMatchObject([{ path: ['one', 'inStock'], extensions: { code: 'VALUE_MISSING' } }])
    expect([ours.data, theirs.data, theirs.errors]).toEqual([{ one: null }, { one: null }, undefined])
  })

  it('puts the error of one entity at every place where it stands', async () => {
    const { data, errors } = await ask(compiled, '{ reviews { goods { average } } }')
    expect(data).toEqual({
      reviews: [1 / 3, 1 / 3, null, 1].map((average) => ({ goods: { average } })),
    })
    expect(errors).toMatchObject([{ path: ['reviews', 2, 'goods', 'average'] }])
    const twice = await ask(compiled, '{ goods(first: 2) { pair { rank average } } }')
    expect(twice.errors?.map(({ path }) => path?.join('.'))).toEqual(['goods.1.pair.0.average'])
  })

  it('does not share between places what two fetches of a plan put together', () => {
    const fetch = (fields: string): FetchNode => ({
      kind: 'Fetch',
      serviceName: 'goods',
      operation: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Goods { ${fields} } } }`,
      operationName: undefined,
      operationKind: OperationTypeNode.QUERY,
      requires: [],
    })
    const [left, right, alone] = [fetch('badge { left }'), fetch('badge { right }'), fetch('maker { city }')]
    const path = ['reviews', '@', 'goods']
    const nodes = [left, right, alone].map((node) => ({ kind: 'Flatten' as const, path, node }))
    const locations = objectLocations({ kind: 'Parallel', nodes })
    expect([left, right, alone].map((node) => isAlone(node, path, locations))).toEqual([false, false, true])
  })

  it('does not lose what stands beside a field that is left out, as Apollo does', async () => {
    const query = 'query ($no: Boolean!) { reviews { goods { shipping @include(if: $no) duty } } }'
    const { data } = await ask(compiled, query, { variables: { no: false } })
    const literal = await ask(compiled, query.replace('($no: Boolean!)', '').replace('$no', 'false'))
    const duties = [1.25, 1.25, 3, null].map((duty) => ({ goods: { duty } }))
    expect([data, literal.data]).toEqual([{ reviews: duties }, { reviews: duties }])
  })

  it('carries mutations out in order', async () => {
    const { data } = await ask(
      compiled,
      'mutation { a: addReview(body: "1") { id author { email } } b: second(body: "2") { body } }',
    )
    expect(data).toEqual({ a: { id: 'n1', author: { email: 'a@x' } }, b: { body: '2' } })
  })

  it('leaves response names with a meaning to JavaScript alone', async () => {
    const query = '{ constructor: goods(first: 1) { toString: name __proto__: sku } }'
    const response = await ask(compiled, query)
    expect(JSON.stringify(response.data)).toBe('{"constructor":[{"toString":"Kettle","__proto__":"s1"}]}')
  })
})
