import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Running } from '@hub/kit/run.ts'
import { ask, openGateway, post } from '../support/gateway-client.ts'
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

const json = { 'content-type': 'application/json' }

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
    [
      'variables in a text that are no JSON',
      '{"query":"{ shelves }","variables":"{"}',
      json,
      400,
      'REQUEST_MALFORMED',
    ],
    [
      'a body that was compressed',
      '{"query":"{ shelves }"}',
      { ...json, 'content-encoding': 'gzip' },
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

  it.each([
    ['query', { query: 5 }],
    ['operationName', { query: '{ shelves }', operationName: 5 }],
    ['variables', { query: '{ shelves }', variables: [1] }],
    ['variables', { query: '{ shelves }', variables: 5 }],
    ['extensions', { query: '{ shelves }', extensions: [1] }],
    [
      'persistedQuery',
      { query: '{ shelves }', extensions: { persistedQuery: { version: 2, sha256Hash: 'x' } } },
    ],
  ])('says that it is %s which is malformed', async (part, body) => {
    const answer = await post(gateway, JSON.stringify(body), { ...json, 'accept-language': 'en' })
    expect([answer.status, answer.errors]).toMatchObject([
      400,
      [{ message: `The request is malformed: ${part}`, extensions: { code: 'REQUEST_MALFORMED' } }],
    ])
  })

  it('takes no letters that are none', async () => {
    const body = Buffer.concat([
      Buffer.from('{"query":"{ shelves }","x":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}'),
    ])
    const answer = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers: json, body })
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('UTF-8')])
  })

  it.each(['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'])('%s is no way to ask', async (method) => {
    const answer = await fetch(`${gateway.url}/graphql`, { method })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST'])
  })

  it.each([
    ['no HTTP', 'GARBAGE\r\n\r\n', 400],
    [
      'an address that is too long',
      `GET /graphql?query=${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
      431,
    ],
    [
      'two lengths',
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}',
      400,
    ],
  ])('%s: with a code, though it is no request', async (_, text, status) => {
    const { port } = new URL(gateway.url)
    const socket = connect(Number(port), '127.0.0.1').end(text)
    let answer = ''
    for await (const chunk of socket) answer += String(chunk)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      errors: [{ extensions: { code: 'REQUEST_MALFORMED' } }],
    })
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
