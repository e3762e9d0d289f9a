import { startWorld, type World } from './gateway-conformance.ts'

interface Post {
  readonly id: string
  readonly price?: number | null
  readonly comments?: readonly { readonly id: string }[]
  readonly maker?: { readonly score: number } | null
  readonly parts?: readonly { readonly size: number }[]
}

const RATES: Readonly<Record<string, number>> = { CNY: 1, USD: 7, EUR: 8, JPY: 5 }
const priceOf = ({ id }: Post, { in: currency }: { in: string }) =>
  id === 'p3' ? null : Number(id.slice(1)) * 100 + (RATES[currency] ?? 0)

/** Posts whose prices and comments take arguments, and subgraphs that require them with arguments of their own. */
export function startPrices(): Promise<World> {
  return startWorld({
    feed: [
      `type Query { post(id: ID! = "p1"): Post posts: [Post!]! thing: Thing things: [Thing!]! }
       type Mutation { touch(id: ID!): Post }
       interface Thing { id: ID! }
       type Post implements Thing @key(fields: "id") { id: ID! }
       type Note implements Thing @key(fields: "id") { id: ID! text: String }`,
      {
        Query: {
          post: (_: unknown, { id }: Post) => ({ id }),
          posts: () => [{ id: 'p1' }, { id: 'p2' }, { id: 'p3' }],
          thing: () => ({ __typename: 'Post', id: 'p1' }),
          things: () => [
            { __typename: 'Post', id: 'p1' },
            { __typename: 'Note', id: 'n1', text: 'x' },
            { __typename: 'Post', id: 'p2' },
          ],
        },
        Mutation: { touch: (_: unknown, { id }: Post) => ({ id }) },
        Thing: { __resolveType: (row: { __typename: string }) => row.__typename },
      },
    ],
    posts: [
      `type Post @key(fields: "id") { id: ID! title: String weight: Int! price(in: String = "CNY"): Float comments(limit: Int! = 9): [Comment!]! maker: Maker parts: [Part!]! }
       type Maker @shareable { name: String score(of: Int = 1): Int! }
       type Part @shareable { size(unit: Unit = CM): Int! }
       enum Unit { CM MM }
       type Comment @key(fields: "id") { id: ID! body(upper: Boolean = false): String! }`,
      {
        Post: {
          __resolveReference: ({ id }: Post) => ({ id }),
          title: ({ id }: Post) => `Title ${id}`,
          weight: ({ id }: Post) => Number(id.slice(1)) * 10,
          price: priceOf,
          comments: (_: unknown, { limit }: { limit: number }) =>
            ['c1', 'c2', 'c3', 'c4'].slice(0, limit).map((id) => ({ id })),
          maker: ({ id }: Post) => (id === 'p2' ? null : { name: `Maker ${id}` }),
          parts: () => [1, 2],
        },
        Maker: { score: (_: unknown, given: { of: number }) => given.of * 11 },
        Part: { size: (part: number, { unit }: { unit: string }) => part * (unit === 'MM' ? 10 : 1) },
        Comment: {
          __resolveReference: ({ id }: Post) => ({ id }),
          body: ({ id }: Post, { upper }: { upper: boolean }) => (upper ? id.toUpperCase() : id),
        },
      },
    ],
    stats: [
      `type Post @key(fields: "id") {
         id: ID!
         weight: Int! @external
         price(in: String = "CNY"): Float @external
         comments(limit: Int! = 9): [Comment!]! @external
         maker: Maker @external
         parts: [Part!]! @external
         usd: String @requires(fields: "price(in: \\"USD\\")")
         eur: String @requires(fields: "price(in: \\"EUR\\")")
         home: String @requires(fields: "price")
         weighed: String @requires(fields: "weight price(in: \\"USD\\")")
         heads(sep: String = "-"): String @requires(fields: "comments(limit: 3) { id }")
         score: Int @requires(fields: "maker { score(of: 2) }")
         score3: Int @requires(fields: "maker { score(of: 3) }")
         size: Int @requires(fields: "parts { size(unit: MM) }")
         plain: String
       }
       type Maker { score(of: Int = 1): Int! @external }
       type Part { size(unit: Unit = CM): Int! @external }
       enum Unit { CM MM }
       type Comment @key(fields: "id") { id: ID! }`,
      {
        Post: {
          __resolveReference: (given: Post) => given,
          usd: ({ price }: Post) => `usd ${price}`,
          eur: ({ price }: Post) => `eur ${price}`,
          home: ({ price }: Post) => `home ${price}`,
          weighed: ({ weight, price }: Post & { weight: number }) => `${weight} at ${price}`,
          heads: ({ comments = [] }: Post, { sep }: { sep: string }) =>
            comments.map(({ id }) => id).join(sep),
          score: ({ maker }: Post) => maker?.score ?? null,
          score3: ({ maker }: Post) => maker?.score ?? null,
          size: ({ parts = [] }: Post) => parts.reduce((sum, { size }) => sum + size, 0),
          plain: ({ id }: Post) => `plain ${id}`,
        },
      },
    ],
    chain: [
      `type Post @key(fields: "id") { id: ID! usd: String @external eur: String @external both: String @requires(fields: "usd eur") }`,
      {
        Post: {
          both: (row: { usd: string; eur: string }) => `${row.usd} ${row.eur}`,
          __resolveReference: (row: unknown) => row,
        },
      },
    ],
  })
}
