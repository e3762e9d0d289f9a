import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ApolloServer } from '@apollo/server'
import { OperationTypeNode, type FormattedExecutionResult, type GraphQLFormattedError } from 'graphql'
import type { Caller } from '@hub/kit/caller.ts'
import type { Logger } from '@hub/kit/log.ts'
import { masked, refusalAnswer } from './answer-errors.ts'
import { atInstant } from './at-instant.ts'
import { refuse } from './errors.ts'
import { sendJson, statusOf } from './http-exchange.ts'
import type { Operation, ReadOperation } from './operation.ts'
import type { RequestContext } from './subgraph-source.ts'
import type { Asking } from './subgraph-client.ts'
import { SubscriptionRefused } from './subscription/follow-upstream.ts'
import { Delivery } from './subscription/delivery.ts'
import type { Subscribe } from './subscription/subscribe.ts'

export interface SseOptions {
  readonly apollo: ApolloServer<RequestContext>
  readonly read: ReadOperation
  readonly subscribe: Subscribe
  /** When the gateway stops, streams end; a client comes back with its last id. */
  readonly stopping: AbortSignal
  readonly log: Logger
}

export interface SseRequest {
  readonly source: string
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
  readonly asking: Asking
}

const ALIVE_EVERY_MS = 12_000

/** Whether the client asks for an event stream. */
export function wantsEvents(request: IncomingMessage): boolean {
  return /\btext\/event-stream\b/i.test(request.headers.accept ?? '')
}

/**
 * One operation as server-sent events, in the manner of graphql-sse's distinct connections: `next` for each result,
 * with the cursor as its id, then `complete`. A client that lost the connection says where in `Last-Event-ID`.
 */
export function serverSentEvents({ apollo, read, subscribe, stopping, log }: SseOptions) {
  return async (request: IncomingMessage, response: ServerResponse, asked: SseRequest): Promise<void> => {
    const { caller, traceparent } = asked.asking
    const operation = read(asked.source, asked.operationName)
    if (typeof operation === 'function') return sendJson(response, 400, { errors: operation(caller.locale) })
    const { operation: kind } = operation.definition
    if (kind === OperationTypeNode.MUTATION && request.method === 'GET') throw refuse('METHOD_NOT_ALLOWED')
    if (kind !== OperationTypeNode.SUBSCRIPTION) {
      const result = await answerOnce(apollo, operation, asked)
      return stream(response, only(result), caller, stopping, log)
    }
    const lastId = request.headers['last-event-id']
    const lastCursor = typeof lastId === 'string' && lastId !== '' ? lastId : undefined
    const deliveries = subscribe({ operation, variables: asked.variables, caller, traceparent, lastCursor })
    if (!('next' in deliveries)) return sendErrors(response, deliveries)
    return stream(response, deliveries, caller, stopping, log)
  }
}

function sendErrors(response: ServerResponse, errors: readonly GraphQLFormattedError[]): void {
  const status = statusOf(String(errors[0]?.extensions?.['code']))
  if (status === 429) response.setHeader('retry-after', '1')
  sendJson(response, status, { errors })
}

async function answerOnce(
  apollo: ApolloServer<RequestContext>,
  { source: query }: Operation,
  { operationName, variables, asking }: SseRequest,
): Promise<FormattedExecutionResult> {
  const named = operationName === undefined ? {} : { operationName }
  const request = { query, ...named, variables: { ...variables } }
  const { body } = await apollo.executeOperation(request, { contextValue: { asking } })
  if (body.kind !== 'single') throw new Error('an answer in parts')
  return body.singleResult
}

async function* only(result: FormattedExecutionResult): AsyncGenerator<Delivery> {
  yield new Delivery(result)
}

/** Writes what is delivered, pulling the next only when the client has room for it. */
async function stream(
  response: ServerResponse,
  deliveries: AsyncGenerator<Delivery>,
  caller: Caller,
  stopping: AbortSignal,
  log: Logger,
): Promise<void> {
  const left = new AbortController()
  const leave = (): void => {
    left.abort()
    deliveries.return(undefined).catch(() => {})
  }
  response.once('close', leave)
  // Cut off, not completed: an event source then comes back by itself.
  const cut = (): void => void response.destroy()
  stopping.addEventListener('abort', cut)
  const expiry = atInstant(caller.expiresAt * 1000, () => {
    end(response, [refusalAnswer(refuse('UNAUTHENTICATED'), caller.locale)])
    leave()
  })
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    'x-request-id': caller.requestId,
  })
  response.write('retry: 1000\n\n')
  const alive = setInterval(() => {
    if (!response.writableNeedDrain) response.write(':\n\n')
  }, ALIVE_EVERY_MS)
  try {
    for await (const { text, cursor } of deliveries) {
      if (left.signal.aborted || response.writableEnded) return
      if (!response.write(next(text, cursor))) await once(response, 'drain', { signal: left.signal })
    }
    end(response)
  } catch (error) {
    if (left.signal.aborted) return
    if (error instanceof SubscriptionRefused) end(response, error.errors)
    else end(response, [masked(error, caller.requestId, caller.locale, log)])
  } finally {
    clearInterval(alive)
    expiry.callOff()
    stopping.removeEventListener('abort', cut)
  }
}

function next(text: string, cursor?: string): string {
  // A line break inside an id would begin another field of the stream.
  const id = cursor === undefined || /[\r\n\0]/.test(cursor) ? '' : `id: ${cursor}\n`
  return `event: next\n${id}data: ${text}\n\n`
}

function end(response: ServerResponse, errors?: FormattedExecutionResult['errors']): void {
  if (response.writableEnded || response.destroyed) return
  if (errors) response.write(next(JSON.stringify({ errors })))
  response.end('event: complete\ndata: \n\n')
}
