import { getVariableValues, type GraphQLFormattedError } from 'graphql'
import type { Caller } from '@hub/kit/caller.ts'
import type { Logger } from '@hub/kit/log.ts'
import { masked, placed } from '../answer-errors.ts'
import { overriding } from '../execution/override-labels.ts'
import type { Operation } from '../operation.ts'
import type { GatewaySettings } from '../settings.ts'
import { Deliveries } from './deliveries.ts'
import { Delivery } from './delivery.ts'
import { eventAnswerer, type AnswerEvent } from './event-answer.ts'
import type { UpstreamEvent } from './follow-upstream.ts'
import { Shares } from './shares.ts'
import { planSubscription, type SubscriptionPlan } from './subscription-plan.ts'

export interface SubscriptionRequest {
  readonly operation: Operation
  readonly variables: Readonly<Record<string, unknown>>
  readonly caller: Caller
  readonly traceparent?: string | undefined
  /** Wins over the client's own `after`: the place where it was cut off. */
  readonly lastCursor?: string | undefined
  /** Told once, when a subscription that was begun is over. */
  readonly ended?: (() => void) | undefined
}

export type Subscribe = (request: SubscriptionRequest) => Deliveries | readonly GraphQLFormattedError[]

interface Prepared {
  readonly plan: SubscriptionPlan
  readonly answer: AnswerEvent
  /** The upstreams that are open for it, by who asks with which variables. */
  readonly shares: Shares
}

/** Carries out subscriptions: the stream of one subgraph, completed for each event by the others. */
export function subscriptions(
  { callerKey, answerWithinMs, overrideLabels }: GatewaySettings,
  log: Logger,
): Subscribe {
  const prepared = new WeakMap<Operation['definition'], Map<string, Prepared>>()
  const labelsOf = overriding(overrideLabels)

  const prepare = (operation: Operation, caller: Caller): Prepared => {
    const byLabels = prepared.get(operation.definition) ?? new Map<string, Prepared>()
    prepared.set(operation.definition, byLabels)
    const labels = labelsOf(operation.graph.rules.labels, caller)
    const known = byLabels.get(labels.join(' '))
    if (known) return known
    const plan = planSubscription(operation, labels)
    const made = { plan, answer: eventAnswerer(operation, plan, log), shares: new Shares() }
    byLabels.set(labels.join(' '), made)
    return made
  }

  return ({ operation, variables, caller, traceparent, lastCursor, ended = () => {} }) => {
    const { graph, definition } = operation
    const { coerced, errors } = getVariableValues(graph.schema, definition.variableDefinitions ?? [], {
      ...variables,
    })
    if (errors) return errors.map((error) => placed('VARIABLE_INVALID', error.toJSON(), caller.locale))
    const { plan, answer, shares } = prepare(operation, caller)
    const client = graph.subgraphs.get(plan.primary.serviceName)
    if (!client) throw new Error(`no subgraph ${plan.primary.serviceName}`)
    const after = lastCursor ?? plan.afterIn(coerced)
    const following = { plan, client, callerKey, asking: { caller, traceparent }, variables, after, log }
    const answerTo = async (event: UpstreamEvent): Promise<Delivery> => {
      const asking = { caller, traceparent, deadline: Date.now() + answerWithinMs, isFresh: true }
      try {
        return new Delivery(await answer(event, asking, { variables, coerced }), event.cursor)
      } catch (error) {
        // One event that cannot be made sense of does not end a stream.
        const errors = [masked(error, caller.requestId, caller.locale, log)]
        return new Delivery({ data: null, errors }, event.cursor)
      }
    }
    return new Deliveries({ shares, following, answer: answerTo, ended })
  }
}
