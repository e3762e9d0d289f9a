import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { composeServices } from '@apollo/composition'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { graphql, parse, type GraphQLSchema } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import { answerParent, micros } from './subscriptions-child.ts'

// Three subgraphs in memory, in a process of their own: sales as a stream, books and people as what its events lead to.

const HEAD = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])`
const TYPES = {
  sales: `${HEAD}
    type Query { shops: Int }
    type Subscription { sales(after: String, counter: Int): Sale! }
    type Sale { cursor: String! at: String! note: String book: Book! }
    type Book @key(fields: "id", resolvable: false) { id: ID! }`,
  books: `${HEAD}
    type Book @key(fields: "id") { id: ID! title: String! author: Person! }
    type Person @key(fields: "id", resolvable: false) { id: ID! }`,
  people: `${HEAD}
    type Person @key(fields: "id") { id: ID! name: String! }`,
} as const

interface Sale {
  readonly cursor: string
  readonly at: string
  readonly note: string
  readonly book: { readonly id: string }
}

/** The sales of one counter, all kept, and who waits for the next. */
class Counter {
  readonly sales: Sale[] = []
  open = 0
  private waiting: (() => void)[] = []

  add(note: string): void {
    const number = this.sales.length + 1
    const book = { id: String(number % 20) }
    this.sales.push({ cursor: `c${number}`, at: String(micros()), note, book })
    for (const wake of this.waiting.splice(0)) wake()
  }

  follow(after: string | undefined): AsyncIterableIterator<Sale> {
    let at = after === undefined ? this.sales.length : Number(after.slice(1))
    const ended = { yet: false }
    this.open += 1
    const end = (): Promise<IteratorResult<Sale>> => {
      if (!ended.yet) this.open -= 1
      ended.yet = true
      return Promise.resolve({ done: true, value: undefined })
    }
    const iterator: AsyncIterableIterator<Sale> = {
      next: async () => {
        while (!ended.yet && at >= this.sales.length)
          await new Promise<void>((resolve) => this.waiting.push(resolve))
        const value = this.sales[at++]
        return ended.yet || !value ? end() : { done: false, value }
      },
      return: end,
      [Symbol.asyncIterator]: () => iterator,
    }
    return iterator
  }
}

const counters = new Map<number, Counter>()
const counterOf = (number: number): Counter => {
  const counter = counters.get(number) ?? new Counter()
  counters.set(number, counter)
  return counter
}

const RESOLVERS = {
  sales: {
    Subscription: {
      sales: {
        subscribe: (_: unknown, { after, counter }: { after?: string; counter?: number }) =>
          counterOf(counter ?? 0).follow(after),
        resolve: (sale: Sale) => sale,
      },
    },
  },
  books: {
    Book: {
      __resolveReference: ({ id }: { id: string }) => ({ id, title: `Book ${id}`, author: { id: `p${id}` } }),
    },
  },
  people: { Person: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Person ${id}` }) } },
}

async function serve(name: keyof typeof TYPES) {
  const typeDefs = parse(TYPES[name])
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: RESOLVERS[name] as never }])
  const answers = new Map<string, Promise<string>>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      const text = answers.get(body) ?? answer(schema, body)
      answers.set(body, text)
      void text.then((ready) => response.writeHead(200, { 'content-type': 'application/json' }).end(ready))
    })
  })
  if (name === 'sales') useServer({ schema }, new WebSocketServer({ server, path: '/graphql' }))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return { name, typeDefs, url: `http://127.0.0.1:${port}/graphql` }
}

async function answer(schema: GraphQLSchema, body: string): Promise<string> {
  const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> }
  return JSON.stringify(await graphql({ schema, source: query, variableValues: variables ?? null }))
}

const services = await Promise.all((['sales', 'books', 'people'] as const).map(serve))
const { supergraphSdl = '' } = composeServices(services)
const supergraph = path.join(mkdtempSync(path.join(tmpdir(), 'bench-subscriptions-')), 'supergraph.graphql')
writeFileSync(supergraph, supergraphSdl)

/** Sells so much in each second, at one counter or at these in turn, until so many are sold; all at once without a rate. */
async function sell({ count = 1, perSecond = 0, among = 1, counter = 0, note = '' }): Promise<void> {
  const startedAt = micros()
  for (let sold = 0; sold < count;) {
    const due = perSecond === 0 ? count : Math.min(count, ((micros() - startedAt) / 1e6) * perSecond)
    for (; sold < due; sold++) counterOf(counter + (sold % among)).add(note)
    if (sold < count) await new Promise((later) => setTimeout(later, 2))
  }
}

answerParent({
  supergraph: () => supergraph,
  open: () => [...counters.values()].reduce((all, { open }) => all + open, 0),
  sell,
})
