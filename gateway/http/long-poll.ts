import type { IncomingMessage } from 'node:http'
import { refusalAnswer, masked } from '../answer-errors.ts'
import { atInstant } from '../at-instant.ts'
import type { Stream } from './delivery-stream.ts'
import { refuse } from '../errors.ts'
import { writeAnswer } from '../execution/written.ts'
import { sendErrors, sendText } from './http-exchange.ts'
import type { Deliveries } from '../subscription/deliveries.ts'
import type { Delivery } from '../subscription/delivery.ts'
import { SubscriptionRefused } from '../subscription/follow-upstream.ts'

/** What stands between may cut off a request that says nothing for longer. */
const LONGEST_S = 55

/** How many seconds a client would wait for the next event, if it says so: `prefer: wait=30` (RFC 7240). */
export function waitAsked(request: IncomingMessage): number | undefined {
  const [, seconds] =
    /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})/i.exec(String(request.headers['prefer'] ?? '')) ?? []
  return seconds === undefined ? undefined : Math.min(Number(seconds), LONGEST_S)
}

/**
 * The next event of a subscription as one answer, for a client that can hold neither a socket nor a stream; 204 when none
 * comes in its time. It comes back with `extensions.cursor` as its `after`, or as `last-event-id`.
 */
export async function sendNext(
  { response, caller, stopping, log }: Stream,
  deliveries: Deliveries,
  seconds: number,
): Promise<void> {
  const leave = (): void => void deliveries.return()
  response.once('close', leave)
  stopping?.addEventListener('abort', leave, { once: true })
  let hasEnded = false
  const expiry = atInstant(caller.expiresAt * 1000, () => {
    hasEnded = true
    leave()
  })
  const patience = setTimeout(leave, seconds * 1000)
  const headers = { 'preference-applied': `wait=${seconds}`, 'x-request-id': caller.requestId }
  try {
    const step = await deliveries.next()
    if (hasEnded) sendErrors(response, [refusalAnswer(refuse('UNAUTHENTICATED'), caller.locale)])
    else if (step.done) sendText(response, 204, headers, '')
    else
      sendText(
        response,
        200,
        { ...headers, 'content-type': 'application/json; charset=utf-8' },
        withCursor(step.value),
      )
  } catch (error) {
    const errors =
      error instanceof SubscriptionRefused
        ? error.errors
        : [masked(error, caller.requestId, caller.locale, log)]
    sendErrors(response, errors)
  } finally {
    clearTimeout(patience)
    expiry.callOff()
    stopping?.removeEventListener('abort', leave)
    leave()
  }
}

function withCursor({ result, text, cursor }: Delivery): string {
  if (cursor === undefined) return text
  return writeAnswer({ ...result, extensions: { ...result.extensions, cursor } })
}
