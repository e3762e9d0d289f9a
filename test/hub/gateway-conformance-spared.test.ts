import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expected, startWorld, type World } from '../support/gateway-conformance.ts'
import { askInParts, merge } from '../support/gateway-parts.ts'

type Row = Readonly<Record<string, unknown>>
const broken = (): never => {
  throw new Error('broken')
}
const same = (given: Row): Row => given
const b1 = { __typename: 'Bee', id: 'b1' }
const c1 = { __typename: 'Cat', id: 'c1' }
const of = ({ id }: Row): string => String(id)

const typed = { __resolveType: (row: Row) => row['__typename'] }

let world: World
const told: string[] = []

beforeAll(async () => {
  const node = { __resolveReference: (row: Row) => ({ ...row, ...(row['id'] === 'b1' ? b1 : c1) }) }
  const type = (name: string, fields: string) =>
    `type ${name} implements Node @key(fields: "id") { id: ID! ${fields} }`
  world = await startWorld({
    zoo: [
      `type Query { nodes: [Node]! cups: [Cup!]! cup: Cup } type Mutation { wash: Cup }
       interface Node @key(fields: "id") { id: ID! } ${type('Bee', 'friend: Cat s1: String c5: String @requires(fields: "c2 c3") c2: String @external c3: String @external')} ${type('Cat', 'friend: Cat')}
       type Cup @key(fields: "id") { id: ID! name: String grams: Int! litres: Int! }`,
      {
        Query: {
          nodes: () => [b1, c1],
          cups: () => [{ id: '1' }, { id: '2' }],
          cup: () => ({ id: '2' }),
        },
        Mutation: { wash: () => (told.push('washed'), { id: '2' }) },
        Node: { ...node, ...typed },
        Bee: {
          ...node,
          friend: () => c1,
          s1: () => 's1',
          c5: ({ c2, c3 }: Row) => `${String(c2)} ${String(c3)}`,
        },
        Cat: { ...node, friend: () => c1 },
        Cup: {
          __resolveReference: same,
          name: (row: Row) => `cup ${of(row)}`,
          grams: (row: Row) => (of(row) === '2' ? broken() : 7),
          litres: () => 1,
        },
      },
    ],
    above: [
      `type Node @key(fields: "id") @interfaceObject { id: ID! sure: String! weak: String note: String next: Node }`,
      {
        Node: {
          __resolveReference: same,
          sure: (row: Row) => (of(row) === 'c1' ? broken() : 'sure'),
          weak: (row: Row) => (of(row) === 'c1' ? broken() : 'weak'),
          note: (row: Row) => `note ${of(row)}`,
          next: () => ({ id: 'c1' }),
        },
      },
    ],
    east: [
      `type Query { some: [Some] } union Some = Bee | Cat ${type('Cat', 'cup: Cup')} type Cup @key(fields: "id") { id: ID! } interface Node @key(fields: "id") { id: ID! }
       ${type('Bee', 'cup: Cup s1: String @external c2: String @requires(fields: "s1")')}`,
      {
        Query: { some: () => [b1, c1] },
        Some: typed,
        Node: { ...node, ...typed },
        Cat: { cup: () => ({ id: '2' }) },
        Bee: { cup: () => ({ id: '2' }), c2: ({ s1 }: Row) => `c2 ${String(s1)}` },
      },
    ],
    west: [
      `${type('Bee', 's1: String @external c3: String @requires(fields: "s1")')} interface Node { id: ID! }`,
      { Bee: { c3: ({ s1 }: Row) => `c3 ${String(s1)}` } },
    ],
    shop: [
      `type Cup @key(fields: "id") { id: ID! grams: Int! @external litres: Int! @external price: Int @requires(fields: "grams") room: Int @requires(fields: "litres") }`,
      {
        Cup: { price: ({ grams }: Row) => Number(grams) * 2, room: ({ litres }: Row) => Number(litres) * 3 },
      },
    ],
  })
})

afterAll(() => world.stop())

describe('what nobody asked for', () => {
  it('of a type that others stand beside is not told, and costs nothing, where one type stands for all', async () => {
    expect(await world.answers('{ nodes { id ... on Bee { weak } ... on Cat { note } } }')).toBe(
      expected({
        data: {
          nodes: [
            { id: 'b1', weak: 'weak' },
            { id: 'c1', note: 'note c1' },
          ],
        },
      }),
    )
    expect(await world.answers('{ nodes { id ... on Bee { weak sure } ... on Cat { note } } }')).toBe(
      expected({
        data: {
          nodes: [
            { id: 'b1', weak: 'weak', sure: 'sure' },
            { id: 'c1', note: 'note c1' },
          ],
        },
      }),
    )
    expect(await world.answers('{ nodes { id ... on Cat { sure } ... on Bee { note } } }')).toBe(
      expected({
        data: { nodes: [{ id: 'b1', note: 'note b1' }, null] },
        errors: ['nodes.1.sure above INTERNAL'],
      }),
    )
  })

  it('costs nothing in parts that come later', async () => {
    const query = '{ nodes { id ... on Node @defer { ... on Bee { sure } ... on Cat { note } } } }'
    const { parts: _parts, ...answer } = merge((await askInParts(world.gateway, query)).messages)
    expect(answer).toEqual({
      errors: [],
      data: {
        nodes: [
          { id: 'b1', sure: 'sure' },
          { id: 'c1', note: 'note c1' },
        ],
      },
    })
  })

  it('of an object in one place is not what is asked of it in another', async () => {
    expect(
      await world.answers('{ nodes { ... on Bee { friend { sure } } ... on Cat { friend { note } } } }'),
    ).toBe(
      expected({
        data: { nodes: [{ friend: null }, { friend: { note: 'note c1' } }] },
        errors: ['nodes.0.friend.sure above INTERNAL'],
      }),
    )
    expect(await world.answers('{ some { ... on Bee { cup { grams } } ... on Cat { cup { name } } } }')).toBe(
      expected({
        data: { some: [{ cup: null }, { cup: { name: 'cup 2' } }] },
        errors: ['some.0.cup.grams zoo INTERNAL'],
      }),
    )
  })

  it('of a type is not asked of all of them by a plan that the gateway makes', async () => {
    expect(await world.answers('{ some { ... on Node { next { id ... on Bee { sure c5 } } } } }')).toBe(
      expected({ data: { some: [{ next: { id: 'c1' } }, { next: { id: 'c1' } }] } }),
    )
    expect(await world.answers('{ some { ... on Bee { c5 } } }')).toBe(
      expected({ data: { some: [{ c5: 'c2 s1 c3 s1' }, {}] } }),
    )
  })

  it('costs only what is computed from it, and says why', async () => {
    expect(await world.answers('{ cup { id name price } }')).toBe(
      expected({
        data: { cup: { id: '2', name: 'cup 2', price: null } },
        errors: ['cup.grams zoo INTERNAL'],
      }),
    )
    expect(await world.answers('{ cups { id name room } cup { id price } }')).toBe(
      expected({
        data: {
          cups: [
            { id: '1', name: 'cup 1', room: 3 },
            { id: '2', name: 'cup 2', room: 3 },
          ],
          cup: { id: '2', price: null },
        },
        errors: ['cup.grams zoo INTERNAL'],
      }),
    )
  })

  it('is not asked again of a mutation', async () => {
    expect(await world.answers('mutation { wash { id price } }')).toBe(
      expected({ data: { wash: null }, errors: ['wash.grams zoo INTERNAL'] }),
    )
    expect(told).toEqual(['washed'])
  })
})
