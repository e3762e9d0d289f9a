import type { IncomingMessage, ServerResponse } from 'node:http'

/** What a page of another origin may send, and read of an answer. */
const SENT = [
  'accept-language',
  'apollo-require-preflight',
  'authorization',
  'baggage',
  'content-type',
  'idempotency-key',
  'last-event-id',
  'prefer',
  'traceparent',
  'tracestate',
  'x-request-id',
]
const READ = 'retry-after, x-request-id'

/**
 * Lets pages of the listed origins read answers (CORS), and no other: a browser keeps from a page what does not name its
 * origin. Tells whether the request was a browser asking beforehand, and is answered.
 */
export function openTo(
  origins: readonly string[],
  forward: readonly string[],
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const sent = [...SENT, ...forward].join(', ')
  return ({ method, headers }, response) => {
    if (origins.length === 0) return false
    response.setHeader('vary', 'origin')
    const { origin } = headers
    if (origin === undefined || !origins.includes(origin)) return false
    response.setHeader('access-control-allow-origin', origin)
    response.setHeader('access-control-expose-headers', READ)
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return false
    response.writeHead(204, {
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': sent,
      'access-control-max-age': '600',
    })
    response.end()
    return true
  }
}
