import { createServer } from 'node:http'
import { createServer as createNetServer, type AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultLimits } from '@hub/gateway/operation/limit-settings.ts'
import type { Running } from '@hub/kit/run.ts'
import { ask, openGateway } from '../support/gateway-client.ts'
import { startLibrary, type Library } from '../support/gateway-library.ts'

let library: Library
let gateway: Running

beforeAll(async () => {
  library = await startLibrary()
  gateway = await openGateway(library)
})

afterAll(async () => {
  await gateway.stop()
  await library.stop()
})

describe('an error of a subgraph', () => {
  it('passes with its code, sentence, path and the name of the subgraph', async () => {
    const { data, errors } = await ask(gateway, '{ forbidden }', { headers: { 'accept-language': 'en' } })
    expect(data).toEqual({ forbidden: null })
    expect(errors).toEqual([
      {
        message: 'Book 7 is locked.',
        path: ['forbidden'],
        extensions: { code: 'BOOK_LOCKED', service: 'books' },
      },
    ])
  })

  it('speaks Chinese unless English is asked for', async () => {
    const { errors } = await ask(gateway, '{ forbidden }')
    expect(errors?.[0]?.message).toBe('图书 7 已锁定。')
  })

  it('is masked when nobody foresaw it', async () => {
    const answer = await ask(gateway, '{ broken books(first: 1) { title } }')
    expect(answer.errors).toMatchObject([
      { path: ['broken'], extensions: { code: 'INTERNAL', service: 'books' } },
    ])
    expect(answer.errors?.[0]?.extensions['reference']).toMatch(/^[\da-f-]{36}$/)
    expect(JSON.stringify(answer)).not.toContain('swordfish')
    expect(answer.data).toMatchObject({ books: [{ title: 'A Dream of Red Mansions' }] })
  })
})

describe('an answer of a subgraph that is none', () => {
  let body = ''
  const odd = createServer((_request, response) => void response.end(body))
  let other: Running
  beforeAll(async () => {
    await new Promise<void>((listening) => odd.listen(0, '127.0.0.1', listening))
    const { port } = odd.address() as AddressInfo
    const subgraphUrls = { people: `http://127.0.0.1:${port}/graphql` }
    const limits = { ...defaultLimits, answerBytes: 10_000 }
    other = await openGateway(library, { subgraphUrls, limits })
  })
  afterAll(async () => {
    await other.stop()
    odd.close()
  })

  it.each([
    ['no JSON', '<html>', 'INTERNAL'],
    ['a list', '[]', 'INTERNAL'],
    ['neither data nor errors', '{}', 'INTERNAL'],
    ['errors that are no list', '{"data":null,"errors":"swordfish"}', 'INTERNAL'],
    ['an error that is null', '{"data":null,"errors":[null]}', 'INTERNAL'],
    ['an error without a sentence', '{"data":null,"errors":[{"message":5}]}', 'INTERNAL'],
    ['an error at no path', '{"data":null,"errors":[{"message":"swordfish","path":"x"}]}', 'INTERNAL'],
    [
      'an error with a list of extensions',
      '{"data":null,"errors":[{"message":"x","extensions":[1]}]}',
      'INTERNAL',
    ],
    [
      'more than an answer may be',
      `{"data":{"person":{"name":"${'x'.repeat(20_000)}"}}}`,
      'SUBGRAPH_UNAVAILABLE',
    ],
  ])('costs its own fields: %s', async (_, text, code) => {
    body = text
    const answer = await ask(other, '{ person(id: "cao") { name } shelves }')
    expect([answer.status, answer.data]).toEqual([200, { person: null, shelves: ['north', 'south'] }])
    expect(answer.errors).toMatchObject([{ path: ['person'], extensions: { code, service: 'people' } }])
    expect(JSON.stringify(answer)).not.toContain('swordfish')
  })
})

describe('a subgraph that is down', () => {
  it('costs its own fields only, says so by name within 3 s, and answers again when it is back', async () => {
    const query = '{ books(first: 1) { title pages author { nickname } } people { name } }'
    await library.stopRoom('people')
    const startedAt = Date.now()
    const { data, errors } = await ask(gateway, query)
    expect(Date.now() - startedAt).toBeLessThan(3_000)
    expect(data).toBeNull()
    const extensions = { code: 'SUBGRAPH_UNAVAILABLE', service: 'people' }
    expect(errors).toMatchObject([
      { path: ['people'], extensions },
      { path: ['books', 0, 'author'], extensions },
    ])
    const partial = await ask(gateway, '{ books(first: 1) { title author { nickname } } }')
    expect(partial.data).toEqual({
      books: [{ title: 'A Dream of Red Mansions', author: { nickname: null } }],
    })
    expect(partial.errors).toMatchObject([
      { path: ['books', 0, 'author'], extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'people' } },
    ])
    await library.startRoom('people')
    expect((await ask(gateway, query)).errors).toBeUndefined()
  })

  it('is waited for by a query while it restarts', async () => {
    await library.stopRoom('people')
    const answer = ask(gateway, '{ people { name } }')
    await pause(300)
    await library.startRoom('people')
    expect(await answer).toMatchObject({
      data: { people: [{ name: 'Cao Xueqin' }, { name: 'Qian Zhongshu' }] },
    })
  })

  it('never gets a mutation twice', async () => {
    let posts = 0
    const deaf = createServer((request) => {
      posts += 1
      request.socket.destroy()
    })
    await new Promise<void>((listening) => deaf.listen(0, '127.0.0.1', listening))
    const { port } = deaf.address() as AddressInfo
    const subgraphUrls = { books: `http://127.0.0.1:${port}/graphql` }
    const first = await openGateway(library, { subgraphUrls })
    const written = await ask(first, 'mutation { addBook(title: "x") { title } }')
    expect(written.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }])
    expect(posts).toBe(1)
    const second = await openGateway(library, { subgraphUrls })
    await ask(second, '{ books { title } }')
    expect(posts).toBeGreaterThan(3)
    await first.stop()
    await second.stop()
    deaf.close()
  })

  it('is answered for within 3 s when it hangs', async () => {
    const startedAt = Date.now()
    const { data, errors } = await ask(gateway, '{ slow(ms: 60000) shelves }')
    expect(Date.now() - startedAt).toBeLessThan(3_000)
    expect(data).toEqual({ slow: null, shelves: ['north', 'south'] })
    expect(errors).toMatchObject([
      { path: ['slow'], extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'books' } },
    ])
  })

  it('is found out by one request: those that come after do not try, each for itself', async () => {
    let tries = 0
    const cutting = createNetServer((socket) => {
      tries += 1
      socket.destroy()
    })
    await new Promise<void>((listening) => cutting.listen(0, '127.0.0.1', listening))
    const { port } = cutting.address() as AddressInfo
    const other = await openGateway(library, { subgraphUrls: { people: `http://127.0.0.1:${port}/graphql` } })
    const code = async (name: string): Promise<unknown> =>
      (await ask(other, `{ ${name}: people { name } }`)).errors?.[0]?.extensions['code']
    try {
      expect(await code('first')).toBe('SUBGRAPH_UNAVAILABLE')
      const patient = tries
      tries = 0
      const codes = await Promise.all(Array.from({ length: 20 }, (_, at) => code(`later${at}`)))
      expect(new Set(codes)).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']))
      expect(patient).toBeGreaterThan(1)
      expect(tries).toBeLessThan(20)
    } finally {
      await other.stop()
      cutting.close()
    }
  })

  it('is asked again as soon as it is back', async () => {
    const query = '{ people { name } }'
    await library.stopRoom('people')
    expect((await ask(gateway, query)).errors).toMatchObject([
      { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
    ])
    await library.startRoom('people')
    const back = await Promise.all(Array.from({ length: 20 }, () => ask(gateway, query)))
    expect(back.every(({ errors }) => errors === undefined)).toBe(true)
  })

  it('makes the gateway unready, with the reason', async () => {
    await library.stopRoom('stock')
    const unready = await fetch(`${gateway.url}/health/ready`)
    expect([unready.status, await unready.json()]).toEqual([
      503,
      { status: 'unready', reasons: ['stock: cannot be reached'] },
    ])
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200)
    await library.startRoom('stock')
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200)
  })
})
