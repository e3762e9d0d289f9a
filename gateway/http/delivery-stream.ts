import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { GraphQLFormattedError } from 'graphql'
import type { Caller } from '@hub/kit/caller.ts'
import type { Logger } from '@hub/kit/log.ts'
import { masked, refusalAnswer } from '../answer-errors.ts'
import { atInstant } from '../at-instant.ts'
import { refuse } from '../errors.ts'
import { SubscriptionRefused } from '../subscription/follow-upstream.ts'

/** One result of several, as JSON, and the place to go on from after it. */
export interface Sent {
  readonly text: string
  readonly cursor?: string | undefined
}

/** How results are written one after the other into one HTTP answer. */
export interface Wire {
  readonly headers: Readonly<Record<string, string>>
  readonly begin: string
  readonly next: (sent: Sent) => string
  readonly end: (errors?: readonly GraphQLFormattedError[]) => string
  /** Said now and then so that nobody between takes the connection for dead. */
  readonly alive?: { readonly text: string; readonly everyMs: number }
}

export interface Stream {
  readonly response: ServerResponse
  readonly caller: Caller
  /** Cuts the stream off when the gateway stops; a client comes back by itself. */
  readonly stopping?: AbortSignal
  readonly log: Logger
}

/** Writes what is delivered, pulling the next only when the client has room for it. Ends with the token of the caller. */
export async function sendDeliveries(
  { response, caller, stopping, log }: Stream,
  deliveries: AsyncGenerator<Sent>,
  wire: Wire,
): Promise<void> {
  const left = new AbortController()
  const leave = (): void => {
    left.abort()
    deliveries.return(undefined).catch(() => {})
  }
  const end = (errors?: readonly GraphQLFormattedError[]): void => {
    if (!response.writableEnded && !response.destroyed) response.end(wire.end(errors))
  }
  if (response.destroyed) return leave()
  response.once('close', leave)
  const cut = (): void => void response.destroy()
  stopping?.addEventListener('abort', cut)
  const expiry = atInstant(caller.expiresAt * 1000, () => {
    end([refusalAnswer(refuse('UNAUTHENTICATED'), caller.locale)])
    leave()
  })
  response.writeHead(200, {
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    'x-request-id': caller.requestId,
    'x-content-type-options': 'nosniff',
    ...wire.headers,
  })
  response.write(wire.begin)
  const alive =
    wire.alive &&
    setInterval(() => {
      if (!response.writableNeedDrain) response.write(wire.alive?.text ?? '')
    }, wire.alive.everyMs)
  try {
    for await (const sent of deliveries) {
      if (left.signal.aborted || response.writableEnded) return
      if (!response.write(wire.next(sent))) await once(response, 'drain', { signal: left.signal })
    }
    end()
  } catch (error) {
    if (left.signal.aborted) return
    if (error instanceof SubscriptionRefused) end(error.errors)
    else end([masked(error, caller.requestId, caller.locale, log)])
  } finally {
    clearInterval(alive)
    expiry.callOff()
    stopping?.removeEventListener('abort', cut)
  }
}
