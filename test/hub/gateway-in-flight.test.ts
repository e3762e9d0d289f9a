import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Running } from '@hub/kit/run.ts'
import { InFlight } from '@hub/gateway/subgraphs/in-flight.ts'
import type { GatewaySettings } from '@hub/gateway/settings.ts'
import { ask, openGateway, openIssuer, tokensOf, type Issuer } from '../support/gateway-client.ts'
import { startLibrary, type Library } from '../support/gateway-library.ts'

// One request to the subgraph, which lasts long enough for others to ask the same meanwhile.
const SLOW = '{ books { id } slow(ms: 300) }'
const ADD = 'mutation { addBook(title: "Call to Arms") { id } }'

let library: Library
let issuer: Issuer
let gateway: Running | undefined

beforeAll(async () => {
  library = await startLibrary()
  issuer = await openIssuer()
})

afterAll(() => library.stop())

beforeEach(() => void (library.asked.length = 0))

afterEach(() => gateway?.stop())

async function open(changes: Partial<GatewaySettings> = {}): Promise<Running> {
  gateway = await openGateway(library, { ...tokensOf(issuer), ...changes })
  return gateway
}

/** Sends the same as each of these subjects, all at once. */
async function together(to: Running, query: string, subjects: readonly string[]) {
  const tokens = await Promise.all(subjects.map((sub) => issuer.token({ sub, exp: 4_000_000_000 })))
  return Promise.all(tokens.map((token) => ask(to, query, { headers: { authorization: `Bearer ${token}` } })))
}

const count = (what: string): number => library.asked.filter((asked) => asked === what).length

describe('a read under way', () => {
  it('is sent to the subgraph once for all who ask the same as the same caller', async () => {
    const answers = await together(await open(), SLOW, ['u1', 'u1', 'u1', 'u1'])
    const data = { books: [{ id: '1' }, { id: '2' }, { id: '3' }], slow: 'late' }
    expect(answers.map((answer) => answer.data)).toEqual([data, data, data, data])
    expect(count('books Query.books')).toBe(1)
  })

  it('is nobody else’s', async () => {
    await together(await open(), SLOW, ['u1', 'u2', 'u3'])
    expect(count('books Query.books')).toBe(3)
  })

  it('is sent for each where the setting says so', async () => {
    await together(await open({ deduplicateFetches: false }), SLOW, ['u1', 'u1', 'u1'])
    expect(count('books Query.books')).toBe(3)
  })

  it('is not joined by who asks after a change', async () => {
    const door = await open()
    const before = together(door, SLOW, ['u1'])
    while (count('books Query.books') === 0) await new Promise((look) => setTimeout(look, 5))
    await together(door, ADD, ['u2'])
    const after = together(door, SLOW, ['u1'])
    await Promise.all([before, after])
    expect(count('books Query.books')).toBe(2)
  })

  it('is no mutation', async () => {
    await together(await open({ deduplicateOperations: true }), ADD, ['u1', 'u1', 'u1'])
    expect(count('books Mutation.addBook')).toBe(3)
  })

  it('is a whole query where the setting says so', async () => {
    const door = await open({ deduplicateFetches: false, deduplicateOperations: true })
    await together(door, SLOW, ['u1'])
    library.asked.length = 0
    const answers = await together(door, SLOW, ['u1', 'u1', 'u1', 'u2'])
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1)
    expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(4)
    expect(count('books Query.books')).toBe(2)
  })

  it('goes on for the others when the first has no time left, and fails for all when it fails', async () => {
    const flights = new InFlight<string>()
    const answer = Promise.withResolvers<string>()
    const limits: { deadline: number }[] = []
    const start = (limit: { deadline: number }) => {
      limits.push(limit)
      return answer.promise
    }
    const far = Date.now() + 60_000
    const first = flights.share('key', { deadline: Date.now() + 30 }, start)
    const second = flights.share('key', { deadline: far }, start)
    await expect(first).rejects.toThrow('no time left')
    expect(limits).toMatchObject([{ deadline: far }])
    answer.resolve('here')
    expect(await second).toBe('here')
    const failing = () => Promise.reject(new Error('gone'))
    const both = ['a', 'b'].map(() => flights.share('other', { deadline: far }, failing))
    for (const one of both) await expect(one).rejects.toThrow('gone')
    expect(await flights.share('key', { deadline: far }, () => Promise.resolve('anew'))).toBe('anew')
  })
})

describe('fetches of one plan that ask the same for different places', () => {
  const TWICE = '{ books(first: 1) { author { name } } book(id: "1") { author { name } } }'

  it('are one request, and each place has what it asked for', async () => {
    const { data } = await ask(await openFor(), TWICE)
    const author = { name: 'Cao Xueqin' }
    expect(data).toEqual({ books: [{ author }], book: { author } })
    expect(count('people Person cao')).toBe(1)
  })

  it('are each told what went wrong with theirs', async () => {
    const door = await openFor()
    const query = '{ books { author { name } } book(id: "2") { author { name } } }'
    const { data, errors } = await ask(door, query)
    // Nobody knows who wrote the third.
    expect(data).toBeNull()
    expect(errors?.map(({ path }) => path?.join('.'))).toEqual(['books.2.author.name'])
    await library.stopRoom('people')
    const none = await ask(door, query)
    expect(none.errors?.map(({ path }) => path?.join('.'))).toEqual(['books.0.author', 'book.author'])
    await library.startRoom('people')
  })

  async function openFor(): Promise<Running> {
    gateway = await openGateway(library)
    return gateway
  }
})
