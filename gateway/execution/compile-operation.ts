import type { DocumentNode, GraphQLFormattedError, OperationDefinitionNode } from 'graphql'
import type { PlanNode } from '@apollo/query-planner'
import type { Logger } from '@hub/kit/log.ts'
import { Refusal } from '@hub/kit/errors.ts'
import { refuse } from '../errors.ts'
import type { Graph } from '../supergraph/graph.ts'
import type { Asking, SubgraphAnswer } from '../subgraphs/client.ts'
import { beginRun } from './begin-run.ts'
import { compileDeferred } from './compile-deferred.ts'
import { completeAnswer } from './complete-answer.ts'
import { conditionVariables, hasConditions, includedBy } from '../planning/conditions.ts'
import { compilePlan, isCompilable } from './compile-plan.ts'
import { decidedDocument } from '../planning/decided-document.ts'
import type { Later } from './deliver-parts.ts'
import { fragmentsOf, type Shape } from '../planning/fields.ts'
import { asOutside, withMissing } from './missing-values.ts'
import { namesOf, planOperation } from '../planning/plan.ts'
import type { Tree } from './tree.ts'
import { answerWriter } from './write-answer.ts'
import { Written } from './written.ts'

export interface Understood {
  readonly graph: Graph
  readonly document: DocumentNode
  readonly definition: OperationDefinitionNode
  /** The labels under which fields have moved. */
  readonly labels?: readonly string[]
}

/** With the plan for the values that its conditions have. */
interface Planned extends Understood {
  readonly plan: PlanNode | undefined
}

/** What is planned beforehand and has no conditions any more, with the fetch whose answer is handed in. */
export interface Given extends Planned {
  readonly given: PlanNode
}

export interface Execution {
  readonly asking: Asking
  /** As the client gave them, and as they are understood. */
  readonly variables: Readonly<Record<string, unknown>>
  readonly coerced: Readonly<Record<string, unknown>>
  readonly given?: SubgraphAnswer | undefined
  /** Whether the data is wanted as an object, and not as text. */
  readonly asObject?: boolean
  /** Whether parts of the answer may come later. */
  readonly inParts?: boolean
}

export interface Executed {
  readonly data: Written | Tree | null
  readonly errors: readonly GraphQLFormattedError[]
  /** What is still to come, where it was asked for in parts. */
  readonly later?: Later
}

export type Execute = (execution: Execution) => Promise<Executed>

/** Compiles an operation: once for each combination of values that its conditions take. A refusal is kept as well. */
export function compileOperation(understood: Understood, log: Logger): Execute {
  const names = conditionVariables(understood.document)
  const variants = new Map<string, Execute>()
  return (execution) => {
    const { coerced, inParts } = execution
    const values = valuesOf(names, coerced)
    const key = inParts ? `in parts ${values}` : values
    let execute = variants.get(key)
    if (!execute) {
      execute = unlessRefused(() => {
        const deferred = inParts ? compileDeferred(understood, coerced, log) : null
        return deferred ?? compileVariant(decided(understood, coerced), coerced, log)
      })
      if (variants.size < MOST_VARIANTS) variants.set(key, execute)
    }
    return execute(execution)
  }
}

/** Compiles what the events of a subscription are completed by. */
export function compileGiven(given: Given, log: Logger): Execute {
  return compileVariant(given, {}, log)
}

/** More combinations of values than these are not kept. */
export const MOST_VARIANTS = 64

/** The values that conditions have, as the key of a combination. */
export function valuesOf(names: readonly string[], coerced: Readonly<Record<string, unknown>>): string {
  return names.map((name) => KEYS.get(coerced[name]) ?? '-').join('')
}

/** What is compiled, or what tells why it is refused: neither is found out twice. */
export function unlessRefused<Compiled extends Execute | null>(compile: () => Compiled): Compiled | Execute {
  try {
    return compile()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return () => Promise.reject(error)
  }
}

const KEYS: ReadonlyMap<unknown, string> = new Map([
  [true, '1'],
  [false, '0'],
])

/**
 * The operation as it is where its conditions are these, planned anew: in a plan for all values, what one left-out field
 * requires is missing in what stands beside it, too.
 */
function decided(understood: Understood, values: Readonly<Record<string, unknown>>): Planned {
  const { graph, document, definition, labels } = understood
  const only = hasConditions(document) ? decidedDocument(document, definition, values, false) : understood
  const planned = 'planned' in only ? only.planned : document
  const node = planOperation(graph, planned, definition.name?.value, labels)
  if (node?.kind === 'Subscription' || !isCompilable(node)) throw refuse('OPERATION_UNSUPPORTED')
  return { ...understood, document: only.document, definition: only.definition, plan: node }
}

function compileVariant(
  { graph, document, definition, plan, given: givenFetch }: Planned & Partial<Given>,
  conditions: Readonly<Record<string, unknown>>,
  log: Logger,
): Execute {
  const { schema } = graph
  const names = namesOf(graph, document)
  const fragments = fragmentsOf(document)
  const shape: Shape = { schema, fragments, included: includedBy(conditions), names }
  const rootType = schema.getRootType(definition.operation)
  if (!rootType) throw new Error(`the schema has no ${definition.operation}`)
  const { selectionSet } = definition
  const question = { shape, rootType, selectionSet }
  const step = compilePlan(graph, plan, conditions, { question, given: givenFetch })
  const write = answerWriter(shape, rootType, selectionSet)

  return async ({ asking, variables, given, asObject }) => {
    const run = beginRun({ asking, variables, given }, log)
    await step(run)
    const errors = run.errors.map(asOutside)
    const text = asObject ? null : write(run.data, run.shared)
    if (text !== null) return { data: new Written(text), errors }
    const { data, faults } = completeAnswer(shape, rootType, selectionSet, run.data)
    return { data, errors: withMissing(errors, faults, asking.caller.locale) }
  }
}
