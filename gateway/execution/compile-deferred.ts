import type { FetchNode } from '@apollo/query-planner'
import type { Logger } from '@hub/kit/log.ts'
import type { Graph } from '../supergraph/graph.ts'
import { stoppable } from '../stoppable.ts'
import { hasLeft } from '../subgraphs/audience.ts'
import { beginRun } from './begin-run.ts'
import { Blocks } from './blocks.ts'
import { tellingBlocks } from './compile-blocks.ts'
import type { Execute, Understood } from './compile-operation.ts'
import { compilePlan, isCompilable } from './compile-plan.ts'
import { deferLabel } from '../planning/defer-label.ts'
import { decidedDocument, type DecidedDocument } from '../planning/decided-document.ts'
import { PartDelivery, type Deferred, type Progress } from './deliver-parts.ts'
import type { Shape } from '../planning/fields.ts'
import { FIRST, needsOf, PartSchedule } from './part-schedule.ts'
import { namesOf, planInParts, planOperation } from '../planning/plan.ts'
import type { Run, Step } from './run.ts'
import type { Question } from './wanted.ts'

/** Works for the first part, and goes on with the others; the errors are those of the first. */
type Begin = (run: Run) => Promise<{ readonly run: Run; readonly progress: Progress }>

/** Compiles an operation to be answered in parts, for these values of its conditions; null when all of it comes at once. */
export function compileDeferred(
  { graph, document, definition, labels = [] }: Understood,
  conditions: Readonly<Record<string, unknown>>,
  log: Logger,
): Execute | null {
  const decided = decidedDocument(document, definition, conditions, true)
  const rootType = graph.schema.getRootType(definition.operation)
  if (decided.labels.size === 0 || !rootType) return null
  const names = namesOf(graph, decided.document)
  const whole: Shape = { schema: graph.schema, fragments: new Map(), included: () => true, names }
  const question = { shape: whole, rootType, selectionSet: decided.definition.selectionSet }
  const begin =
    inPlannedParts(graph, decided, labels, question, log) ??
    inScheduledParts(graph, decided, labels, question)
  if (!begin) return null
  const shape: Shape = { ...whole, included: (selection) => deferLabel(selection) === undefined }
  const deferred: Deferred = {
    shape,
    whole,
    rootType,
    definition: decided.definition,
    labels: decided.labels,
  }

  return async ({ asking, variables }) => {
    const stop = new AbortController()
    const { limit } = asking
    const audience = {
      get hasLeft() {
        return stop.signal.aborted || hasLeft(limit)
      },
    }
    const own = {
      audience,
      get deadline() {
        return limit.deadline
      },
    }
    const { run, progress } = await begin(beginRun({ asking: { ...asking, limit: own }, variables }, log))
    const delivery = new PartDelivery(deferred, run, progress)
    const { data, errors, announced } = delivery.first(await progress.errorsOf(FIRST))
    if (announced.length === 0) {
      stop.abort()
      return { data, errors }
    }
    // Whoever lets go of what is to come stops the work for it.
    const installments = stoppable((signal) => {
      signal.addEventListener('abort', () => stop.abort(), { once: true })
      return delivery.rest()
    })
    return { data, errors, later: { announced, installments } }
  }
}

/** Each part is fetched by itself, as the planner takes the operation apart. */
function inPlannedParts(
  graph: Graph,
  { planned, definition }: DecidedDocument,
  labels: readonly string[],
  question: Question,
  log: Logger,
): Begin | null {
  const node = withoutFailing(() => planInParts(graph, planned, definition.name?.value, labels), log)
  if (!node || !isCompilable(node)) return null
  const step = compilePlan(graph, node, {}, { question, around: tellingBlocks(node) })
  return async (run) => {
    const blocks = new Blocks(run.errors, run.asking.limit.deadline - Date.now())
    const own = { ...run, blocks }
    await step(own)
    return { run: own, progress: blocks }
  }
}

/** All is fetched as it would be at once; a part is ready when what it asks for has arrived. */
function inScheduledParts(
  graph: Graph,
  { planned, definition }: DecidedDocument,
  labels: readonly string[],
  question: Question,
): Begin | null {
  const node = planOperation(graph, planned, definition.name?.value, labels)
  if (node?.kind === 'Subscription' || !isCompilable(node)) return null
  const needs = needsOf(graph.supergraphSchema, node, definition, question.shape.names)
  const around =
    (fetch: FetchNode, step: Step): Step =>
    async (run) => {
      await step(run)
      run.schedule?.arrived(fetch)
    }
  const step = compilePlan(graph, node, {}, { question, around })
  return (run) => {
    const schedule = new PartSchedule(needs, run.errors)
    const own = { ...run, schedule }
    schedule.follow(step(own))
    return Promise.resolve({ run: own, progress: schedule })
  }
}

/** The planner fails on some operations where a field that is deferred requires others. */
function withoutFailing<T>(plan: () => T, log: Logger): T | null {
  try {
    return plan()
  } catch (error) {
    log.info({ reason: error instanceof Error ? error.message.slice(0, 200) : '' }, 'no plan in parts')
    return null
  }
}
