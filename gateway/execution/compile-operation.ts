import {
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type GraphQLFormattedError,
  type OperationDefinitionNode,
} from 'graphql'
import type { PlanNode } from '@apollo/query-planner'
import type { Logger } from '@hub/kit/log.ts'
import { masked } from '../answer-errors.ts'
import { refuse } from '../errors.ts'
import type { Graph } from '../graph.ts'
import type { Asking, SubgraphAnswer } from '../subgraph-client.ts'
import { completeAnswer, type ErrorPath } from './complete-answer.ts'
import { conditionVariables, includedBy } from './conditions.ts'
import { compilePlan } from './compile-plan.ts'
import { fragmentsOf, type Shape } from './fields.ts'
import { namesOf } from './plan.ts'
import { outsideName } from './response-names.ts'
import type { Run } from './run.ts'
import type { Tree } from './tree.ts'
import { answerWriter } from './write-answer.ts'
import { Written } from './written.ts'

export interface Understood {
  readonly graph: Graph
  readonly document: DocumentNode
  readonly definition: OperationDefinitionNode
  readonly plan: PlanNode | undefined
  /** The fetch whose answer is handed in, for the events of a subscription. */
  readonly given?: PlanNode | undefined
}

export interface Execution {
  readonly asking: Asking
  /** As the client gave them, and as they are understood. */
  readonly variables: Readonly<Record<string, unknown>>
  readonly coerced: Readonly<Record<string, unknown>>
  readonly given?: SubgraphAnswer | undefined
  /** Whether the data is wanted as an object, and not as text. */
  readonly asObject?: boolean
}

export interface Executed {
  readonly data: Written | Tree | null
  readonly errors: readonly GraphQLFormattedError[]
}

export type Execute = (execution: Execution) => Promise<Executed>

/** Compiles an operation: once for each combination of values that its conditions take. */
export function compileOperation(understood: Understood, log: Logger): Execute {
  const names = conditionVariables(understood.document)
  const variants = new Map<string, Execute>()
  return (execution) => {
    const key = names.map((name) => (execution.coerced[name] === true ? '1' : '0')).join('')
    let execute = variants.get(key)
    if (!execute) {
      execute = compileVariant(understood, execution.coerced, log)
      if (variants.size < 64) variants.set(key, execute)
    }
    return execute(execution)
  }
}

function compileVariant(
  { graph, document, definition, plan, given: givenFetch }: Understood,
  conditions: Readonly<Record<string, unknown>>,
  log: Logger,
): Execute {
  const { schema } = graph
  const names = namesOf(graph, document)
  const fragments = fragmentsOf(document)
  const shape: Shape = { schema, fragments, included: includedBy(conditions), names }
  const rootType = schema.getRootType(definition.operation)
  if (!rootType) throw new Error(`the schema has no ${definition.operation}`)
  const step = compilePlan(graph, plan, conditions, givenFetch)
  const write = answerWriter(shape, rootType, definition.selectionSet)

  return async ({ asking, variables, given, asObject }) => {
    const { locale, requestId } = asking.caller
    const run: Run = {
      asking,
      variables,
      given,
      data: {},
      errors: [],
      shared: new Map(),
      fault: (service, reason) => {
        const { message, extensions } = masked(new Error(`${service}: ${reason}`), requestId, locale, log)
        return { message, extensions: { ...extensions, service } }
      },
    }
    await step(run)
    const errors = run.errors.map(asOutside)
    const text = asObject ? null : write(run.data, run.shared)
    if (text !== null) return { data: new Written(text), errors }
    const { data, faults } = completeAnswer(shape, rootType, definition.selectionSet, run.data)
    const untold = faults.filter(({ nulled }) => !errors.some(({ path = [] }) => explains(path, nulled)))
    const message = refuse('VALUE_MISSING').sentence(locale)
    const missing = untold.map(({ path }) => ({ message, path, extensions: { code: 'VALUE_MISSING' } }))
    return { data, errors: [...errors, ...missing] }
  }
}

/** An error stands where the client looks for it. */
function asOutside(error: GraphQLFormattedError): GraphQLFormattedError {
  if (!error.path) return error
  return { ...error, path: error.path.map((step) => (typeof step === 'string' ? outsideName(step) : step)) }
}

/** Whether an error lies on the way to a place, or beneath it. */
function explains(error: ErrorPath, place: ErrorPath): boolean {
  const length = Math.min(error.length, place.length)
  for (let at = 0; at < length; at++) if (error[at] !== place[at]) return false
  return true
}

/** What only Apollo's executor does: introspection, parts that come later, and response names with a meaning to JavaScript. */
export function needsApollo(
  document: DocumentNode,
  definition: OperationDefinitionNode,
  source: string,
): boolean {
  if (definition.operation === OperationTypeNode.SUBSCRIPTION) return true
  if (/__(schema|type|proto__)\b|@(defer|stream)\b/.test(source)) return true
  return document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION) && INHERITED.test(source)
}

const INHERITED = new RegExp(`\\b(${Object.getOwnPropertyNames(Object.prototype).join('|')})\\s*:`)
