import { operationFromDocument, Supergraph, type Schema } from '@apollo/federation-internals'
import { QueryPlanner, type FetchNode, type PlanNode, type SubscriptionNode } from '@apollo/query-planner'
import type { DocumentNode } from 'graphql'
import type { Graph } from '../graph.ts'
import { namesIn, withInsideNames, type Names } from './response-names.ts'
import { plannersView, type PlannersView } from './stand-ins.ts'
import { usesStandIns, withoutStandIns } from './stand-in-fetches.ts'

/** What is planned with, for one loaded supergraph. */
interface Planning {
  readonly view: PlannersView
  readonly planner: QueryPlanner
  readonly apiSchema: Schema
}

export interface Planned {
  readonly node: PlanNode | SubscriptionNode | undefined
  /** Whether the planner by itself would have mixed up two values: nobody else may execute this operation. */
  readonly isCorrected: boolean
}

const plannings = new WeakMap<Graph, Planning>()

/** The names of an operation on this graph that need care. */
export function namesOf(graph: Graph, document: DocumentNode): Names {
  return namesIn(document, planningOf(graph).view.ownNames)
}

/** Plans an operation so that no value is taken for another. */
export function planOperation(
  graph: Graph,
  document: DocumentNode,
  operationName: string | undefined,
): Planned {
  const { view, planner, apiSchema } = planningOf(graph)
  const inside = withInsideNames(document, namesIn(document, view.ownNames))
  const options = operationName ? { operationName, validate: false } : { validate: false }
  const { node } = planner.buildQueryPlan(operationFromDocument(apiSchema, inside, options))
  const isCorrected = inside !== document || usesStandIns(view, node)
  if (node?.kind !== 'Subscription') return { node: withoutStandIns(view, node), isCorrected }
  const primary = withoutStandIns(view, node.primary) as FetchNode
  const rest = withoutStandIns(view, node.rest)
  return { node: { kind: 'Subscription', primary, ...(rest && { rest }) }, isCorrected }
}

function planningOf(graph: Graph): Planning {
  const known = plannings.get(graph)
  if (known) return known
  const view = plannersView(graph.sdl)
  const planning = view.sdl === undefined ? { view, ...graph } : { view, ...plannerOver(view.sdl) }
  plannings.set(graph, planning)
  return planning
}

function plannerOver(sdl: string): Pick<Planning, 'planner' | 'apiSchema'> {
  // The supergraph was validated as it came; in this one some @external fields have no use any more, which is no harm.
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false })
  return { planner: new QueryPlanner(supergraph), apiSchema: supergraph.apiSchema() }
}
