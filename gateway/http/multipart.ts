import type { PartsForm } from './accepted.ts'
import { brokenOff } from './answer-parts.ts'
import type { Wire } from './delivery-stream.ts'

const ALIVE_EVERY_MS = 5_000

/** The parts of one answer, as `multipart/mixed`. */
export function partsWire(form: PartsForm): Wire {
  const boundary = '-'
  return {
    headers: { 'content-type': `multipart/mixed; boundary="${boundary}"; ${form}` },
    begin: `\r\n--${boundary}`,
    next: ({ text }) => part(boundary, text),
    end: (errors) => `${errors ? part(boundary, JSON.stringify(brokenOff(errors))) : ''}--\r\n`,
  }
}

/**
 * The events of a subscription, as `multipart/mixed` by Apollo's protocol: each in an envelope, `{}` now and then so that
 * the connection is known to stand.
 */
export const subscriptionWire: Wire = {
  headers: { 'content-type': 'multipart/mixed; boundary="graphql"; subscriptionSpec="1.0"' },
  begin: '\r\n--graphql',
  next: ({ text }) => part('graphql', `{"payload":${text}}`),
  end: (errors) => `${errors ? part('graphql', JSON.stringify({ payload: null, errors })) : ''}--\r\n`,
  alive: { text: part('graphql', '{}'), everyMs: ALIVE_EVERY_MS },
}

/** A part, with the boundary after it: its end is known without waiting for the next. */
function part(boundary: string, json: string): string {
  return `\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${json}\r\n--${boundary}`
}
