import type { PlanNode } from '@apollo/query-planner'
import type { Logger } from '@hub/kit/log.ts'
import { refuse } from '../errors.ts'
import { compileGiven } from '../execution/compile-operation.ts'
import type { Result } from '../execution/written.ts'
import type { Operation } from '../operation/operation.ts'
import type { Asking, SubgraphAnswer } from '../subgraphs/client.ts'
import { errorsFromSubgraph } from '../subgraphs/errors.ts'
import type { UpstreamEvent } from './follow-upstream.ts'
import type { SubscriptionPlan } from './subscription-plan.ts'

export interface EventVariables {
  readonly variables: Readonly<Record<string, unknown>>
  readonly coerced: Readonly<Record<string, unknown>>
}

/** Compiles a subscription: an event stands in for the answer of the primary fetch, and the rest of the plan is run. */
export function eventAnswerer(
  { graph, document, definition }: Operation,
  plan: SubscriptionPlan,
  log: Logger,
): (event: UpstreamEvent, asking: Asking, variables: EventVariables) => Promise<Result> {
  const { primary, rest } = plan
  const whole: PlanNode = { kind: 'Sequence', nodes: rest ? [primary, rest] : [primary] }
  const execute = compileGiven({ graph, document, definition, plan: whole, given: primary }, log)

  return async (event, asking, { variables, coerced }) => {
    const given = givenBy(event, primary.serviceName, asking, log)
    const { data, errors } = await execute({ asking, variables, coerced, given })
    const result = errors.length > 0 ? { data, errors } : { data }
    if (!event.interrupted) return result
    const code = 'SUBSCRIPTION_INTERRUPTED'
    const message = refuse(code).sentence(asking.caller.locale)
    return { ...result, extensions: { interrupted: { code, message } } }
  }
}

function givenBy(
  { payload }: UpstreamEvent,
  service: string,
  { caller }: Asking,
  log: Logger,
): SubgraphAnswer {
  const { data = null, errors } = payload
  return errors ? { data, errors: errorsFromSubgraph(errors, service, caller, log) } : { data }
}
