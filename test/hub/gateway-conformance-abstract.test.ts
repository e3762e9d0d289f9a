import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mergeInto } from '@hub/gateway/execution/tree.ts'
import { expected, startWorld, type World } from '../support/gateway-conformance.ts'
import { startMedia } from '../support/gateway-conformance-media.ts'
import { askInParts, merge } from '../support/gateway-parts.ts'

let world: World

beforeAll(async () => {
  world = await startMedia()
})

afterAll(() => world.stop())

describe('interfaces and unions', () => {
  it('@interfaceObject adds to every type, and finds out which type it is', async () => {
    expect(await world.answers('{ all { id stars note ... on Film { minutes } } }')).toBe(
      expected({
        data: {
          all: [
            { id: 'm1', stars: 5, note: 'note m1', minutes: 95 },
            { id: 'm2', stars: 10, note: null },
            { id: 'm3', stars: 15, note: 'note m3' },
          ],
        },
      }),
    )
    expect(
      await world.answers(
        '{ rated { __typename title ... on Song { singer } related { __typename id title } } top { title } }',
      ),
    ).toBe(
      expected({
        data: {
          rated: [
            { __typename: 'Song', title: 'Jasmine', singer: 'Ada', related: [] },
            {
              __typename: 'Film',
              title: 'Red Sorghum',
              related: [{ __typename: 'Song', id: 'm2', title: 'Jasmine' }],
            },
          ],
          top: { title: 'Teahouse' },
        },
      }),
    )
  })

  it('fragments on what the subgraph of an @interfaceObject does not know', async () => {
    expect(
      await world.answers(`{ rated { ... on Hit { rank ... on Page { url } ... on Media { title } } ... on Found { __typename ... on Song { stars } } }
       top { ... on Found { ... on Hit { rank } } } }`),
    ).toBe(
      expected({
        data: {
          rated: [
            { __typename: 'Song', stars: 10 },
            { rank: 1, title: 'Red Sorghum', __typename: 'Film' },
          ],
          top: {},
        },
      }),
    )
  })

  it('what comes first waits until it is known what it is', async () => {
    const query =
      '{ rated { ... on Song { stars } ... @defer { ... on Hit { rank ... on Media { title } } } } }'
    const { messages } = await askInParts(world.gateway, query)
    expect(messages[0]?.data).toEqual({ rated: [{ stars: 10 }, {}] })
    expect(merge(messages).data).toEqual({ rated: [{ stars: 10 }, { rank: 1, title: 'Red Sorghum' }] })
    const never =
      'rated { related { ... on Song { title } ... on Film { ... on Media @defer { ... on Song { stars } } } } }'
    expect((await askInParts(world.gateway, `{ ${never} }`)).messages[0]?.errors).toBeUndefined()
  })

  it('the type of an object is not forgotten when a subgraph names but an interface of it later', () => {
    const isObjectName = (name: unknown) => name === 'Film'
    const known = { all: [{ next: { __typename: 'Film' } }, { next: { __typename: 'Media' } }] }
    const more = {
      all: [{ next: { __typename: 'Media', id: '1' } }, { next: { __typename: 'Film', id: '2' } }],
    }
    mergeInto(known, more, isObjectName)
    expect(known).toEqual({
      all: [{ next: { __typename: 'Film', id: '1' } }, { next: { __typename: 'Film', id: '2' } }],
    })
  })

  it('a field of many types, each of many subgraphs: the ways multiply and are not all weighed', async () => {
    const types = Array.from({ length: 9 }, (_, at) => `T${at}`)
    const rooms = ['a', 'b', 'c', 'd'].map((name) => {
      const own = types.map(
        (type) => `type ${type} implements I @key(fields: "id") { id: ID! size: Int @shareable }`,
      )
      const found = { __resolveReference: () => ({}), size: () => 7 }
      const resolvers = Object.fromEntries(types.map((type) => [type, found]))
      return [name, [`interface I { id: ID! size: Int } ${own.join(' ')}`, resolvers]] as const
    })
    const roots = types.map((type) => `type ${type} implements I @key(fields: "id") { id: ID! }`)
    const root = [
      `type Query { top: [I!]! } interface I { id: ID! } ${roots.join(' ')}`,
      { Query: { top: () => types.map((type) => ({ __typename: type, id: '1' })) } },
    ] as const
    // What is planned is the same however long a busy machine takes for it.
    const settings = { answerWithinMs: 10_000 }
    const own = await startWorld({ root, ...Object.fromEntries(rooms) }, { settings })
    expect(await own.answers('{ top { size } }')).toBe(
      expected({ data: { top: types.map(() => ({ size: 7 })) } }),
    )
    await own.stop()
  })

  it('a union whose members differ between subgraphs', async () => {
    expect(
      await world.answers(
        '{ search { __typename ... on Film { title rank } ... on Page { url } } found { ... on Film { rank stars } ... on Song { singer } } }',
      ),
    ).toBe(
      expected({
        data: {
          search: [
            { __typename: 'Film', title: 'Red Sorghum', rank: 1 },
            { __typename: 'Page', url: '/page' },
          ],
          found: [{ singer: 'Ada' }, null, { rank: 1, stars: 5 }],
        },
      }),
    )
  })

  it('fragments on interfaces within unions, and on types within interfaces', async () => {
    expect(
      await world.answers(`query { hits { rank ...H } found { ...M } }
       fragment H on Hit { ... on Page { url(short: true) } ... on Media { title } }
       fragment M on Media { kind: __typename title ... on Song { title singer } }`),
    ).toBe(
      expected({
        data: {
          hits: [
            { rank: 2, url: '/p' },
            { rank: 1, title: 'Red Sorghum' },
          ],
          found: [
            { kind: 'Song', title: 'Jasmine', singer: 'Ada' },
            null,
            { kind: 'Film', title: 'Red Sorghum' },
          ],
        },
      }),
    )
  })

  it('one alias for different fields of different types', async () => {
    expect(
      await world.answers(
        '{ all { ... on Film { x: minutes } ... on Song { x: stars } ... on Book { x: stars(of: 2) } } }',
      ),
    ).toBe(
      expected({
        data: { all: [{ x: 95 }, { x: 10 }, { x: 6 }] },
      }),
    )
  })
})

describe('@skip and @include', () => {
  const query = `query ($a: Boolean!, $b: Boolean! = false) {
    all @include(if: $a) { id stars @skip(if: $b) ... on Film @include(if: $b) { minutes } ...N @skip(if: $a) }
    one(id: "m1") @skip(if: $a) { title ... @include(if: $b) { note } }
    films { title @include(if: false) id @skip(if: false) }
  } fragment N on Media { note }`

  it.each([
    [
      { a: true },
      {
        all: [
          { id: 'm1', stars: 5 },
          { id: 'm2', stars: 10 },
          { id: 'm3', stars: 15 },
        ],
        films: [{ id: 'm1' }],
      },
    ],
    [
      { a: true, b: true },
      { all: [{ id: 'm1', minutes: 95 }, { id: 'm2' }, { id: 'm3' }], films: [{ id: 'm1' }] },
    ],
    [{ a: false }, { one: { title: 'Red Sorghum' }, films: [{ id: 'm1' }] }],
    [
      { a: false, b: true },
      { one: { title: 'Red Sorghum', note: 'note m1' }, films: [{ id: 'm1' }] },
    ],
  ])('on every level, %o', async (variables, data) => {
    expect(await world.answers(query, variables)).toBe(expected({ data }))
  })
})

describe('variables', () => {
  const query = `query ($word: String, $n: Int, $list: [Int!], $id: ID, $flag: Boolean, $deep: Deep, $w: String = "w") {
    all: echo(word: $word, n: $n, list: $list, id: $id, flag: $flag, deep: $deep)
    default: echo(word: $w, deep: { inner: { word: $w } })
  }`

  it.each([
    [{}, {}, { word: 'w', deep: { word: 'deep', inner: { word: 'w' } } }],
    [
      { word: null, n: 0, list: 3, id: 7, flag: false, deep: {}, w: 'v' },
      { word: null, n: 0, list: [3], id: '7', flag: false, deep: { word: 'deep' } },
      { word: 'v', deep: { word: 'deep', inner: { word: 'v' } } },
    ],
    [
      { word: '"\\u4f60\n', n: -2147483648, list: [], deep: { word: null, inner: null } },
      { word: '"\\u4f60\n', n: -2147483648, list: [], deep: { word: null, inner: null } },
      { word: 'w', deep: { word: 'deep', inner: { word: 'w' } } },
    ],
  ])('of every kind, %o', async (variables, all, byDefault) => {
    expect(await world.answers(query, variables)).toBe(
      expected({ data: { all: JSON.stringify(all), default: JSON.stringify(byDefault) } }),
    )
  })

  it('that do not fit are refused before anything is asked', async () => {
    expect(await world.answers(query, { n: 2147483648 })).toBe(
      expected({ data: undefined, errors: [' - VARIABLE_INVALID'] }),
    )
  })
})

describe('introspection', () => {
  it('shows what clients see, beside data', async () => {
    expect(
      await world.answers(
        '{ __type(name: "Media") { kind possibleTypes { name } fields { name } } all { __typename } __typename }',
      ),
    ).toBe(
      expected({
        data: {
          __type: {
            kind: 'INTERFACE',
            possibleTypes: [{ name: 'Book' }, { name: 'Film' }, { name: 'Song' }],
            fields: ['id', 'title', 'stars', 'note', 'related'].map((name) => ({ name })),
          },
          all: [{ __typename: 'Film' }, { __typename: 'Song' }, { __typename: 'Book' }],
          __typename: 'Query',
        },
      }),
    )
  })
})
