import { getOperationAST, type GraphQLFormattedError } from 'graphql'
import type { Caller } from '@hub/kit/caller.ts'
import type { Logger } from '@hub/kit/log.ts'
import type { SpanAttributes } from '@hub/kit/trace.ts'
import { masked, placed } from '../answer-errors.ts'
import { refuse } from '../errors.ts'
import { MOST_VARIANTS, valuesOf } from '../execution/compile-operation.ts'
import { conditionVariables, hasConditions } from '../execution/conditions.ts'
import { decidedDocument } from '../execution/decided-document.ts'
import { overriding } from '../execution/override-labels.ts'
import { understoodBy } from '../execution/sender.ts'
import type { Result } from '../execution/written.ts'
import type { Operation } from '../operation/operation.ts'
import { remembered } from '../operation/remembered.ts'
import { coercedVariables } from '../operation/values.ts'
import { codeOf, type Observation } from '../seen/observation.ts'
import type { GatewaySettings } from '../settings.ts'
import type { Graph } from '../supergraph/graph.ts'
import { Deliveries } from './deliveries.ts'
import { Delivery } from './delivery.ts'
import { eventAnswerer, type AnswerEvent } from './event-answer.ts'
import type { AnswerAll } from './shared-upstream.ts'
import type { Following } from './follow-upstream.ts'
import { plainText } from './plain-text.ts'
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

type Variants = Map<string, Prepared>

/** So many texts are remembered for the sake of those who ask for the same in another. */
const MOST_ALIKE = 500

export type Subscribe = (request: SubscriptionRequest) => Deliveries | readonly GraphQLFormattedError[]

interface Prepared extends Pick<Following, 'plan' | 'client' | 'understood'> {
  readonly answer: AnswerEvent
  /** The upstreams that are open for it, by who asks with which variables. */
  readonly shares: Shares
}

/** Carries out subscriptions: the stream of one subgraph, completed for each event by the others. */
export function subscriptions(
  { callerKey, answerWithinMs, overrideLabels }: GatewaySettings,
  { tracer, labelOf }: Pick<Observation, 'tracer' | 'labelOf'>,
  log: Logger,
): Subscribe {
  const prepared = new WeakMap<Operation['definition'], Variants>()
  const alike = new WeakMap<Graph, (text: string) => Variants>()
  const labelsOf = overriding(overrideLabels)

  /** Documents that ask for the same share what is made for them. */
  const variantsOf = ({ graph, document, definition }: Operation): Variants => {
    const find = alike.get(graph) ?? remembered(MOST_ALIKE, (): Variants => new Map())
    alike.set(graph, find)
    return find(plainText(document, definition))
  }

  const prepare = (
    operation: Operation,
    caller: Caller,
    coerced: Readonly<Record<string, unknown>>,
  ): Prepared => {
    const variants = prepared.get(operation.definition) ?? variantsOf(operation)
    prepared.set(operation.definition, variants)
    const labels = labelsOf(operation.graph.rules.labels, caller)
    const values = valuesOf(conditionVariables(operation.document), coerced)
    const key = [values, ...labels].join(' ')
    const known = variants.get(key)
    if (known) return known
    const { asked, planned } = decidedFor(operation, coerced)
    const plan = planSubscription(planned, labels)
    const client = operation.graph.subgraphs.get(plan.primary.serviceName)
    if (!client) throw new Error(`no subgraph ${plan.primary.serviceName}`)
    const understood = understoodBy(operation.graph, client, plan.primary)
    const answer = eventAnswerer(asked, plan, log)
    const made = { plan, client, understood, answer, shares: new Shares() }
    if (variants.size < MOST_VARIANTS) variants.set(key, made)
    return made
  }

  return ({ operation, variables, caller, traceparent: parent, lastCursor, ended = () => {} }) => {
    const { graph, definition } = operation
    const { coerced, errors } = coercedVariables(graph.schema, definition.variableDefinitions ?? [], {
      ...variables,
    })
    if (errors) return errors.map((error) => placed('VARIABLE_INVALID', error.toJSON(), caller.locale))
    const { answer, shares, ...upstream } = prepare(operation, caller, coerced)
    const { plan } = upstream
    const after = lastCursor ?? plan.afterIn(coerced)
    const told = tracer.isOn ? attributesOf(plan, labelOf(operation.source)) : {}
    const begun = tracer.start('subscribe', 'internal', parent)
    begun.end(told)
    const { traceparent } = begun
    const asking = { caller, traceparent }
    const following = { ...upstream, callerKey, asking, variables, coerced, after, log }
    const answerTo: AnswerAll = async (event, audience) => {
      const span = tracer.startApart('subscription event', 'internal', traceparent)
      const limit = { deadline: Date.now() + answerWithinMs, audience }
      const asking = { caller, traceparent: span.traceparent, limit, isFresh: true }
      let result: Result
      try {
        result = await answer(event, asking, { variables, coerced })
      } catch (error) {
        // One event that cannot be made sense of does not end a stream.
        result = { data: null, errors: [masked(error, caller.requestId, caller.locale, log)] }
      }
      const code = codeOf(result.errors)
      span.end({ ...told, 'hub.code': code }, code !== 'OK' && code !== 'CLIENT_LEFT')
      return new Delivery(result, event.cursor)
    }
    return new Deliveries({ shares, following, answer: answerTo, ended })
  }
}

/** What traces say of a subscription: never what it asks with, nor what came. */
function attributesOf({ field, primary }: SubscriptionPlan, label: string): SpanAttributes {
  return { 'hub.operation': label, 'hub.field': field, 'hub.subgraph': primary.serviceName }
}

/** The operation as it is where its conditions have these values, and as it is planned: a plan for all would be right for none. */
function decidedFor(
  operation: Operation,
  coerced: Readonly<Record<string, unknown>>,
): { readonly asked: Operation; readonly planned: Operation } {
  if (!hasConditions(operation.document)) return { asked: operation, planned: operation }
  const { document, definition, planned } = decidedDocument(
    operation.document,
    operation.definition,
    coerced,
    false,
  )
  const whole = getOperationAST(planned)
  // Nothing is left to subscribe to.
  if (!whole || definition.selectionSet.selections.length === 0) throw refuse('OPERATION_UNSUPPORTED')
  return {
    asked: { ...operation, document, definition },
    planned: { ...operation, document: planned, definition: whole },
  }
}
