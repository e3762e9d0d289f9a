import { getVariableValues, type FormattedExecutionResult, type GraphQLFormattedError } from 'graphql'
import type { Caller } from '@hub/kit/caller.ts'
import type { Logger } from '@hub/kit/log.ts'
import { placed } from '../answer-errors.ts'
import { overriding } from '../execution/override-labels.ts'
import type { Operation } from '../operation.ts'
import type { GatewaySettings } from '../settings.ts'
import { stoppable } from '../stoppable.ts'
import { eventAnswerer, type AnswerEvent } from './event-answer.ts'
import { followUpstream, type UpstreamEvent } from './follow-upstream.ts'
import { joinShared, tooSlow, type Shares } from './join-shared.ts'
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
    const made = { plan, answer: eventAnswerer(operation, plan, log), shares: new Map() }
    byLabels.set(labels.join(' '), made)
    return made
  }

  return ({ operation, variables, caller, traceparent, lastCursor }) => {
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
    const answerTo = (event: UpstreamEvent): Promise<FormattedExecutionResult> => {
      const asking = { caller, traceparent, deadline: Date.now() + answerWithinMs }
      return answer(event, asking, { variables, coerced })
    }
    return stoppable(async function* deliver(signal) {
      let last = after
      if (after === undefined) {
        const shared = joinShared(shares, following)
        signal.addEventListener('abort', () => shared.leave(), { once: true })
        try {
          for await (const { event, answer } of shared.events(signal, answerTo)) {
            last = event.cursor ?? last
            yield { result: await answer, cursor: event.cursor }
          }
        } finally {
          shared.leave()
        }
        if (!shared.wasLeftBehind() || signal.aborted) return
        // Whoever lies too far behind goes on alone from where it stands, and holds nobody up.
        if (!plan.resumable || last === undefined) throw tooSlow(last, caller)
      }
      for await (const event of followUpstream({ ...following, after: last }, signal)) {
        yield { result: await answerTo(event), cursor: event.cursor }
      }
    })
  }
}
