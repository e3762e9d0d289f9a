import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { composeServices } from '@apollo/composition'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse, type GraphQLSchema } from 'graphql'
import type { Caller } from '@hub/kit/caller.ts'
import { refusalsOf } from '@hub/kit/errors.ts'
import { openLog } from '@hub/kit/log.ts'
import type { Running } from '@hub/kit/run.ts'
import { startSubgraph } from '@hub/kit/serve.ts'
import { EventShelf } from './gateway-events.ts'

/** A supergraph that has nothing to do with hotlines: books, the people who write them, and how many stand on the shelf. */
export const CALLER_KEY = 'gateway-test-key-gateway-test-key-gateway-0'

const HEAD = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@external", "@requires", "@provides"])`

const TYPES = {
  books: `${HEAD}
    type Query { books(first: Int): [Book!]! book(id: ID!): Book forbidden: String broken: String whoAsks: WhoAsks! slow(ms: Int!): String }
    type Mutation { addBook(title: String!): Book! failToAdd: Book! }
    type Subscription {
      bookEvents(after: String, only: String): BookEvent!
      ticks(count: Int!): Int!
      gossip: Gossip!
      refused: BookEvent!
      ownEvents(after: String): BookEvent!
    }
    type WhoAsks { subject: String! role: String! department: String locale: String! requestId: String! idempotencyKey: String }
    type Gossip { text: String! book: Book }
    type BookEvent { cursor: String! kind: String! book: Book broken: String whole: String! }
    interface Item { id: ID! title: String! }
    type Book implements Item @key(fields: "id") { id: ID! title: String! author: Person! related: [Item!]! pages: Int @shareable }
    type Magazine implements Item @key(fields: "id") { id: ID! title: String! issue: Int! }
    type Person @key(fields: "id", resolvable: false) { id: ID! }`,
  people: `${HEAD}
    type Query { people: [Person!]! person(id: ID!): Person }
    type Person @key(fields: "id") { id: ID! name: String! nickname: String }`,
  stock: `${HEAD}
    type Query { shelves: [String!]! }
    type Book @key(fields: "id") { id: ID! title: String! @external copies: Int! label: String! @requires(fields: "title") }
    type Magazine @key(fields: "id") { id: ID! copies: Int! }`,
} as const

export type Room = keyof typeof TYPES
const ROOMS = Object.keys(TYPES) as Room[]

const BOOKS = [
  { id: '1', title: 'A Dream of Red Mansions', author: { id: 'cao' }, pages: 1200 },
  { id: '2', title: 'Fortress Besieged', author: { id: 'qian' }, pages: 359 },
  { id: '3', title: 'Teahouse', author: { id: 'lao' }, pages: null },
]
const PEOPLE: Record<string, string> = { cao: 'Cao Xueqin', qian: 'Qian Zhongshu' }

const refuse = refusalsOf({
  BOOK_LOCKED: { 'zh-CN': '图书 {id} 已锁定。', en: 'Book {id} is locked.', meaning: 'A test refusal.' },
})

interface Context {
  readonly caller: Caller
}

/** Counts what reaches a room, so that a test can say that nothing more was asked. */
export interface Library {
  readonly events: EventShelf
  /** Which books each department may follow; one that is not named may follow none. */
  readonly rights: Map<string, readonly string[]>
  readonly supergraphFile: string
  readonly supergraphSdl: string
  /** The names of subgraph operations, as they came: `books Query.books`. */
  readonly asked: string[]
  readonly url: (room: Room) => string
  stopRoom(room: Room): Promise<void>
  startRoom(room: Room): Promise<void>
  stop(): Promise<void>
}

function resolversOf({
  events,
  asked,
  rights,
}: Pick<Library, 'events' | 'asked' | 'rights'>): Record<Room, Record<string, unknown>> {
  const bookOf = (id: string) => BOOKS.find((book) => book.id === id) ?? null
  const note = <T>(what: string, value: T): T => {
    asked.push(what)
    return value
  }
  return {
    books: {
      Query: {
        books: (_: unknown, { first }: { first?: number }) =>
          note('books Query.books', BOOKS.slice(0, first ?? 99)),
        book: (_: unknown, { id }: { id: string }) => bookOf(id),
        forbidden: () => {
          throw refuse('BOOK_LOCKED', { id: 7 })
        },
        broken: () => {
          throw new Error('the password is swordfish')
        },
        slow: (_: unknown, { ms }: { ms: number }) =>
          new Promise((done) => setTimeout(() => done('late'), ms)),
        whoAsks: (_: unknown, __: unknown, { caller }: Context) => ({
          ...caller,
          department: caller.attributes['department'],
        }),
      },
      Mutation: {
        addBook: (_: unknown, { title }: { title: string }) =>
          note('books Mutation.addBook', { id: '9', title, author: { id: 'cao' }, pages: 1 }),
        failToAdd: () => {
          throw refuse('BOOK_LOCKED', { id: 9 })
        },
      },
      Subscription: {
        bookEvents: {
          subscribe: (_: unknown, { after }: { after?: string }) => events.follow(after),
          resolve: (event: unknown) => event,
        },
        ownEvents: {
          subscribe: (_: unknown, { after }: { after?: string }, { caller }: Context) =>
            events.followAdmitted(after, ({ bookId }) => {
              const books = rights.get(caller.attributes['department'] ?? '')
              if (!books) throw refuse('BOOK_LOCKED', { id: bookId })
              return books.includes(bookId)
            }),
          resolve: (event: unknown) => event,
        },
        ticks: {
          subscribe: async function* ticks(_: unknown, { count }: { count: number }) {
            for (let tick = 1; tick <= count; tick++) yield tick
          },
          resolve: (tick: unknown) => tick,
        },
        gossip: { subscribe: () => events.gossip(), resolve: (event: unknown) => event },
        refused: {
          subscribe: () => {
            throw refuse('BOOK_LOCKED', { id: 3 })
          },
        },
      },
      BookEvent: {
        book: ({ bookId }: { bookId: string }) => bookOf(bookId),
        broken: ({ bookId }: { bookId: string }) => {
          if (bookId === '3') throw refuse('BOOK_LOCKED', { id: 3 })
          return 'whole'
        },
        whole: ({ bookId }: { bookId: string }) => {
          if (bookId === '3') throw new Error('the password is swordfish')
          return 'whole'
        },
      },
      Gossip: { book: () => bookOf('1') },
      Book: {
        __resolveReference: ({ id }: { id: string }) => bookOf(id),
        related: () => [
          { __typename: 'Book', ...BOOKS[1] },
          { __typename: 'Magazine', id: 'm1', title: 'Reading', issue: 12 },
        ],
      },
      Item: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
      Magazine: { __resolveReference: ({ id }: { id: string }) => ({ id, title: 'Reading', issue: 12 }) },
    },
    people: {
      Query: {
        people: () => Object.entries(PEOPLE).map(([id, name]) => ({ id, name })),
        person: (_: unknown, { id }: { id: string }) => ({ id, name: PEOPLE[id] }),
      },
      Person: {
        __resolveReference: ({ id }: { id: string }) =>
          note(`people Person ${id}`, PEOPLE[id] ? { id, name: PEOPLE[id] } : null),
      },
    },
    stock: {
      Query: { shelves: () => ['north', 'south'] },
      Book: {
        __resolveReference: ({ id, title }: { id: string; title?: string }) =>
          note(`stock Book ${id}`, { id, title, copies: Number(id) * 10 }),
        label: ({ id, title }: { id: string; title: string }) => `${id}: ${title}`,
      },
      Magazine: { __resolveReference: ({ id }: { id: string }) => ({ id, copies: 3 }) },
    },
  }
}

/** Starts the three rooms on real sockets and writes their supergraph into a file. */
export async function startLibrary(): Promise<Library> {
  const events = new EventShelf()
  const asked: string[] = []
  const rights = new Map<string, readonly string[]>()
  const resolvers = resolversOf({ events, asked, rights })
  const running = new Map<Room, Running>()
  const urls = new Map<Room, string>()
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-library-'))
  const startRoom = async (room: Room): Promise<void> => {
    const schema: GraphQLSchema = buildSubgraphSchema([
      { typeDefs: parse(TYPES[room]), resolvers: resolvers[room] as never },
    ])
    const port = Number(new URL(urls.get(room) ?? 'http://127.0.0.1:0').port)
    const started = await startSubgraph<Context>({
      port,
      host: '127.0.0.1',
      schema,
      context: (caller) => ({ caller }),
      callerKey: CALLER_KEY,
      ready: () => Promise.resolve([]),
      log: openLog(room, 'silent'),
    })
    running.set(room, started)
    urls.set(room, started.url)
  }
  for (const room of ROOMS) await startRoom(room)
  const url = (room: Room): string => `${urls.get(room)}/graphql`
  const supergraphSdl = composeLibrary(url)
  const supergraphFile = path.join(folder, 'supergraph.graphql')
  writeFileSync(supergraphFile, supergraphSdl)
  const stopRoom = async (room: Room): Promise<void> => {
    await running.get(room)?.stop()
    running.delete(room)
  }
  return {
    events,
    rights,
    supergraphFile,
    supergraphSdl,
    asked,
    url,
    startRoom,
    stopRoom,
    async stop() {
      events.close()
      await Promise.all(ROOMS.map(stopRoom))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The supergraph of the rooms, with `extra` appended to the books room. */
export function composeLibrary(url: (room: Room) => string, extra = ''): string {
  const composed = composeServices(
    ROOMS.map((name) => ({
      name,
      url: url(name),
      typeDefs: parse(TYPES[name] + (name === 'books' ? extra : '')),
    })),
  )
  if (composed.supergraphSdl === undefined) throw new Error(composed.errors?.join('\n'))
  return composed.supergraphSdl
}
