import { idOf } from '@hub/gateway/operation/documents.ts'
import {
  ask,
  base64,
  forged,
  init,
  json,
  raw,
  signedBy,
  socket,
  times,
  type Attack,
} from './gateway-attack.ts'

const bomb = (levels: number): string =>
  `{ ...F0 } ${times(levels, (at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`)} fragment F${levels} on Query { shelves }`
const deep = (levels: number): string =>
  `{ books { ${'related { ... on Book { '.repeat(levels)} id ${'} }'.repeat(levels)} } }`
const registration = {
  query: '{ shelves }',
  extensions: { persistedQuery: { version: 1, sha256Hash: idOf('{ shelves }') } },
}

/** What strangers and signed-in callers try, and what each must be answered. */
export const ATTACKS: readonly Attack[] = [
  ask('101 aliases of __typename', 'OPERATION_TOO_WIDE', `{ ${times(101, (at) => `a${at}: __typename`)} }`),
  ask('1,000 aliases of a field', 'OPERATION_TOO_WIDE', `{ ${times(1_000, (at) => `a${at}: shelves`)} }`),
  ask(
    'aliases hidden in fragments',
    'OPERATION_TOO_WIDE',
    `{ ...A ...B } fragment A on Query { ${times(60, (at) => `a${at}: shelves`)} } fragment B on Query { ${times(60, (at) => `b${at}: shelves`)} }`,
  ),
  ask('100 unknown directives', 'OPERATION_TOO_WIDE', `{ shelves ${'@x '.repeat(100)} }`),
  ask(
    '100 directives that exist',
    'OPERATION_TOO_WIDE',
    `{ ${times(100, () => 'shelves @include(if: true)')} }`,
  ),
  ask('20,000 tokens', 'OPERATION_TOO_LONG', `{ ${'shelves '.repeat(20_000)} }`),
  ask(
    '20,000 tokens in one argument',
    'OPERATION_TOO_LONG',
    `{ books(first: [${'1 '.repeat(20_000)}]) { id } }`,
  ),
  ask('a depth of 20', 'OPERATION_TOO_DEEP', deep(20)),
  ask('a depth of 20 through a fragment', 'OPERATION_TOO_DEEP', `{ ...D } fragment D on Query ${deep(20)}`),
  ask('100 root fields', 'OPERATION_TOO_WIDE', `{ ${'shelves '.repeat(100)} }`),
  ask('a fragment bomb', 'OPERATION_TOO_WIDE', (mild) => bomb(mild ? 6 : 19)),
  ask(
    'a circular fragment',
    'DOCUMENT_INVALID',
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
  ),
  ask('a page of 99,999,999', 'OPERATION_TOO_COSTLY', '{ books(first: 99999999) { id } }'),
  ask(
    'a page of 99,999,999 by a default',
    'OPERATION_TOO_COSTLY',
    'query ($n: Int = 99999999) { books(first: $n) { id } }',
  ),
  ask(
    'pages within pages',
    'OPERATION_TOO_COSTLY',
    `{ books(first: 999) { ${'related { ... on Book { '.repeat(3)} id ${'} }'.repeat(3)} } }`,
  ),
  ask(
    'deep introspection',
    'DOCUMENT_INVALID',
    `{ __schema { types { ${'fields { type { '.repeat(6)} name ${'} }'.repeat(6)} } } }`,
  ),
  ask('introspection', 'DOCUMENT_INVALID', '{ __schema { types { name } } }'),
  ask('introspection of a type', 'DOCUMENT_INVALID', '{ __type(name: "Book") { name } }'),
  ask('the SDL of a subgraph', 'DOCUMENT_INVALID', '{ _service { sdl } }'),
  ask(
    'entities',
    'DOCUMENT_INVALID',
    '{ _entities(representations: [{ __typename: "Book", id: "1" }]) { __typename } }',
  ),
  ask('a suggestion of fields', 'DOCUMENT_INVALID', '{ shelvs }'),
  ask('a suggestion of arguments', 'DOCUMENT_INVALID', '{ books(frist: 1) { id } }'),
  ask('a suggestion of types', 'DOCUMENT_INVALID', '{ ... on Quer { shelves } }'),
  ask('half a document', 'DOCUMENT_MALFORMED', '{ books { '),
  raw('an array batch', 400, 'REQUEST_MALFORMED', {
    headers: json,
    body: `[${'{"query":"{shelves}"},'.repeat(50)}{"query":"{shelves}"}]`,
  }),
  raw('2 MB', 413, 'BODY_TOO_LARGE', {
    headers: json,
    body: `{"query":"{ shelves } # ${'x'.repeat(2_000_000)}"}`,
  }),
  raw('no JSON', 400, 'REQUEST_MALFORMED', { headers: json, body: '{' }),
  raw('a form', 415, 'CONTENT_TYPE_UNSUPPORTED', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'query={shelves}',
  }),
  raw('plain text', 415, 'CONTENT_TYPE_UNSUPPORTED', {
    headers: { 'content-type': 'text/plain' },
    body: '{"query":"{shelves}"}',
  }),
  raw('a GET without preflight', 400, 'PREFLIGHT_MISSING', {
    method: 'GET',
    path: '/graphql?query={shelves}',
  }),
  raw('a mutation by GET', 405, 'METHOD_NOT_ALLOWED', {
    method: 'GET',
    path: '/graphql?query=mutation{addBook(title:"x"){id}}',
    headers: { 'apollo-require-preflight': '1' },
  }),
  raw('a DELETE', 405, 'METHOD_NOT_ALLOWED', {
    method: 'DELETE',
    headers: { 'apollo-require-preflight': '1' },
  }),
  raw('a path outside', 404, 'PATH_UNKNOWN', {
    path: '/graphql/../../etc/passwd',
    headers: json,
    body: '{}',
  }),
  raw('the metrics', 404, 'PATH_UNKNOWN', {
    method: 'GET',
    path: '/metrics',
    headers: { 'x-forwarded-for': '203.0.113.9' },
  }),
  raw('a document registered as it is sent', 400, 'DOCUMENT_UNPUBLISHED', {
    headers: json,
    body: JSON.stringify(registration),
    published: true,
  }),
  raw('a document that is not published', 400, 'DOCUMENT_UNPUBLISHED', {
    headers: json,
    body: '{"query":"{ shelves }"}',
    published: true,
  }),
  raw('an id that is not published', 400, 'DOCUMENT_UNPUBLISHED', {
    headers: json,
    body: '{"documentId":"sha256:00"}',
    published: true,
  }),
  forged('no token', () => Promise.resolve(null)),
  forged('no token, but a user in a header', () => Promise.resolve(null), { 'x-user-id': 'root' }),
  forged('alg none', () =>
    Promise.resolve(`${base64({ alg: 'none' })}.${base64({ sub: 'u1', role: 'ADMIN' })}.`),
  ),
  forged('a key of one’s own', () => signedBy({ role: 'ADMIN' }, { alg: 'EdDSA', kid: 'k1' })),
  forged('a kid that is a path', () => signedBy({}, { alg: 'EdDSA', kid: '../../dev/null' })),
  forged('another issuer', ({ issuer }) => issuer.token({ iss: 'elsewhere' })),
  forged('another audience', ({ issuer }) => issuer.token({ aud: 'elsewhere' })),
  forged('a token that ended', ({ issuer }) => issuer.token({}, -10)),
  forged('a token not yet good', ({ issuer }) => issuer.token({ nbf: Math.floor(Date.now() / 1000) + 600 })),
  forged('no token at all', () => Promise.resolve('x')),
  socket('a socket from a foreign page', 403, async (target) => [await init(target)], {
    origin: 'https://evil.example',
  }),
  socket('a socket from no page', 403, async (target) => [await init(target)], { origin: 'null' }),
  socket('a socket with a bad token', 4403, () =>
    Promise.resolve([{ type: 'connection_init', payload: { authorization: 'Bearer a.b.c' } }]),
  ),
  socket('a socket without a token', 4403, () => Promise.resolve([{ type: 'connection_init' }])),
  socket('a second init', 4429, async (target) => [await init(target), await init(target)]),
  socket('a subscription before init', 4401, () =>
    Promise.resolve([{ id: '1', type: 'subscribe', payload: { query: 'subscription { ticks(count: 1) }' } }]),
  ),
  socket('an unknown subprotocol', 4406, async (target) => [await init(target)], { protocol: 'graphql-ws' }),
  socket('a message that is no JSON', 4400, async (target) => [await init(target), 'no JSON']),
]
