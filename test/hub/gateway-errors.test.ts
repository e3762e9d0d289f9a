import { copyFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Running } from '@hub/kit/run.ts'
import { ask, openGateway, post } from '../support/gateway-client.ts'
import { composeLibrary, startLibrary, type Library } from '../support/gateway-library.ts'

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

const json = { 'content-type': 'application/json' }

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
    const other = await openGateway(library, { subgraphUrls: { books: `http://127.0.0.1:${port}/graphql` } })
    const written = await ask(other, 'mutation { addBook(title: "x") { title } }')
    expect(written.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }])
    expect(posts).toBe(1)
    await ask(other, '{ books { title } }')
    expect(posts).toBeGreaterThan(3)
    await other.stop()
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

describe('a request that cannot be answered', () => {
  const cases: readonly (readonly [string, string, Record<string, string>, number, string])[] = [
    ['no JSON', '{', json, 400, 'REQUEST_MALFORMED'],
    ['a batch', '[{"query":"{__typename}"}]', json, 400, 'REQUEST_MALFORMED'],
    ['no query', '{"variables":{}}', json, 400, 'REQUEST_MALFORMED'],
    ['a syntax error', '{"query":"{ books { "}', json, 400, 'DOCUMENT_MALFORMED'],
    ['a field that does not exist', '{"query":"{ book(id: 1) { titel } }"}', json, 400, 'DOCUMENT_INVALID'],
    [
      'an entity request',
      '{"query":"{ _entities(representations: []) { __typename } }"}',
      json,
      400,
      'DOCUMENT_INVALID',
    ],
    [
      'a missing variable',
      '{"query":"query ($id: ID!) { book(id: $id) { title } }"}',
      json,
      400,
      'VARIABLE_INVALID',
    ],
    [
      'an operation of another name',
      '{"query":"query A { shelves }","operationName":"B"}',
      json,
      400,
      'OPERATION_UNKNOWN',
    ],
    [
      'a form',
      'query={shelves}',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'CONTENT_TYPE_UNSUPPORTED',
    ],
    [
      'plain text',
      '{"query":"{shelves}"}',
      { 'content-type': 'text/plain' },
      415,
      'CONTENT_TYPE_UNSUPPORTED',
    ],
    ['2 MB', `{"query":"{ shelves } # ${'x'.repeat(2_000_000)}"}`, json, 413, 'BODY_TOO_LARGE'],
    ['20,000 tokens', `{"query":"{ ${'shelves '.repeat(20_000)} }"}`, json, 400, 'OPERATION_TOO_LONG'],
    ['101 aliases', `{"query":"{ ${aliases(101)} }"}`, json, 400, 'OPERATION_TOO_WIDE'],
    ['a depth of 20', `{"query":"${deep(20)}"}`, json, 400, 'OPERATION_TOO_DEEP'],
    ['a fragment bomb', JSON.stringify({ query: bomb(19) }), json, 400, 'OPERATION_TOO_WIDE'],
    [
      'a fragment within itself',
      '{"query":"{ ...A } fragment A on Query { ...A }"}',
      json,
      400,
      'DOCUMENT_INVALID',
    ],
    ['100 directives', `{"query":"{ shelves ${'@x '.repeat(100)} }"}`, json, 400, 'OPERATION_TOO_WIDE'],
    [
      'a subscription',
      '{"query":"subscription { ticks(count: 1) }"}',
      json,
      400,
      'SUBSCRIPTION_NEEDS_STREAM',
    ],
  ]

  it.each(cases)('%s: with a code, and no name of the schema', async (_, body, headers, status, code) => {
    const answer = await post(gateway, body, headers)
    expect(answer.status).toBe(status)
    expect(answer.errors?.[0]?.extensions).toEqual({ code })
    expect(JSON.stringify(answer.errors)).not.toMatch(/did you mean|titel|Book|Query|shelves/)
  })

  it('says where a document does not fit', async () => {
    const { errors } = await ask(gateway, '{\n  shelvs\n}', { headers: { 'accept-language': 'en' } })
    expect(errors?.[0]).toMatchObject({
      message: 'The GraphQL document does not fit the schema, at 2:3.',
      locations: [{ line: 2, column: 3 }],
    })
  })

  it('a GET without a preflight header, and a mutation by GET', async () => {
    const bare = await fetch(`${gateway.url}/graphql?query={shelves}`)
    expect([bare.status, await bare.json()]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'PREFLIGHT_MISSING' } }] },
    ])
    const headers = { 'apollo-require-preflight': '1' }
    expect((await fetch(`${gateway.url}/graphql?query={shelves}`, { headers })).status).toBe(200)
    const mutation = await fetch(`${gateway.url}/graphql?query=mutation{addBook(title:"x"){id}}`, { headers })
    expect([mutation.status, await mutation.json()]).toMatchObject([
      405,
      { errors: [{ extensions: { code: 'METHOD_NOT_ALLOWED' } }] },
    ])
    expect(library.asked).not.toContain('books Mutation.addBook')
  })

  it('introspection, where it is closed', async () => {
    const closed = await openGateway(library, { introspection: false })
    const answer = await ask(closed, '{ __schema { types { name } } }')
    expect([answer.status, answer.errors?.[0]?.extensions]).toEqual([400, { code: 'DOCUMENT_INVALID' }])
    expect((await ask(closed, '{ __typename }')).data).toEqual({ __typename: 'Query' })
    await closed.stop()
  })

  it('lets ordinary introspection through where it is open', async () => {
    const { getIntrospectionQuery } = await import('graphql')
    expect((await ask(gateway, getIntrospectionQuery())).status).toBe(200)
  })
})

describe('a supergraph that changes', () => {
  it('is served from then on; a broken one is refused and the one before goes on', async () => {
    const file = `${library.supergraphFile}.changing`
    copyFileSync(library.supergraphFile, file)
    const other = await openGateway(library, { supergraph: file })
    expect((await ask(other, '{ added }')).status).toBe(400)
    writeFileSync(file, composeLibrary(library.url, 'extend type Query { added: String }'))
    await pause(900)
    expect((await ask(other, '{ __type(name: "Query") { fields { name } } }')).data).toMatchObject({
      __type: { fields: expect.arrayContaining([{ name: 'added' }]) },
    })
    writeFileSync(file, 'type Query { nonsense')
    await pause(900)
    expect((await ask(other, '{ shelves }')).data).toEqual({ shelves: ['north', 'south'] })
    await other.stop()
  })
})

function aliases(count: number): string {
  return Array.from({ length: count }, (_, at) => `a${at}: __typename`).join(' ')
}

function deep(levels: number): string {
  return (
    '{ books '.repeat(1) + '{ related { ... on Book '.repeat(levels) + '{ id }' + ' } }'.repeat(levels) + ' }'
  )
}

function bomb(levels: number): string {
  const fragments = Array.from(
    { length: levels },
    (_, at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`,
  )
  return `{ ...F0 } ${fragments.join(' ')} fragment F${levels} on Query { shelves }`
}
