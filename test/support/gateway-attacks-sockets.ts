import { CALLER_HEADER, requestDigest, signCaller, type Caller } from '@hub/kit/caller.ts'
import { base64, direct, init, socket, spoken, times, wire, type Attack } from './gateway-attack.ts'
import { CALLER_KEY } from './gateway-library.ts'

const upgrade = (...more: readonly string[]): string =>
  `${['GET /graphql HTTP/1.1', 'Host: gateway', 'Connection: Upgrade', 'Upgrade: websocket', ...more].join('\r\n')}\r\n\r\n`
const badInit = (name: string, payload: unknown): Attack =>
  socket(name, 4403, () => Promise.resolve([{ type: 'connection_init', payload }]))
const said = (name: string, status: number, message: unknown): Attack =>
  socket(name, status, async (target) => [await init(target), message])
const from = (origin: string): Attack =>
  socket(`a socket from ${origin}`, 403, async (target) => [await init(target)], { origin })

/** What is tried over sockets. */
export const SOCKET_ATTACKS: readonly Attack[] = [
  ...['http://127.0.0.1.evil.example', 'https://localhost', 'file://', 'http://evil.example:80'].map(from),
  badInit('a token of no algorithm over a socket', {
    authorization: `Bearer ${base64({ alg: 'none' })}.${base64({ sub: 'u1' })}.`,
  }),
  badInit('a token that is an object', { authorization: { token: 'x' } }),
  badInit('a caller in the first message', { 'x-hub-caller': 'root', role: 'ADMIN' }),
  said('a message of no type', 4400, {}),
  said('a message of an unknown type', 4400, { type: 'start', id: '1' }),
  said('a message that is a list', 4400, []),
  said('a subscription without an id', 4400, { type: 'subscribe', payload: { query: '{ shelves }' } }),
  said('a subscription without a document', 4400, { type: 'subscribe', id: '1', payload: {} }),
  said('variables that are a text, over a socket', 4400, {
    type: 'subscribe',
    id: '1',
    payload: { query: '{ shelves }', variables: 'x' },
  }),
  said('2 MB over a socket', 1009, { type: 'ping', payload: { x: 'x'.repeat(2_000_000) } }),
  spoken('introspection over a socket', 'DOCUMENT_INVALID', '{ __schema { types { name } } }'),
  spoken(
    'introspection in a subscription',
    'DOCUMENT_INVALID',
    'subscription { __schema { types { name } } }',
  ),
  spoken('two streams in one', 'DOCUMENT_INVALID', 'subscription { ticks(count: 1) gossip { text } }'),
  spoken(
    '101 aliases over a socket',
    'OPERATION_TOO_WIDE',
    `{ ${times(101, (at) => `a${at}: __typename`)} }`,
  ),
  spoken(
    'a depth of 20 in a subscription',
    'OPERATION_TOO_DEEP',
    `subscription { bookEvents { book { ${'related { ... on Book { '.repeat(20)} id ${'} }'.repeat(20)} } } }`,
  ),
  spoken('a page of 99,999,999 over a socket', 'OPERATION_TOO_COSTLY', '{ books(first: 99999999) { id } }'),
  spoken('a field that is not there, over a socket', 'DOCUMENT_INVALID', '{ shelvs }'),
  spoken('half a document over a socket', 'DOCUMENT_MALFORMED', 'subscription {'),
  wire('an upgrade without a key', 400, upgrade('Sec-WebSocket-Version: 13')),
  wire(
    'an upgrade of an old version',
    400,
    upgrade('Sec-WebSocket-Version: 4', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='),
  ),
  wire('an upgrade elsewhere', 404, upgrade('Sec-WebSocket-Version: 13').replace('/graphql', '/admin')),
]

const caller: Caller = {
  subject: 'u1',
  role: 'ADMIN',
  attributes: {},
  scopes: [],
  locale: 'en',
  expiresAt: 4_000_000_000,
  requestId: 'r1',
}
const BODY = '{"query":"{ shelves }"}'
const signed = (body: string, key = CALLER_KEY, changes: Partial<Caller> = {}): Record<string, string> => ({
  [CALLER_HEADER]: signCaller({ ...caller, ...changes }, requestDigest('POST', '/graphql', body), key),
})

/** A subgraph called past the gateway: 401, and nothing else. */
export const DIRECT_ATTACKS: readonly Attack[] = [
  direct('a subgraph called directly', BODY),
  direct('entities of a subgraph', '{"query":"{ _entities(representations: []) { __typename } }"}'),
  direct('the SDL of a subgraph, from itself', '{"query":"{ _service { sdl } }"}'),
  direct('a subgraph called with a token', BODY, () => ({ authorization: 'Bearer x.y.z' })),
  direct('a caller that is not signed', BODY, () => ({ [CALLER_HEADER]: base64(caller) })),
  direct('a caller signed with another key', BODY, () =>
    signed(BODY, 'another-key-another-key-another-key-another0'),
  ),
  direct('a caller signed for another request', BODY, () => signed('{"query":"{ books { id } }"}')),
  direct('a caller whose token ended', BODY, () => signed(BODY, CALLER_KEY, { expiresAt: 1 })),
  direct('a signature cut short', BODY, () => ({
    [CALLER_HEADER]: signed(BODY)[CALLER_HEADER]?.slice(0, -4) ?? '',
  })),
  direct('a caller in another header', BODY, () => ({ 'x-user-id': 'root', 'x-role': 'ADMIN' })),
]
