import { json, raw, wire, type Attack } from './gateway-attack.ts'

const QUERY = '{"query":"{ shelves }"}'
const preflight = { 'apollo-require-preflight': '1' }
const method = (name: string): Attack =>
  raw(`a ${name}`, 405, 'METHOD_NOT_ALLOWED', {
    method: name,
    headers: { ...json, ...preflight },
    body: QUERY,
  })
const typed = (type: string): Attack =>
  raw(`a body of ${type}`, 415, 'CONTENT_TYPE_UNSUPPORTED', {
    headers: { 'content-type': type },
    body: QUERY,
  })
const outside = (path: string): Attack =>
  raw(`the path ${path}`, 404, 'PATH_UNKNOWN', { method: 'GET', path })
const measured = (header: string): Attack =>
  raw(`the metrics, ${header}`, 404, 'PATH_UNKNOWN', {
    method: 'GET',
    path: '/metrics',
    headers: { [header]: '203.0.113.9' },
  })
const got = (name: string, status: number, code: string, query: string): Attack =>
  raw(name, status, code, { method: 'GET', path: `/graphql${query}`, headers: preflight })
const lines = (...head: readonly string[]): string => `${head.join('\r\n')}\r\n\r\n`
const POST = ['POST /graphql HTTP/1.1', 'Host: gateway', 'Content-Type: application/json']

/** Methods, types, paths and bytes that are no request of a client. */
export const HTTP_ATTACKS: readonly Attack[] = [
  ...['PUT', 'PATCH'].map(method),
  ...['multipart/form-data; boundary=x', 'application/graphql', 'text/html', 'application/xml'].map(typed),
  ...['/', '/admin', '/.env', '/graphql/', '/graphql%00', '/health/secret', '/metrics/', '/graphiql'].map(
    outside,
  ),
  ...['forwarded', 'x-real-ip', 'via'].map(measured),
  got(
    'a mutation by GET under a name',
    405,
    'METHOD_NOT_ALLOWED',
    '?query=mutation M{addBook(title:"x"){id}}&operationName=M',
  ),
  got('a GET of nothing', 400, 'REQUEST_MALFORMED', ''),
  got('a GET with broken variables', 400, 'REQUEST_MALFORMED', '?query={shelves}&variables={'),
  got('introspection by GET', 400, 'DOCUMENT_INVALID', '?query={__schema{types{name}}}'),
  raw('a method in a header', 405, 'METHOD_NOT_ALLOWED', {
    method: 'GET',
    path: '/graphql?query=mutation{addBook(title:"x"){id}}',
    headers: { ...preflight, 'x-http-method-override': 'POST' },
  }),
  raw('a query with a POST without a type', 415, 'CONTENT_TYPE_UNSUPPORTED', {
    headers: { 'content-type': '' },
    body: QUERY,
  }),
  raw('an answer as an image', 406, 'ACCEPT_UNSUPPORTED', {
    headers: { ...json, accept: 'image/png' },
    body: QUERY,
  }),
  wire('two lengths', 400, lines(...POST, 'Content-Length: 5', 'Content-Length: 6')),
  wire('a length and chunks', 400, lines(...POST, 'Content-Length: 5', 'Transfer-Encoding: chunked')),
  wire('a length below nothing', 400, lines(...POST, 'Content-Length: -1')),
  wire('chunks of no size', 400, `${lines(...POST, 'Transfer-Encoding: chunked')}zz\r\n`),
  wire('an encoding nobody knows', 400, lines(...POST, 'Transfer-Encoding: chunked, x')),
  wire('a header with a blank in its name', 400, lines(...POST, 'X Y: 1')),
  wire('a header with a zero byte', 400, lines(...POST, 'X-Y: a\0b')),
  wire('a header of 40 KB', 431, lines(...POST, `X-Y: ${'a'.repeat(40_000)}`)),
  wire('no host', 400, lines('POST /graphql HTTP/1.1')),
  wire('no HTTP', 400, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'),
  wire('a method nobody knows', 400, lines('BREW /graphql HTTP/1.1', 'Host: gateway')),
]
