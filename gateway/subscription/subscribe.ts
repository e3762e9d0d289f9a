import { getVariableValues, type FormattedExecutionResult, type GraphQLFormattedError } from 'graphql'
import type { Caller } from '@hub/kit/caller.ts'
import type { Logger } from '@hub/kit/log.ts'
import { errorFormatter, placed } from '../answer-errors.ts'
import type { Operation } from '../operation.ts'
import { requestScope } from '../request-scope.ts'
import type { GatewaySettings } from '../settings.ts'
import { stoppable } from '../stoppable.ts'
import { eventAnswerer } from './event-answer.ts'
import { followUpstream } from './follow-upstream.ts'
import { planSubscription, type SubscriptionPlan } from './subscription-plan.ts'

/** One event as the client gets it, and the place to go on from after it. */
export interface Delivery {
  readonly result: FormattedExecutionResult
  readonly cursor: string | undefined
}

export interface SubscriptionRequest {
  readonly operation: Operation
  readonly variables: Readonly<Record<string, unknown>>
  readonly caller: Caller
  readonly traceparent?: string | undefined
  /** Wins over the client's own `after`: the place where it was cut off. */
  readonly lastCursor?: string | undefined
}

export type Subscribe = (
  request: SubscriptionRequest,
) => AsyncGenerator<Delivery> | readonly GraphQLFormattedError[]

/** Carries out subscriptions: the stream of one subgraph, completed for each event by the others. */
export function subscriptions({ callerKey, answerWithinMs }: GatewaySettings, log: Logger): Subscribe {
  const format = errorFormatter(log)
  const plans = new WeakMap<Operation['definition'], SubscriptionPlan>()

  const planOf = (operation: Operation): SubscriptionPlan => {
    const plan = plans.get(operation.definition) ?? planSubscription(operation)
    plans.set(operation.definition, plan)
    return plan
  }

  return ({ operation, variables, caller, traceparent, lastCursor }) => {
    const { graph, definition } = operation
    const { coerced, errors } = getVariableValues(graph.schema, definition.variableDefinitions ?? [], {
      ...variables,
    })
    if (errors) return errors.map((error) => placed('VARIABLE_INVALID', error.toJSON(), caller.locale))
    const plan = planOf(operation)
    const client = graph.subgraphs.get(plan.primary.serviceName)
    if (!client) throw new Error(`no subgraph ${plan.primary.serviceName}`)
    const answer = eventAnswerer({ operation, plan, variables, format, log })
    const after = lastCursor ?? plan.afterIn(coerced)
    const following = { plan, client, callerKey, asking: { caller, traceparent }, variables, after, log }
    const { locale, requestId } = caller
    return stoppable(async function* deliver(signal) {
      for await (const event of followUpstream(following, signal)) {
        const asking = { caller, traceparent, deadline: Date.now() + answerWithinMs }
        const result = await requestScope.run({ locale, requestId }, () => answer(event, asking))
        yield { result, cursor: event.cursor }
      }
    })
  }
}
