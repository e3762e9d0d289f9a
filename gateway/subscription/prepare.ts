import { getOperationAST } from 'graphql'
import type { Caller } from '@hub/kit/caller.ts'
import type { Logger } from '@hub/kit/log.ts'
import { refuse } from '../errors.ts'
import { MOST_VARIANTS, valuesOf } from '../execution/compile-operation.ts'
import { conditionVariables, hasConditions } from '../planning/conditions.ts'
import { decidedDocument } from '../planning/decided-document.ts'
import { fragmentsOf } from '../planning/fields.ts'
import { overriding } from '../planning/override-labels.ts'
import { understoodBy } from '../execution/sender.ts'
import { guardsOf } from '../operation/guards.ts'
import type { Operation } from '../operation/operation.ts'
import { remembered } from '@hub/kit/remembered.ts'
import type { GatewaySettings } from '../settings.ts'
import type { Graph } from '../supergraph/graph.ts'
import type { Guard } from '../supergraph/rules.ts'
import { eventAnswerer } from './event-answer.ts'
import type { Course } from './follow-upstream.ts'
import { plainText } from './plain-text.ts'
import { Shares } from './shares.ts'
import { planSubscription } from './subscription-plan.ts'

/** What is made once for all who ask for the same under one supergraph. */
export interface Prepared extends Omit<Course, 'answer'> {
  readonly answer: ReturnType<typeof eventAnswerer>
  /** What whoever gets its events must have. */
  readonly guards: readonly Guard[]
  /** The upstreams that are open for it, under whichever supergraph, by who asks with which variables. */
  readonly shares: Shares
}

export type Prepare = (
  operation: Operation,
  caller: Caller,
  coerced: Readonly<Record<string, unknown>>,
) => Prepared

interface Variants {
  readonly text: string
  readonly made: Map<string, Prepared>
}

/** So many texts are remembered for the sake of those who ask for the same in another. */
const MOST_ALIKE = 500

/** Plans and compiles subscriptions, each once for all documents that ask for the same. */
export function preparing({ overrideLabels }: GatewaySettings, log: Logger): Prepare {
  const prepared = new WeakMap<Operation['definition'], Variants>()
  const alike = new WeakMap<Graph, (text: string) => Variants>()
  // Who comes after another supergraph was loaded joins those who were there before: they have moved to it.
  const sharesOf = remembered(MOST_ALIKE, () => new Shares())
  const labelsOf = overriding(overrideLabels)

  const variantsOf = ({ graph, document, definition }: Operation): Variants => {
    const find = alike.get(graph) ?? remembered(MOST_ALIKE, (text): Variants => ({ text, made: new Map() }))
    alike.set(graph, find)
    return find(plainText(document, definition))
  }

  return (operation, caller, coerced) => {
    const { graph, document, definition } = operation
    const variants = prepared.get(definition) ?? variantsOf(operation)
    prepared.set(definition, variants)
    const labels = labelsOf(graph.rules.labels, caller)
    const values = valuesOf(conditionVariables(document), coerced)
    const key = [values, ...labels].join(' ')
    const known = variants.made.get(key)
    if (known) return known
    const { asked, planned } = decidedFor(operation, coerced)
    const plan = planSubscription(planned, labels)
    const client = graph.subgraphs.get(plan.primary.serviceName)
    if (!client) throw new Error(`no subgraph ${plan.primary.serviceName}`)
    const made = {
      plan,
      client,
      understood: understoodBy(graph, client, plan.primary),
      answer: eventAnswerer(asked, plan, log),
      guards: guardsOf({ ...graph, fragments: fragmentsOf(document), operation: definition }),
      shares: sharesOf(`${key} ${variants.text}`),
    }
    if (variants.made.size < MOST_VARIANTS) variants.made.set(key, made)
    return made
  }
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
