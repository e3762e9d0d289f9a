import type { IncomingMessage } from 'node:http'
import type { Sent, Wire } from './delivery-stream.ts'

/** Whether the client asks for an event stream. */
export function wantsEvents(request: IncomingMessage): boolean {
  return /\btext\/event-stream\b/i.test(request.headers.accept ?? '')
}

/** Where an event source was cut off: it says so by itself when it comes back. */
export function lastEventId(request: IncomingMessage): string | undefined {
  const lastId = request.headers['last-event-id']
  return typeof lastId === 'string' && lastId !== '' ? lastId : undefined
}

/** Server-sent events in the manner of graphql-sse's distinct connections: `next` for each result, then `complete`. */
export const eventWire: Wire = {
  headers: { 'content-type': 'text/event-stream; charset=utf-8' },
  begin: 'retry: 1000\n\n',
  next: nextEvent,
  end: (errors) =>
    `${errors ? nextEvent({ text: JSON.stringify({ errors }) }) : ''}event: complete\ndata: \n\n`,
  alive: { text: ':\n\n', everyMs: 12_000 },
}

function nextEvent({ text, cursor }: Sent): string {
  // A line break inside an id would begin another field of the stream.
  const id = cursor === undefined || /[\r\n\0]/.test(cursor) ? '' : `id: ${cursor}\n`
  return `event: next\n${id}data: ${text}\n\n`
}
