import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { Pool } from 'undici'

// What the deep query costs a program that was written for it alone: the same requests to the same subgraphs in the same
// order, joined by hand. It plans, checks and guards nothing.

interface Row {
  [name: string]: unknown
}

const addresses = readFileSync(process.env['SUPERGRAPH'] ?? '', 'utf8').matchAll(
  /@join__graph\(name: "(\w+)", url: "(http:\/\/[^/"]+)/g,
)
const pools = new Map([...addresses].map(([, name, origin = '']) => [name, new Pool(origin)]))
const headers = { 'content-type': 'application/json' }

async function ask(subgraph: string, query: string, variables?: object): Promise<Row> {
  const body = JSON.stringify({ query, variables })
  const answer = await pools.get(subgraph)?.request({ method: 'POST', path: '/graphql', headers, body })
  const { data } = JSON.parse((await answer?.body.text()) ?? '') as { data: Row }
  return data
}

/** Asks for entities, each once, and gives what comes to every row that stands for one. */
async function give(subgraph: string, rows: readonly Row[], keys: readonly string[], on: string) {
  const groups = Map.groupBy(rows, (row) => keys.map((key) => String(row[key])).join())
  const firsts = [...groups.values()].map(([first]) => first ?? {})
  const representations = firsts.map((row) => Object.fromEntries(keys.map((key) => [key, row[key]])))
  const query = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${on} } }`
  const { _entities: entities } = await ask(subgraph, query, { representations })
  let at = 0
  for (const group of groups.values()) {
    const entity = (entities as Row[])[at++]
    for (const row of group) Object.assign(row, entity)
  }
}

const under = (rows: readonly Row[], name: string): Row[] => [
  ...new Set(rows.flatMap((row) => (row[name] ?? []) as Row[])),
]

const UPC = ['__typename', 'upc']
const ID = ['__typename', 'id']
const LEAVES = 'reviews { id body product { __typename upc } }'
const TREE = `reviews { id body author { __typename id ${LEAVES} } }`

async function fillProducts(rows: readonly Row[]): Promise<void> {
  const priced = give('products', rows, UPC, 'Product { name price weight }').then(() =>
    give('inventory', rows, [...UPC, 'price', 'weight'], 'Product { shippingEstimate }'),
  )
  await Promise.all([priced, give('inventory', rows, UPC, 'Product { inStock }')])
}

async function fillAuthors(products: readonly Row[]): Promise<void> {
  const authors = under(under(products, 'reviews'), 'author')
  const named = give('accounts', authors, ID, 'User { username name }')
  await Promise.all([named, fillProducts(under(under(authors, 'reviews'), 'product'))])
}

async function users(): Promise<Row[]> {
  const { users: rows } = (await ask('accounts', '{ users { __typename id username name } }')) as {
    users: Row[]
  }
  await give('reviews', rows, ID, `User { reviews { id body product { __typename upc ${TREE} } } }`)
  const products = under(under(rows, 'reviews'), 'product')
  await Promise.all([fillProducts(products), fillAuthors(products)])
  return rows
}

async function topProducts(): Promise<Row[]> {
  const query = '{ topProducts { __typename name price upc weight } }'
  const { topProducts: rows } = (await ask('products', query)) as { topProducts: Row[] }
  const reviewed = give('reviews', rows, UPC, `Product { ${TREE} }`).then(() => fillAuthors(rows))
  const stock = give('inventory', rows, [...UPC, 'price', 'weight'], 'Product { inStock shippingEstimate }')
  await Promise.all([reviewed, stock])
  return rows
}

function withoutTypes(name: string, value: unknown): unknown {
  return name === '__typename' ? undefined : value
}

async function answer(): Promise<string> {
  const [first, second] = await Promise.all([users(), topProducts()])
  return JSON.stringify({ data: { users: first, topProducts: second } }, withoutTypes)
}

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    void answer().then((text) => response.writeHead(200, headers).end(text))
  })
})
server.listen(Number(process.env['PORT']), '127.0.0.1')
