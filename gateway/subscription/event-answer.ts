import { GraphQLError, type ExecutionResult, type FormattedExecutionResult } from 'graphql'
import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway'
import type { QueryPlan } from '@apollo/query-planner'
import type { Logger } from '@hub/kit/log.ts'
import type { errorFormatter } from '../answer-errors.ts'
import { refuse } from '../errors.ts'
import type { Operation } from '../operation.ts'
import { answeringSource, sourceOf } from '../subgraph-source.ts'
import type { Asking, SubgraphAnswer } from '../subgraph-client.ts'
import { errorsFromSubgraph } from '../subgraph-errors.ts'
import type { UpstreamEvent } from './follow-upstream.ts'
import type { SubscriptionPlan } from './subscription-plan.ts'

export interface EventAnswering {
  readonly operation: Operation
  readonly plan: SubscriptionPlan
  readonly variables: Readonly<Record<string, unknown>>
  readonly format: ReturnType<typeof errorFormatter>
  readonly log: Logger
}

type RequestContext = Parameters<typeof executeQueryPlan>[2]

/** Makes of each event what the client asked for: the event stands in for the answer of the primary fetch, the rest is fetched. */
export function eventAnswerer({ operation, plan, variables, format, log }: EventAnswering) {
  const { graph, document, operationName } = operation
  const { primary, rest } = plan
  const nodes = rest ? [primary, rest] : [primary]
  const queryPlan: QueryPlan = { kind: 'QueryPlan', node: { kind: 'Sequence', nodes } }
  const operationContext = buildOperationContext({
    schema: graph.schema,
    operationDocument: document,
    ...(operationName === undefined ? {} : { operationName }),
  })
  const others: ServiceMap = Object.fromEntries(
    [...graph.subgraphs.values()].map((client) => [client.name, sourceOf(client)]),
  )

  return async (event: UpstreamEvent, asking: Asking): Promise<FormattedExecutionResult> => {
    const services = { ...others, [primary.serviceName]: standingIn(event, asking) }
    // The executor reads no more than this of a request; the rest belongs to Apollo Server.
    const request: Partial<RequestContext> = {
      request: { variables: { ...variables } },
      context: { asking },
      logger: log,
      metrics: {},
    }
    const result: ExecutionResult = await executeQueryPlan(
      queryPlan,
      services,
      request as RequestContext,
      operationContext,
      graph.supergraphSchema,
      graph.apiSchema,
    )
    return answered(result, event, asking)
  }

  function standingIn(event: UpstreamEvent, { caller }: Asking) {
    const client = graph.subgraphs.get(primary.serviceName)
    const { data = null, errors } = event.payload
    const given: SubgraphAnswer = errors
      ? { data, errors: errorsFromSubgraph(errors, primary.serviceName, caller, log) }
      : { data }
    return answeringSource((request, asking) =>
      request.query === primary.operation || !client ? Promise.resolve(given) : client.ask(request, asking),
    )
  }

  function answered(
    result: ExecutionResult,
    event: UpstreamEvent,
    { caller }: Asking,
  ): FormattedExecutionResult {
    const data = result.data === undefined ? {} : { data: result.data }
    const errors = result.errors?.map((error) => format(withCode(error), error))
    if (!event.interrupted) return errors ? { ...data, errors } : data
    const code = 'SUBSCRIPTION_INTERRUPTED'
    const extensions = { interrupted: { code, message: refuse(code).sentence(caller.locale) } }
    return errors ? { ...data, errors, extensions } : { ...data, extensions }
  }
}

function withCode(error: unknown) {
  return error instanceof GraphQLError ? error.toJSON() : { message: '' }
}
