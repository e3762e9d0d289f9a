/** A supergraph with what federation offers, over invented goods, people and films; used to compare executors. */
const HEAD = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject", "@override", "@inaccessible"])`

type Row = Readonly<Record<string, unknown>>
type Resolvers = Record<string, Record<string, unknown>>

const GOODS: Row[] = [
  { id: '1', sku: 's1', name: 'Kettle', price: 12.5, grade: 'A', weight: 3, maker: { city: 'Jinan' } },
  { id: '2', sku: 's2', name: 'Lamp', price: 30, grade: 'B', weight: 1, maker: null },
  { id: '3', sku: 's3', name: 'Chair', price: null, grade: 'A', weight: 9, maker: { city: 'Licheng' } },
]
const USERS: Row[] = [
  { id: 'u1', email: 'a@x', name: 'Ada', friends: ['u2', 'u3'], best: 'u2', city: 'Jinan' },
  { id: 'u2', email: 'b@x', name: 'Bo', friends: ['u1'], best: 'u1', city: 'Zhangqiu' },
  { id: 'u3', email: 'c@x', name: null, friends: [], best: null, city: null },
]
const REVIEWS: Row[] = [
  { id: 'r1', body: 'good "indeed"', author: 'u1', goods: '1', stars: 5 },
  { id: 'r2', body: 'bad\nvery', author: 'u2', goods: '1', stars: 1 },
  { id: 'r3', body: '', author: 'u1', goods: '2', stars: 4 },
  { id: 'r4', body: '还行', author: 'u3', goods: '3', stars: 3 },
]
const MEDIA: Row[] = [
  { __typename: 'Film', id: 'm1', title: 'Red Sorghum', minutes: 95 },
  { __typename: 'Song', id: 'm2', title: 'Jasmine', singer: 'u1' },
  { __typename: 'Film', id: 'm3', title: 'Yi Yi', minutes: 173 },
]

const by = (rows: readonly Row[], key: string, value: unknown): Row | null =>
  rows.find((row) => row[key] === value) ?? null
const fail = (message: string) => (): never => {
  throw new Error(message)
}
const userOf = (id: unknown): Row | null => (id ? { __typename: 'User', id } : null)

export const SHOP_TYPES: Readonly<Record<string, string>> = {
  goods: `${HEAD}
    type Query { goods(first: Int = 10): [Goods!]! one(id: ID!): Goods maybe: [Goods] media: [Media!]! search(word: String): [Found!]! node(id: ID!): Node nothing: Goods wrong: Int }
    interface Node { id: ID! }
    enum Grade { A B }
    union Found = Goods | Film | User
    type Goods implements Node @key(fields: "id") @key(fields: "sku") { id: ID! sku: ID! name: String! price(in: String = "CNY"): Float grade: Grade weight: Int! maker: Maker @shareable part: Part @shareable badge: Badge @shareable alike: [[Goods]!] pair: [Goods!]! secret: String @inaccessible }
    type Maker @shareable { city: String! }
    type Part { left: Int }
    type Badge { left: String }
    interface Media @key(fields: "id") { id: ID! title: String! }
    type Film implements Media & Node @key(fields: "id") { id: ID! title: String! minutes: Int! }
    type Song implements Media & Node @key(fields: "id") { id: ID! title: String! singer: User }
    type User @key(fields: "id", resolvable: false) { id: ID! }`,
  reviews: `${HEAD}
    type Query { reviews: [Review!]! }
    type Mutation { addReview(body: String!): Review! second(body: String!): Review! }
    type Review @key(fields: "id") { id: ID! body: String! stars: Int! author: User! @provides(fields: "name") goods: Goods! touchy: String brittle: String! }
    type User @key(fields: "id") { id: ID! name: String @external reviews(min: Int = 0): [Review!]! }
    type Goods @key(fields: "id") { id: ID! reviews: [Review!]! average: Float part: Part @shareable rank: Int! }
    type Part { right: Int }
    type Media @key(fields: "id") @interfaceObject { id: ID! ratings: [Int!]! critic: User }`,
  users: `${HEAD}
    type Query { me: User users: [User]! userByEmail(email: String!): User }
    type User @key(fields: "id") @key(fields: "email") { id: ID! email: String! name: String @shareable friends: [User!]! best: User home: Home surname: String! }
    type Home { city: String! street: String }`,
  stock: `${HEAD}
    type Query { empty: [Goods!]! }
    type Goods @key(fields: "sku") { sku: ID! weight: Int! @external price(in: String = "CNY"): Float @external maker: Maker @external badge: Badge @shareable shipping: Int! @requires(fields: "weight") duty: Float @requires(fields: "price") origin: String @requires(fields: "maker { city }") inStock: Boolean! shelf: Shelf }
    type Maker { city: String! @external }
    type Badge { right: String }
    type Shelf { row: Int! goods: [Goods!]! }`,
}

/** Resolvers by room; some fail for some objects, as in life. */
export const SHOP_RESOLVERS: Readonly<Record<string, Resolvers>> = {
  goods: {
    Query: {
      goods: (_: unknown, { first }: { first: number }) => GOODS.slice(0, first),
      one: (_: unknown, { id }: { id: string }) => by(GOODS, 'id', id),
      maybe: () => [GOODS[0], null, GOODS[2]],
      media: () => MEDIA,
      search: () => [{ __typename: 'Goods', ...GOODS[1] }, MEDIA[0], { __typename: 'User', id: 'u2' }],
      node: (_: unknown, { id }: { id: string }) =>
        id === '1' ? { __typename: 'Goods', ...GOODS[0] } : by(MEDIA, 'id', id),
      nothing: () => null,
      wrong: fail('wrong'),
    },
    Node: { __resolveType: (row: Row) => row['__typename'] },
    Media: {
      __resolveType: (row: Row) => row['__typename'],
      __resolveReference: ({ id }: Row) => by(MEDIA, 'id', id),
    },
    Found: { __resolveType: (row: Row) => row['__typename'] },
    Film: { __resolveReference: ({ id }: Row) => by(MEDIA, 'id', id) },
    Song: {
      __resolveReference: ({ id }: Row) => by(MEDIA, 'id', id),
      singer: ({ singer }: Row) => userOf(singer),
    },
    Goods: {
      __resolveReference: ({ id, sku }: Row) => (id ? by(GOODS, 'id', id) : by(GOODS, 'sku', sku)),
      price: ({ price }: Row, { in: currency }: { in: string }) =>
        currency === 'USD' && typeof price === 'number' ? price / 7 : price,
      part: ({ id }: Row) => (id === '2' ? null : { left: Number(id) }),
      badge: ({ id }: Row) => ({ left: id }),
      alike: ({ id }: Row) => (id === '1' ? [[GOODS[1], null], []] : null),
      pair: ({ id }: Row) => [by(GOODS, 'id', id), GOODS[0]],
    },
  },
  reviews: {
    Query: { reviews: () => REVIEWS },
    Mutation: {
      addReview: (_: unknown, { body }: { body: string }) => ({ ...REVIEWS[0], id: 'n1', body }),
      second: (_: unknown, { body }: { body: string }) => ({ ...REVIEWS[1], id: 'n2', body }),
    },
    Review: {
      __resolveReference: ({ id }: Row) => by(REVIEWS, 'id', id),
      author: ({ author }: Row) => by(USERS, 'id', author),
      goods: ({ goods }: Row) => ({ id: goods }),
      touchy: ({ id }: Row) => (id === 'r2' ? fail('touchy')() : 'calm'),
      brittle: ({ id }: Row) => (id === 'r3' ? fail('brittle')() : 'whole'),
    },
    User: {
      __resolveReference: ({ id }: Row) => ({ id }),
      reviews: ({ id }: Row, { min }: { min: number }) =>
        REVIEWS.filter(({ author, stars }) => author === id && Number(stars) >= min),
    },
    Goods: {
      __resolveReference: ({ id }: Row) => ({ id }),
      reviews: ({ id }: Row) => REVIEWS.filter(({ goods }) => goods === id),
      average: ({ id }: Row) => (id === '2' ? fail('average')() : Number(id) / 3),
      part: ({ id }: Row) => (id === '2' ? null : { right: -Number(id) }),
      rank: ({ id }: Row) => (id === '3' ? fail('rank')() : Number(id)),
    },
    Media: {
      __resolveReference: ({ id }: Row) => ({ id }),
      ratings: ({ id }: Row) => (id === 'm2' ? [] : [1, 2]),
      critic: ({ id }: Row) => (id === 'm1' ? by(USERS, 'id', 'u2') : null),
    },
  },
  users: {
    Query: {
      me: () => USERS[0],
      users: () => [USERS[0], null, USERS[2]],
      userByEmail: (_: unknown, { email }: { email: string }) => by(USERS, 'email', email),
    },
    User: {
      __resolveReference: ({ id, email }: Row) => (id ? by(USERS, 'id', id) : by(USERS, 'email', email)),
      friends: ({ friends }: Row) => (friends as string[]).map((id) => by(USERS, 'id', id)),
      best: ({ best }: Row) => by(USERS, 'id', best),
      home: ({ city }: Row) => (city ? { city, street: null } : null),
      surname: ({ id }: Row) => (id === 'u3' ? fail('surname')() : `Family of ${String(id)}`),
    },
  },
  stock: {
    Query: { empty: () => [] },
    Goods: {
      // The third is not known here: what it would add is null, or moves up.
      __resolveReference: (given: Row) => (given['sku'] === 's3' ? null : given),
      shipping: ({ weight }: Row) => Number(weight) * 2,
      duty: ({ price }: Row) => (typeof price === 'number' ? price / 10 : null),
      origin: ({ maker }: Row) => (maker as Row | null)?.['city'] ?? null,
      inStock: ({ sku }: Row) => sku === 's1',
      badge: ({ sku }: Row) => ({ right: sku }),
      shelf: ({ sku }: Row) => ({ row: 4, goods: [{ sku }, { sku: 's1' }] }),
    },
  },
}
