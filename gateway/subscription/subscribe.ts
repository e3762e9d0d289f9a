import type { GraphQLFormattedError } from 'graphql'
import type { Caller } from '@hub/kit/caller.ts'
import { Refusal } from '@hub/kit/errors.ts'
import type { Logger } from '@hub/kit/log.ts'
import type { SpanAttributes } from '@hub/kit/trace.ts'
import { masked, placed, refusalAnswer } from '../answer-errors.ts'
import { refuse } from '../errors.ts'
import type { Result } from '../execution/written.ts'
import { mayPass } from '../operation/guards.ts'
import type { Operation, OperationErrors, ReadOperation } from '../operation/operation.ts'
import { coercedVariables } from '../operation/values.ts'
import { codeOf, type Observation } from '../seen/observation.ts'
import { besideAnotherTrace, type TraceHeaders } from '../trace-headers.ts'
import type { GatewaySettings } from '../settings.ts'
import type { Graphs } from '../supergraph/graph.ts'
import { Deliveries } from './deliveries.ts'
import { Delivery } from './delivery.ts'
import type { Course, Following } from './follow-upstream.ts'
import { preparing, type Prepared } from './prepare.ts'
import type { AnswerAll } from './shared-upstream.ts'
import type { SubscriptionPlan } from './subscription-plan.ts'

export interface SubscriptionRequest {
  readonly operation: Operation
  readonly variables: Readonly<Record<string, unknown>>
  readonly caller: Caller
  readonly traceparent?: string | undefined
  /** What goes on beside it. */
  readonly beside?: TraceHeaders | undefined
  /** Wins over the client's own `after`: the place where it was cut off. */
  readonly lastCursor?: string | undefined
  /** Told once, when a subscription that was begun is over. */
  readonly ended?: (() => void) | undefined
}

export type Subscribe = (request: SubscriptionRequest) => Deliveries | readonly GraphQLFormattedError[]

export interface SubscriptionOptions {
  readonly graphs: Pick<Graphs, 'current' | 'onLoad'>
  readonly read: ReadOperation
  readonly settings: GatewaySettings
  readonly observation: Pick<Observation, 'tracer' | 'labelOf' | 'subscriptionsTo'>
  readonly log: Logger
}

interface Understood extends Course, Pick<Prepared, 'guards' | 'shares'> {
  readonly coerced: Readonly<Record<string, unknown>>
}

/** Carries out subscriptions: the stream of one subgraph, completed for each event by the others. */
export function subscriptions({
  graphs,
  read,
  settings,
  observation: { tracer, labelOf, subscriptionsTo },
  log,
}: SubscriptionOptions): Subscribe {
  const prepare = preparing(settings, log)

  /** How it is carried out under the supergraph of the moment, or why it is not. */
  const courseOf = (
    operation: Operation | OperationErrors,
    variables: Readonly<Record<string, unknown>>,
    caller: Caller,
  ): Understood | readonly GraphQLFormattedError[] => {
    if (typeof operation === 'function') return operation(caller.locale)
    const { graph, definition } = operation
    const { coerced, errors } = coercedVariables(graph.schema, definition.variableDefinitions ?? [], {
      ...variables,
    })
    if (errors) return errors.map((error) => placed('VARIABLE_INVALID', error.toJSON(), caller.locale))
    const prepared = prepare(operation, caller, coerced)
    return {
      ...prepared,
      coerced,
      answer: (event, asking) => prepared.answer(event, asking, { variables, coerced }),
    }
  }

  /** The same for one that has begun, which nobody admits anew. */
  const courseAgain = (
    { source, operationName }: Operation,
    variables: Readonly<Record<string, unknown>>,
    caller: Caller,
  ): Understood | readonly GraphQLFormattedError[] => {
    try {
      const course = courseOf(read(source, operationName), variables, caller)
      return !('plan' in course) || mayPass(caller, course.guards)
        ? course
        : [refusalAnswer(refuse('FORBIDDEN'), caller.locale)]
    } catch (error) {
      if (error instanceof Refusal) return [refusalAnswer(error, caller.locale)]
      return [masked(error, caller.requestId, caller.locale, log)]
    }
  }

  return ({ operation, variables, caller, traceparent: parent, beside, lastCursor, ended = () => {} }) => {
    const begun = courseOf(operation, variables, caller)
    if (!('plan' in begun)) return begun
    const { plan, shares, coerced } = begun
    const after = lastCursor ?? plan.afterIn(coerced)
    const told = tracer.isOn ? attributesOf(plan, labelOf(operation.source)) : {}
    const span = tracer.start('subscribe', 'internal', parent)
    span.end(told)
    const { traceparent } = span
    // The state of a trace is of no other, and each event is a trace of its own where any is recorded.
    const besideEvents = tracer.isOn ? besideAnotherTrace(beside) : beside
    const counts = subscriptionsTo(plan.field)
    const following: Following = {
      plan,
      course: () =>
        graphs.current() === operation.graph ? begun : courseAgain(operation, variables, caller),
      onLoad: graphs.onLoad,
      callerKey: settings.callerKey,
      asking: { caller, traceparent, beside },
      variables,
      coerced,
      after,
      counts,
      log,
    }
    const answerTo: AnswerAll = async (event, audience) => {
      const span = tracer.startApart('subscription event', 'internal', traceparent)
      const limit = { deadline: Date.now() + settings.answerWithinMs, audience }
      const asking = { caller, traceparent: span.traceparent, beside: besideEvents, limit, isFresh: true }
      let result: Result
      try {
        result = await event.answer(event, asking)
      } catch (error) {
        // One event that cannot be made sense of does not end a stream.
        result = { data: null, errors: [masked(error, caller.requestId, caller.locale, log)] }
      }
      const code = codeOf(result.errors)
      span.end({ ...told, 'hub.code': code }, code !== 'OK' && code !== 'CLIENT_LEFT')
      return new Delivery(result, event.cursor)
    }
    return new Deliveries({ shares, following, answer: answerTo, counts, ended })
  }
}

/** What traces say of a subscription: never what it asks with, nor what came. */
function attributesOf({ field, primary }: SubscriptionPlan, label: string): SpanAttributes {
  return { 'hub.operation': label, 'hub.field': field, 'hub.subgraph': primary.serviceName }
}
