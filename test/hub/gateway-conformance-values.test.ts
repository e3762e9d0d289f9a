import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expected, startWorld, type World } from '../support/gateway-conformance.ts'

type Row = Readonly<Record<string, unknown>>

const both = [
  { __typename: 'One', id: '1' },
  { __typename: 'Two', id: '2' },
]
const entity = { __resolveReference: (row: Row) => row }
const typed = { __resolveType: (row: Row) => row['__typename'] }

let world: World

beforeAll(async () => {
  world = await startWorld({
    list: [
      `type Query { things: [Thing!]! }
       interface Thing @key(fields: "id") { id: ID! }
       type One implements Thing @key(fields: "id") { id: ID! }
       type Two implements Thing @key(fields: "id") { id: ID! }`,
      { Query: { things: () => both }, Thing: typed, One: entity, Two: entity },
    ],
    says: [
      `type Query { sayings: [Saying!]! }
       interface Saying { is: Boolean count: Int word: String none: Int fails: Int }
       type One implements Saying @key(fields: "id") { id: ID! is: Boolean! count: Int! word: String! none: Int fails: Int }
       type Two implements Saying @key(fields: "id") { id: ID! is: Boolean count: Int word: String none: Int fails: Int! }`,
      {
        Query: { sayings: () => both },
        Saying: typed,
        One: { ...entity, is: () => true, count: () => 1, word: () => 'w', fails: () => 1 },
        Two: {
          ...entity,
          is: () => false,
          count: () => 0,
          word: () => '',
          fails: () => {
            throw new Error('of one entity')
          },
        },
      },
    ],
  })
})

afterAll(() => world.stop())

describe('a field that is never null for one type and may be for another', () => {
  const values = [
    { is: true, count: 1, word: 'w', none: null },
    { is: false, count: 0, word: '', none: null },
  ]

  it('keeps what is false, nought and empty, wherever it is asked for', async () => {
    expect(await world.answers('{ things { ... on Saying { is count word none } } }')).toBe(
      expected({ data: { things: values } }),
    )
    expect(await world.answers('{ sayings { is count word none } }')).toBe(
      expected({ data: { sayings: values } }),
    )
  })

  it('is called in an error as the client calls it', async () => {
    expect(await world.answers('{ things { id ... on Saying { word: fails } } }')).toBe(
      expected({ data: null, errors: ['things.1.word says INTERNAL'] }),
    )
  })
})
