import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { composeServices } from '@apollo/composition'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { graphql, parse } from 'graphql'

/** Four subgraphs over a small shop; every request is answered from memory after the first, so that only the gateway works. */
const HEAD = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@external", "@requires", "@provides"])`

const TYPES: Readonly<Record<string, string>> = {
  accounts: `${HEAD}
    type Query { me: User users: [User] user(id: ID!): User }
    type Mutation { rename(id: ID!, name: String!): User }
    type User @key(fields: "id") { id: ID! name: String username: String birthday: Int }`,
  inventory: `${HEAD}
    type Product @key(fields: "upc") { upc: String! weight: Int @external price: Int @external inStock: Boolean shippingEstimate: Int @requires(fields: "price weight") }`,
  products: `${HEAD}
    type Query { topProducts(first: Int = 5): [Product] }
    type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
  reviews: `${HEAD}
    type Review @key(fields: "id") { id: ID! body: String author: User product: Product }
    type User @key(fields: "id") { id: ID! reviews: [Review] }
    type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
}

const USERS = Array.from({ length: 56 }, (_, at) => ({
  id: `${at + 1}`,
  name: `User number ${at + 1}`,
  username: `@user${at + 1}`,
  birthday: 1990 + at,
}))
const PRODUCTS = Array.from({ length: 55 }, (_, at) => ({
  upc: `${at + 1}`,
  name: `Product ${at + 1}`,
  price: 899 + at,
  weight: 100 * at,
  inStock: at % 2 === 0,
}))
/** The first few are about each other's products, which is what makes the deep query deep; the others fill the page. */
const REVIEWS = Array.from({ length: 114 }, (_, at) => ({
  id: `${at + 1}`,
  body: 'Love it, but could be better: sits well, is prone to tip over.',
  author: { id: `${at < 14 ? (at % 3) + 1 : ((at - 14) % 50) + 7}` },
  product: { upc: `${at < 14 ? (at % 5) + 1 : ((at - 14) % 50) + 6}` },
}))

const user = ({ id }: { id: string }) => USERS.find((row) => row.id === id)
const RESOLVERS: Readonly<Record<string, object>> = {
  accounts: {
    Query: {
      me: () => USERS[0],
      users: () => USERS.slice(0, 6),
      user: (_: unknown, given: { id: string }) => user(given),
    },
    Mutation: {
      rename: (_: unknown, given: { id: string; name: string }) => ({ ...user(given), name: given.name }),
    },
    User: { __resolveReference: user },
  },
  inventory: {
    Product: {
      __resolveReference: (given: { upc: string }) => ({
        ...given,
        inStock: PRODUCTS.find(({ upc }) => upc === given.upc)?.inStock,
      }),
      shippingEstimate: ({ price, weight }: { price: number; weight: number }) =>
        price > 1000 ? 0 : Math.round(weight * 0.5),
    },
  },
  products: {
    Query: { topProducts: (_: unknown, { first }: { first: number }) => PRODUCTS.slice(0, first) },
    Product: { __resolveReference: ({ upc }: { upc: string }) => PRODUCTS.find((row) => row.upc === upc) },
  },
  reviews: {
    Review: { __resolveReference: ({ id }: { id: string }) => REVIEWS.find((row) => row.id === id) },
    User: { reviews: ({ id }: { id: string }) => REVIEWS.filter(({ author }) => author.id === id) },
    Product: { reviews: ({ upc }: { upc: string }) => REVIEWS.filter(({ product }) => product.upc === upc) },
  },
}

/** Operations of four kinds. */
export const OPERATIONS: Readonly<Record<string, string>> = {
  deep: `fragment U on User { id username name }
    fragment R on Review { id body }
    fragment P on Product { inStock name price shippingEstimate upc weight }
    query Deep {
      users { ...U reviews { ...R product { ...P reviews { ...R author { ...U reviews { ...R product { ...P } } } } } } }
      topProducts { ...P reviews { ...R author { ...U reviews { ...R product { ...P } } } } }
    }`,
  small: '{ me { id name } }',
  page: '{ topProducts(first: 50) { upc name inStock reviews { id body author { name } } } }',
  mutation: 'mutation { rename(id: "1", name: "x") { id name reviews { id } } }',
}

export interface MemoisedSubgraphs {
  /** The file of their supergraph. */
  readonly supergraph: string
  /** How many requests they have had. */
  readonly asked: () => number
  readonly stop: () => void
}

/** Starts the subgraphs. */
export async function startMemoisedSubgraphs(): Promise<MemoisedSubgraphs> {
  let count = 0
  const counting = (): void => void (count += 1)
  const services = await Promise.all(
    Object.entries(TYPES).map(([name, sdl]) => startMemoised(name, sdl, counting)),
  )
  const { supergraphSdl, errors } = composeServices(services)
  if (supergraphSdl === undefined) throw new Error(errors?.join('\n'))
  const supergraph = path.join(mkdtempSync(path.join(tmpdir(), 'gateway-bench-')), 'supergraph.graphql')
  writeFileSync(supergraph, supergraphSdl)
  return { supergraph, asked: () => count, stop: () => services.forEach(({ stop }) => stop()) }
}

async function startMemoised(name: string, sdl: string, counting: () => void) {
  const typeDefs = parse(sdl)
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: (RESOLVERS[name] ?? {}) as never }])
  const answers = new Map<string, Promise<string>>()
  const answer = async (body: string): Promise<string> => {
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> }
    return JSON.stringify(await graphql({ schema, source: query, variableValues: variables ?? null }))
  }
  const server = createServer((request, response) => {
    counting()
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      const text = answers.get(body) ?? answer(body)
      answers.set(body, text)
      void text.then((ready) => response.writeHead(200, { 'content-type': 'application/json' }).end(ready))
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return { name, typeDefs, url: `http://127.0.0.1:${port}/graphql`, stop: () => server.close() }
}
