import type { IncomingMessage, ServerResponse } from 'node:http'
import { OperationTypeNode } from 'graphql'
import type { Logger } from '@hub/kit/log.ts'
import { inParts, PATHS } from './answers-in-parts.ts'
import type { AnswerOnce, AskedOnce } from '../operation/answer-once.ts'
import { sendDeliveries, type Wire } from './delivery-stream.ts'
import { refuse } from '../errors.ts'
import { sendErrors } from './http-exchange.ts'
import { sendNext } from './long-poll.ts'
import { subscriptionWire } from './multipart.ts'
import type { Operation, OperationErrors, ReadOperation } from '../operation/operation.ts'
import { eventWire, lastEventId } from './sse.ts'
import type { Subscribe } from '../subscription/subscribe.ts'

export interface StreamOptions {
  readonly answer: AnswerOnce
  readonly read: ReadOperation
  readonly subscribe: Subscribe
  /** When the gateway stops, streams end; a client comes back with its last cursor. */
  readonly stopping: AbortSignal
  readonly log: Logger
}

/** Answers over HTTP that go on. */
export interface OperationStreams {
  /** Any operation as server-sent events; `begun` is told of a subscription, which may go on for long. */
  events(
    request: IncomingMessage,
    response: ServerResponse,
    asked: AskedOnce,
    begun: () => void,
  ): Promise<void>
  /** A subscription as the parts of one answer. */
  parts(request: IncomingMessage, response: ServerResponse, asked: AskedOnce): Promise<void>
  /** The next event of a subscription, waited for. */
  next(request: IncomingMessage, response: ServerResponse, asked: AskedOnce, seconds: number): Promise<void>
  isSubscription(asked: Pick<AskedOnce, 'source' | 'operationName'>): boolean
  /** Why a document in which something is subscribed to cannot be carried out: Apollo Server fails on some of them. */
  findUnfit(asked: Pick<AskedOnce, 'source' | 'operationName'>): OperationErrors | null
}

export function operationStreams({
  answer,
  read,
  subscribe,
  stopping,
  log,
}: StreamOptions): OperationStreams {
  const follow = async (
    request: IncomingMessage,
    response: ServerResponse,
    operation: Operation,
    { variables, asking: { caller, traceparent, beside } }: AskedOnce,
    wire: Wire,
  ): Promise<void> => {
    const lastCursor = lastEventId(request)
    const deliveries = subscribe({ operation, variables, caller, traceparent, beside, lastCursor })
    if (!('next' in deliveries)) return sendErrors(response, deliveries)
    return sendDeliveries({ response, caller, stopping, log }, deliveries, wire)
  }

  return {
    async events(request, response, asked, begun) {
      const { caller } = asked.asking
      const operation = read(asked.source, asked.operationName)
      if (typeof operation === 'function') return sendErrors(response, operation(caller.locale))
      const { operation: kind } = operation.definition
      if (kind === OperationTypeNode.SUBSCRIPTION) {
        begun()
        return follow(request, response, operation, asked, eventWire)
      }
      if (kind === OperationTypeNode.MUTATION && request.method === 'GET') throw refuse('METHOD_NOT_ALLOWED')
      const answers = inParts(await answer(asked), PATHS)
      return sendDeliveries({ response, caller, stopping, log }, answers, eventWire)
    },
    async parts(request, response, asked) {
      const operation = read(asked.source, asked.operationName)
      if (typeof operation === 'function') return sendErrors(response, operation(asked.asking.caller.locale))
      return follow(request, response, operation, asked, subscriptionWire)
    },
    async next(request, response, { source, operationName, variables, asking }, seconds) {
      const { caller, traceparent, beside } = asking
      const operation = read(source, operationName)
      if (typeof operation === 'function') return sendErrors(response, operation(caller.locale))
      const lastCursor = lastEventId(request)
      const deliveries = subscribe({ operation, variables, caller, traceparent, beside, lastCursor })
      if (!('next' in deliveries)) return sendErrors(response, deliveries)
      return sendNext({ response, caller, stopping, log }, deliveries, seconds)
    },
    findUnfit({ source, operationName }) {
      if (!source.includes('subscription')) return null
      const operation = read(source, operationName)
      return typeof operation === 'function' ? operation : null
    },
    isSubscription({ source, operationName }) {
      if (!source.includes('subscription')) return false
      const operation = read(source, operationName)
      return (
        typeof operation !== 'function' && operation.definition.operation === OperationTypeNode.SUBSCRIPTION
      )
    },
  }
}
