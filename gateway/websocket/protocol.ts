import {
  GraphQLError,
  OperationTypeNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
} from 'graphql'
import { CloseCode, makeServer, type SubscribePayload } from 'graphql-ws'
import type { WebSocket } from 'ws'
import { Refusal } from '@hub/kit/errors.ts'
import type { Logger } from '@hub/kit/log.ts'
import { masked, refusalAnswer } from '../answer-errors.ts'
import { askedDocument } from '../operation/asked-document.ts'
import { inParts, PATHS } from '../http/answers-in-parts.ts'
import type { AnswerOnce } from '../operation/answer-once.ts'
import { atInstant } from '../at-instant.ts'
import { callerOf, type Bearer, type Identify } from '../identity/caller-of-token.ts'
import type { Documents } from '../operation/documents.ts'
import type { Operation, OperationErrors, ReadOperation } from '../operation/operation.ts'
import { OpenOfCallers } from '../operation/rate.ts'
import { findDeepVariables } from '../operation/values.ts'
import type { RequestScope } from '../request-scope.ts'
import type { GatewaySettings } from '../settings.ts'
import type { Audience } from '../subgraphs/audience.ts'
import { SubscriptionRefused } from '../subscription/follow-upstream.ts'
import type { Subscribe } from '../subscription/subscribe.ts'
import type { Tracer } from '@hub/kit/trace.ts'
import type { UnderWay } from '../under-way.ts'
import { carried, written, type WriteFrames } from './deliveries.ts'

export interface SocketOptions {
  readonly answer: AnswerOnce
  readonly identify: Identify
  readonly read: ReadOperation
  readonly documents: Documents
  readonly subscribe: Subscribe
  readonly underWay: UnderWay
  readonly tracer: Tracer
  readonly settings: GatewaySettings
  readonly log: Logger
}

/** What belongs to one socket. */
export interface Visit {
  readonly socket: WebSocket
  /** What identifies the client: a header, or what it says first. */
  authorization: string | undefined
  readonly scope: RequestScope
  readonly writeFrames: WriteFrames
  bearer?: Bearer
  expiry?: { callOff(): void }
  /** Counts the socket out for its caller. */
  release?: () => void
}

interface Context {
  readonly operation: Operation
  readonly visit: Visit
  /** What the client calls the operation by. */
  readonly id: string
  readonly audience: Audience
}

/** The graphql-transport-ws protocol, apart from the sockets that carry it. */
export function speak(options: SocketOptions) {
  const { identify, read, documents, subscribe, settings, log } = options
  const sockets = new OpenOfCallers(settings.limits.sockets)
  const understand = (payload: SubscribePayload, { bearer }: Visit): Operation | OperationErrors => {
    try {
      const text = documents.textOf(askedDocument({ ...payload }), bearer?.role ?? '')
      const deep = findDeepVariables(payload.variables, settings.limits.valueDepth)
      if (deep) throw deep
      return read(text ?? '', payload.operationName ?? undefined)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return (locale) => [refusalAnswer(error, locale)]
    }
  }
  return makeServer<Record<string, unknown>, Visit>({
    onConnect: async ({ connectionParams, extra }) => {
      const given = connectionParams?.['authorization'] ?? extra.authorization
      extra.authorization = typeof given === 'string' ? given : undefined
      const bearer = await identify(extra.authorization).catch(() => null)
      if (!bearer) return false
      const release = sockets.take(bearer.subject)
      if (!release) {
        extra.socket.close(CloseCode.TooManyInitialisationRequests, 'Too many sockets')
        return false
      }
      extra.release = release
      if (extra.socket.readyState !== extra.socket.OPEN) release()
      extra.bearer = bearer
      extra.expiry = atInstant(bearer.expiresAt * 1000, () =>
        extra.socket.close(CloseCode.Forbidden, 'Forbidden'),
      )
      return true
    },
    onSubscribe: (context, id, payload: SubscribePayload) => {
      const { extra } = context
      const { operationName, variables } = payload
      const operation = understand(payload, extra)
      if (typeof operation === 'function') return operation(extra.scope.locale).map(asError)
      // An operation that is under way stands there until its client says `complete`, or is gone.
      const audience = {
        get hasLeft() {
          return !(id in context.subscriptions)
        },
      }
      const contextValue: Context = { operation, visit: extra, id, audience }
      return {
        schema: operation.graph.schema,
        document: operation.document,
        operationName,
        variableValues: variables,
        contextValue,
      }
    },
    subscribe: (args) => {
      const { operation, visit, id } = args.contextValue as Context
      const deliveries = subscribe({
        operation,
        variables: args.variableValues ?? {},
        caller: callerAt(visit),
      })
      return 'next' in deliveries
        ? carried(deliveries, id, visit.writeFrames)
        : { errors: deliveries.map(asError) }
    },
    execute: (args) => execute(args, options),
    onError: ({ extra: { scope } }, _id, _payload, errors) =>
      errors.flatMap((error) => {
        const { originalError } = error
        if (originalError instanceof SubscriptionRefused) return originalError.errors
        return originalError ? [masked(originalError, scope.requestId, scope.locale, log)] : [error.toJSON()]
      }),
    onNext: (_context, _id, _payload, _args, result) => {
      const { errors, ...others } = result as FormattedExecutionResult
      const told = errors?.map((error) => (error instanceof GraphQLError ? error.toJSON() : error))
      return { ...others, ...(told && { errors: told }) }
    },
  })
}

function callerAt({ bearer, scope }: Visit) {
  if (!bearer) throw new Error('a socket that was acknowledged without a bearer')
  return callerOf(bearer, scope)
}

/** Queries and mutations take the road of those over HTTP. */
async function execute(
  args: ExecutionArgs,
  { answer, underWay, tracer, settings: { answerWithinMs, mutateWithinMs } }: SocketOptions,
): Promise<ExecutionResult | AsyncGenerator<ExecutionResult>> {
  const { operation, visit, id, audience } = args.contextValue as Context
  const end = beginning(underWay)
  if (end instanceof Refusal) return { errors: [asError(refusalAnswer(end, visit.scope.locale))] }
  const { source, operationName, definition } = operation
  const mayChange = definition.operation === OperationTypeNode.MUTATION
  const span = tracer.start('graphql', 'server', undefined)
  const asking = {
    caller: callerAt(visit),
    traceparent: span.traceparent,
    limit: mayChange
      ? { deadline: Date.now() + mutateWithinMs }
      : { deadline: Date.now() + answerWithinMs, audience },
  }
  const asked = { source, operationName, variables: args.variableValues ?? {}, asking }
  const answered = await answer({ ...asked, inParts: source.includes('@defer') })
  return written(inParts(answered, PATHS), id, visit.writeFrames, () => {
    end()
    span.end({ 'hub.request_id': visit.scope.requestId })
  })
}

function beginning(underWay: UnderWay): (() => void) | Refusal {
  try {
    return underWay.begin()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function asError({
  message,
  extensions,
  locations,
  path,
}: { message: string } & Partial<GraphQLError>): GraphQLError {
  return Object.assign(new GraphQLError(message, { extensions: extensions ?? null, path: path ?? null }), {
    locations,
  })
}
