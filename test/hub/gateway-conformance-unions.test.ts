import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expected, startWorld, type World } from '../support/gateway-conformance.ts'

type Row = Readonly<Record<string, unknown>>

const entity = { __resolveReference: (row: Row) => row }
const typed = { __resolveType: (row: Row) => row['__typename'] }
const works = [
  { __typename: 'Book', id: '1' },
  { __typename: 'Film', id: '2' },
  { __typename: 'Book', id: '3' },
]
const workOf = ({ id }: Row) => works.find((work) => work.id === id)
const byCurrency = (yuan: number) => ({
  fee: (_: Row, { in: currency }: Row) => (currency === 'CNY' ? yuan : yuan / 10),
})

let world: World

beforeAll(async () => {
  const makers = (said: string) => `union Maker = Person | Studio
    type Person @key(fields: "id") { id: ID! name: String ${said} fee(in: String = "CNY"): Int ${said} }
    type Studio @key(fields: "id") { id: ID! name: String ${said} fee(in: String = "CNY"): Int ${said} }`
  world = await startWorld({
    works: [
      `type Query { works: [Work!]! shelves: [[Book!]] any: [Any] things: [Thing!]! }
       interface Work @key(fields: "id") { id: ID! title: String }
       type Book implements Work @key(fields: "id") { id: ID! title: String size(in: String = "cm"): Size @shareable maker: Maker }
       type Film implements Work @key(fields: "id") { id: ID! title: String }
       type Size @shareable { wide: Int high: Int }
       ${makers('')}
       union Any = Box | Book
       interface Thing { id: ID! }
       type Box implements Thing @key(fields: "id") { id: ID! grams: Int }
       type Jar implements Thing @key(fields: "id") { id: ID! grams: Int }`,
      {
        Query: {
          works: () => works,
          shelves: () => [[works[0], works[2]], null, []],
          any: () => [{ __typename: 'Box', id: 'b' }, null, works[0]],
          things: () => [
            { __typename: 'Box', id: 'b' },
            { __typename: 'Jar', id: 'j' },
          ],
        },
        Work: { ...typed, __resolveReference: workOf },
        Book: {
          __resolveReference: workOf,
          title: ({ id }: Row) => `book ${String(id)}`,
          size: (_: Row, { in: unit }: Row) =>
            unit === 'cm' ? { wide: 10, high: 20 } : { wide: 4, high: 8 },
          maker: ({ id }: Row) =>
            id === '1' ? { __typename: 'Person', id: 'p' } : { __typename: 'Studio', id: 's' },
        },
        Film: { __resolveReference: workOf, title: ({ id }: Row) => `film ${String(id)}` },
        Any: typed,
        Maker: typed,
        Thing: typed,
        Person: { ...entity, name: () => 'Lao She', ...byCurrency(10) },
        Studio: { ...entity, name: () => 'Mingxing', ...byCurrency(50) },
        Box: { ...entity, grams: () => 5 },
        Jar: { ...entity, grams: () => 7 },
      },
    ],
    computed: [
      `type Book @key(fields: "id") {
         id: ID!
         size(in: String = "cm"): Size @external
         maker: Maker @external
         area: Int @requires(fields: "size(in: \\"in\\") { wide high }")
         by: String @requires(fields: "maker { ... on Person { name fee(in: \\"USD\\") } ... on Studio { name fee(in: \\"CNY\\") } }")
       }
       type Size @shareable { wide: Int high: Int }
       ${makers('@external')}
       interface Thing { id: ID! pull: Int }
       type Box implements Thing @key(fields: "id") { id: ID! grams: Int @external pull: Int @requires(fields: "grams") }
       type Jar implements Thing @key(fields: "id") { id: ID! grams: Int @external pull: Int @requires(fields: "grams") }`,
      {
        Book: {
          ...entity,
          area: ({ size }: { size: { wide: number; high: number } }) => size.wide * size.high,
          by: ({ maker: { name, fee } }: { maker: Row }) => `${String(name)} for ${String(fee)}`,
        },
        Maker: typed,
        Thing: typed,
        Box: { ...entity, pull: ({ grams }: Row) => Number(grams) * 10 },
        Jar: { ...entity, pull: ({ grams }: Row) => Number(grams) * 10 },
      },
    ],
    readers: [
      `type Mutation { praised(id: ID!): Work }
       type Work @key(fields: "id") @interfaceObject {
         id: ID!
         title: String @external
         shelf: String @requires(fields: "title")
         fans: [Fan!]!
         near: [Work!]!
       }
       type Fan { name: String }`,
      {
        Mutation: { praised: (_: unknown, { id }: Row) => ({ id }) },
        Work: {
          ...entity,
          shelf: ({ title }: Row) => `shelf of ${String(title)}`,
          fans: ({ id }: Row) => [{ name: `fan of ${String(id)}` }],
          near: ({ id }: Row) => [{ id: id === '1' ? '2' : '1' }],
        },
      },
    ],
  })
})

afterAll(() => world.stop())

describe('@requires through unions and interfaces', () => {
  it('takes a field with other arguments of each type of a union, whatever the client asks of it', async () => {
    const query = '{ shelves { by area size { wide } maker { ... on Person { fee } } } }'
    const size = { wide: 10 }
    const books = [
      { by: 'Lao She for 1', area: 32, size, maker: { fee: 10 } },
      { by: 'Mingxing for 50', area: 32, size, maker: {} },
    ]
    expect(await world.answers(query)).toBe(expected({ data: { shelves: [books, null, []] } }))
  })

  it('is told of each type behind an interface, and of those of a union beside null', async () => {
    const query =
      '{ things { pull ... on Box { grams } } any { __typename ... on Box { pull } ... on Book { by } } }'
    const things = [{ pull: 50, grams: 5 }, { pull: 70 }]
    const any = [{ __typename: 'Box', pull: 50 }, null, { __typename: 'Book', by: 'Lao She for 1' }]
    expect(await world.answers(query)).toBe(expected({ data: { things, any } }))
  })
})

describe('@interfaceObject', () => {
  it('computes from what only the types know, in lists, unions and by fragments on the interface', async () => {
    const query = `{ works { shelf fans { name } } any { ... on Book { ...W } } } fragment W on Work { t: __typename shelf }`
    const works = [
      { shelf: 'shelf of book 1', fans: [{ name: 'fan of 1' }] },
      { shelf: 'shelf of film 2', fans: [{ name: 'fan of 2' }] },
      { shelf: 'shelf of book 3', fans: [{ name: 'fan of 3' }] },
    ]
    const any = [{}, null, { t: 'Book', shelf: 'shelf of book 1' }]
    expect(await world.answers(query)).toBe(expected({ data: { works, any } }))
  })

  it('finds out types for what it brings itself, after a mutation too, and goes on from there', async () => {
    const query = `mutation { first: praised(id: "3") { __typename title ... on Book { by } }
      second: praised(id: "2") { ... on Book { by } near { __typename shelf ... on Book { by } near { title } } } }`
    const near = [
      { __typename: 'Book', shelf: 'shelf of book 1', by: 'Lao She for 1', near: [{ title: 'film 2' }] },
    ]
    const first = { __typename: 'Book', title: 'book 3', by: 'Mingxing for 50' }
    expect(await world.answers(query)).toBe(expected({ data: { first, second: { near } } }))
  })
})
