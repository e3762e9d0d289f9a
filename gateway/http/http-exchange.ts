import { isUtf8 } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { GraphQLFormattedError } from 'graphql'
import type { Refusal } from '@hub/kit/errors.ts'
import { refuse } from '../errors.ts'
import type { RequestScope } from '../request-scope.ts'
import { refusalAnswer } from '../answer-errors.ts'

/** HTTP statuses of refusals that happen before GraphQL begins; the rest are 400. */
const STATUS: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  // Apollo's clients look for this in an answer, not in a status.
  PERSISTED_QUERY_NOT_FOUND: 200,
  FORBIDDEN: 403,
  ORIGIN_REFUSED: 403,
  PATH_UNKNOWN: 404,
  METHOD_NOT_ALLOWED: 405,
  ACCEPT_UNSUPPORTED: 406,
  BODY_TOO_LARGE: 413,
  CONTENT_TYPE_UNSUPPORTED: 415,
  RATE_EXCEEDED: 429,
  SUBSCRIPTIONS_TOO_MANY: 429,
  INTERNAL: 500,
  OVERLOADED: 503,
  KEYS_UNAVAILABLE: 503,
}

/** What time alone may mend. */
const WORTH_REPEATING = new Set(['RATE_EXCEEDED', 'OVERLOADED', 'KEYS_UNAVAILABLE'])

/** The HTTP status that goes with a code. */
export function statusOf(code: string): number {
  return STATUS[code] ?? 400
}

/** After how many seconds a refused request is worth repeating, as a header says it. */
export function waitOf({ code, values }: Refusal): string | undefined {
  if (!WORTH_REPEATING.has(code)) return undefined
  return String(values['seconds'] ?? 1)
}

/** Reads a JSON body of at most `limit` bytes. */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  if (!isJson(request.headers['content-type'])) throw refuse('CONTENT_TYPE_UNSUPPORTED')
  if (Number(request.headers['content-length'] ?? 0) > limit) throw refuse('BODY_TOO_LARGE')
  if (isEncoded(request)) throw refuse('CONTENT_TYPE_UNSUPPORTED')
  const bytes = await readBytes(request, limit)
  if (!isUtf8(bytes)) throw refuse('REQUEST_MALFORMED', { problem: 'UTF-8' })
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw refuse('REQUEST_MALFORMED', { problem: 'JSON' })
  }
}

function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= limit) chunks.push(chunk)
      else reject(refuse('BODY_TOO_LARGE'))
    })
    request.on('end', () => {
      const [first] = chunks
      resolve(first && chunks.length === 1 ? first : Buffer.concat(chunks))
    })
    // Nobody is there any more to be told of anything.
    request.on('error', () => reject(refuse('CLIENT_LEFT')))
  })
}

/** A body that was compressed would be unpacked before its length is known: none is. */
function isEncoded({ headers }: IncomingMessage): boolean {
  const encoding = headers['content-encoding']
  return encoding !== undefined && !/^\s*identity\s*$/i.test(encoding)
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;\s*charset="?utf-?8"?\s*)?$/i.test(contentType ?? '')
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  sendText(response, status, { 'content-type': 'application/json; charset=utf-8' }, JSON.stringify(value))
}

/** Answers with errors and nothing else; the first one decides the status. */
export function sendErrors(response: ServerResponse, errors: readonly GraphQLFormattedError[]): void {
  const status = statusOf(String(errors[0]?.extensions?.['code']))
  if (status === 429) response.setHeader('retry-after', '1')
  sendJson(response, status, { errors })
}

/** Answers with a text that is ready. */
export function sendText(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  text: string,
): void {
  if (response.destroyed) return
  response.writeHead(status, {
    ...headers,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  // As text it goes out together with the headers, in one piece.
  response.end(text)
}

/** Answers with a refusal in the caller's language, in the shape of a GraphQL answer. */
export function sendRefusal(response: ServerResponse, refusal: Refusal, scope: RequestScope): void {
  const status = statusOf(refusal.code)
  if (status === 405) response.setHeader('allow', 'GET, POST')
  if (status === 401) response.setHeader('www-authenticate', 'Bearer')
  const wait = waitOf(refusal)
  if (wait) response.setHeader('retry-after', wait)
  // What is left of a body that nobody will read must not be taken for the next request.
  if (!response.req.complete) response.setHeader('connection', 'close')
  sendJson(response, status, { errors: [refusalAnswer(refusal, scope.locale)] })
}
