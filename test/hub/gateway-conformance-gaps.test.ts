import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../support/gateway-client.ts'
import { expected, startWorld, type World } from '../support/gateway-conformance.ts'
import { askInParts, merge } from '../support/gateway-parts.ts'

type Row = Readonly<Record<string, unknown>>
const typed = { __resolveType: (row: Row) => row['__typename'] }
const COMMON = { __typename: 'Letter', text: 'dear' }
const ONLY_POST = { __typename: 'Parcel', grams: 3, to: { city: 'Jinan' } }
const ONLY_WEB = { __typename: 'Mail', address: 'a@x' }
const BOX = { id: 'b1' }
const FULL =
  '{ __typename ... on Letter { text } ... on Parcel { grams to { city } } ... on Mail { address } }'

let world: World

beforeAll(async () => {
  const shared = `type Box @key(fields: "id") { id: ID! sheaf: Sheaf @shareable }
    type Sheaf @shareable { items: [Item!]! } type Letter @shareable { text: String }`
  const page = { id: 'p1', book: { no: '7', volume: '2', shelf: '3' }, name: 'first' }
  world = await startWorld({
    post: [
      `type Query { inPost: Box nowhere: Hidden } ${shared} union Item = Letter | Parcel
       type Parcel { grams(round: Boolean = false): Int to: Town } type Town { city: String }
       interface Hidden @key(fields: "id") { id: ID! }
       type Page @key(fields: "id") @key(fields: "book { no volume }", resolvable: false) @key(fields: "id book { volume shelf }", resolvable: false) { id: ID! book: Book! name: String! } type Book @shareable { no: ID! volume: ID! shelf: ID! }`,
      {
        Query: { inPost: () => BOX, nowhere: () => ({ id: 'h1' }) },
        Box: { __resolveReference: () => BOX, sheaf: () => ({ items: [COMMON, ONLY_POST] }) },
        Item: typed,
        Page: { __resolveReference: ({ id }: Row) => (id === 'p1' ? page : null) },
      },
    ],
    web: [
      `type Query { inWeb: Box page: Page } ${shared} union Item = Letter | Mail type Mail { address: String }
       type Hidden @key(fields: "id", resolvable: false) @interfaceObject { id: ID! size: Int }
       type Page @key(fields: "book { no volume }", resolvable: false) @key(fields: "id book { volume shelf }") @key(fields: "id", resolvable: false) { id: ID! book: Book! name: String! @external title: String! @requires(fields: "name") } type Book @shareable { no: ID! volume: ID! shelf: ID! }`,
      {
        Query: { inWeb: () => BOX, page: () => page },
        Box: { __resolveReference: () => BOX, sheaf: () => ({ items: [COMMON, ONLY_WEB] }) },
        Item: typed,
        Page: {
          __resolveReference: ({ id, book, name }: Row) =>
            id === 'p1' && Object(book).shelf === '3' ? { id, book, name } : null,
          title: ({ name }: Row) => `title of ${String(name)}`,
        },
      },
    ],
  })
})

afterAll(() => world.stop())

describe('what a planner would leave out', () => {
  it('a type that only the subgraph knows that was gone to', async () => {
    expect(await world.answers(`{ inPost { sheaf { items ${FULL} } } }`)).toBe(
      expected({ data: { inPost: { sheaf: { items: [COMMON, ONLY_POST] } } } }),
    )
    expect(await world.answers(`{ inWeb { sheaf { items ${FULL} } } }`)).toBe(
      expected({ data: { inWeb: { sheaf: { items: [COMMON, ONLY_WEB] } } } }),
    )
  })

  it('is asked with its variables, aliases, fragments and conditions', async () => {
    const query = `query ($round: Boolean, $with: Boolean!) { inPost { sheaf { items { ...I ... on Mail { address } } } } }
      fragment I on Item { ... on Parcel { g: grams(round: $round) to @include(if: $with) { city } } }`
    expect(await world.answers(query, { round: true, with: true })).toBe(
      expected({ data: { inPost: { sheaf: { items: [{}, { g: 3, to: { city: 'Jinan' } }] } } } }),
    )
    expect(await world.answers(query, { with: false })).toBe(
      expected({ data: { inPost: { sheaf: { items: [{}, { g: 3 }] } } } }),
    )
  })

  it('a key by which a subgraph finds what it named by others that resolve nothing', async () => {
    expect(await world.answers('{ page { id name title } }')).toBe(
      expected({ data: { page: { id: 'p1', name: 'first', title: 'title of first' } } }),
    )
  })

  it('a type of a union that stands in one subgraph and never in the other', async () => {
    const found = { __resolveReference: ({ no }: Row) => ({ id: `of ${String(no)}`, no }) }
    const own = await startWorld({
      numbers: [
        `type Query { none: Int } type Bee @key(fields: "id") @key(fields: "no") { id: ID! no: ID! } type Cat @key(fields: "id") @key(fields: "no") { id: ID! no: ID! }`,
        { Bee: found, Cat: found },
      ],
      names: [
        `type Ant @key(fields: "id") { id: ID! name: String seen: [Any] @shareable } union Any = Cat
         type Bee @key(fields: "id") { id: ID! } type Cat @key(fields: "id") { id: ID! }`,
        {
          Ant: {
            __resolveReference: ({ id }: Row) => ({
              id,
              name: 'ant',
              seen: [{ __typename: 'Cat', id: 'of c' }],
            }),
          },
          Any: typed,
        },
      ],
      sights: [
        `type Query { ant: Ant } type Ant @key(fields: "id") { id: ID! seen: [Any] @shareable } union Any = Bee | Cat
         type Bee @key(fields: "no") { no: ID! } type Cat @key(fields: "no") { no: ID! }`,
        {
          Query: {
            ant: () => ({
              id: 'a',
              seen: [
                { __typename: 'Cat', no: 'c' },
                { __typename: 'Bee', no: 'b' },
              ],
            }),
          },
          Any: typed,
        },
      ],
    })
    const seen = [{ id: 'of c' }, { id: 'of b' }]
    const both = 'seen { ... on Cat { id } ... on Bee { id } }'
    expect(await own.answers(`{ ant { name ${both} } }`)).toBe(
      expected({ data: { ant: { name: 'ant', seen } } }),
    )
    expect(await own.answers(`{ ant { ${both} } }`)).toBe(expected({ data: { ant: { seen } } }))
    await own.stop()
  })

  it('what a field between two of one subgraph is computed from, before and not after', async () => {
    const org = 'type Org @shareable { code: ID! }'
    const own = await startWorld({
      keys: [
        `type Bee @key(fields: "id") @key(fields: "id org { code }") @key(fields: "org { code }") { id: ID! org: Org! } ${org} type Query { none: Int }`,
        { Bee: { __resolveReference: (row: Row) => ({ ...row, org: { code: 'o' } }) } },
      ],
      ends: [
        `type Query { bee: Bee } type Bee @key(fields: "id") { id: ID! first: String middle: String @external last: String @requires(fields: "middle") }`,
        {
          Query: { bee: () => ({ id: 'b' }) },
          Bee: { first: () => '1', last: ({ middle }: Row) => `${String(middle)}3` },
        },
      ],
      // One more way to the key is what leads the planner to ask for the first and the last at once.
      codes: [`type Bee @key(fields: "org { code }") { org: Org! } ${org}`, {}],
      middle: [
        `type Bee @key(fields: "id org { code }") { id: ID! org: Org! first: String @external middle: String @requires(fields: "first") } ${org}`,
        { Bee: { middle: ({ first }: Row) => `${String(first)}2` } },
      ],
    })
    expect(await own.answers('{ bee { last } }')).toBe(expected({ data: { bee: { last: '123' } } }))
    const later = await askInParts(own.gateway, '{ bee { id ... @defer { last } } }')
    expect(merge(later.messages)).toEqual({ data: { bee: { id: 'b', last: '123' } }, errors: [], parts: 1 })
    await own.stop()
  })

  it('a field that nobody can answer is refused by name, never null without a word, however often', async () => {
    const query = 'query ($with: Boolean!) { nowhere { size @include(if: $with) } inPost { id } }'
    const asked = async (value: boolean) => {
      const { status, data, errors } = await ask(world.gateway, query, { variables: { with: value } })
      return [status, data, errors?.[0]?.extensions['code']]
    }
    const refused = [400, undefined, 'OPERATION_UNSUPPORTED']
    expect(await asked(true)).toEqual(refused)
    expect(await asked(true)).toEqual(refused)
    // Where it is not asked for, the rest is answered.
    const { data } = await ask(world.gateway, '{ inPost { id } }')
    expect(data).toEqual({ inPost: { id: 'b1' } })
  })
})

describe('a plan that is made anew', () => {
  it('tells of an object what is known on the way that led to it, not what is known on another', async () => {
    const found = { __resolveReference: (row: object) => row }
    const typed = { __resolveType: ({ kind }: { kind: string }) => kind }
    const items = await startWorld({
      base: [
        `type Query { first: Node things: [Thing] } union Thing = Bag | Box
         interface Node @key(fields: "id") { id: ID! } interface Odd { id: ID! }
         type Bag { item: Item } type Box { item: Item }
         type Item implements Node & Odd @key(fields: "id") { id: ID! size: Int weight: Int }`,
        {
          Query: {
            first: () => ({ id: '1', kind: 'Item' }),
            things: () => ['Bag', 'Box'].map((kind) => ({ kind, item: { id: kind, size: 3, weight: 4 } })),
          },
          Thing: typed,
          Node: { ...typed, __resolveReference: (row: object) => ({ ...row, kind: 'Item' }) },
          Item: found,
        },
      ],
      prices: [
        `type Item @key(fields: "id") { id: ID! size: Int @external weight: Int @external
           bySize: String @requires(fields: "size") byWeight: String @requires(fields: "weight") }`,
        {
          Item: {
            ...found,
            bySize: ({ size }: { size: number }) => `${size} wide`,
            byWeight: ({ weight }: { weight: number }) => `${weight} heavy`,
          },
        },
      ],
      above: [
        'type Node @key(fields: "id") @interfaceObject { id: ID! next: Node }',
        { Node: { ...found, next: () => ({ id: '2' }) } },
      ],
    })
    // A planner fails on the fragment in the fragment.
    const failing = 'first { next { ... on Item { __typename } ... on Node { ... on Odd { id } } } }'
    expect(
      await items.answers(
        `{ ${failing} things { ... on Bag { item { bySize } } ... on Box { item { byWeight } } } }`,
      ),
    ).toBe(
      expected({
        data: {
          first: { next: { __typename: 'Item', id: '2' } },
          things: [{ item: { bySize: '3 wide' } }, { item: { byWeight: '4 heavy' } }],
        },
      }),
    )
    await items.stop()
  })
})
