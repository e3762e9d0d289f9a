import { operationFromDocument, Supergraph, type Schema } from '@apollo/federation-internals'
import { QueryPlanner, type FetchNode, type PlanNode, type SubscriptionNode } from '@apollo/query-planner'
import { getOperationAST, type DocumentNode, type GraphQLSchema } from 'graphql'
import type { Graph } from '../graph.ts'
import { usesContext } from './context-fetch.ts'
import { fragmentsOf } from './fields.ts'
import { partsOf } from './plan-parts.ts'
import { withoutGaps } from './plan-repair.ts'
import { namesIn, withInsideNames, type Names } from './response-names.ts'
import { plannersView, type PlannersView } from './stand-ins.ts'
import { usesStandIns, withoutStandIns } from './stand-in-fetches.ts'
import { subgraphTypes, type SubgraphTypes } from './subgraph-types.ts'

/** What is planned with, for one loaded supergraph. */
interface Planning {
  readonly view: PlannersView
  readonly planner: QueryPlanner
  readonly apiSchema: Schema
  readonly schema: GraphQLSchema
  readonly subgraphs: SubgraphTypes
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

/** Plans an operation so that no value is taken for another; the labels are those under which fields have moved. */
export function planOperation(
  graph: Graph,
  document: DocumentNode,
  operationName: string | undefined,
  labels: readonly string[] = [],
): Planned {
  const { view, planner, apiSchema, schema, subgraphs } = planningOf(graph)
  const inside = withInsideNames(document, namesIn(document, view.ownNames))
  const options = operationName ? { operationName, validate: false } : { validate: false }
  const overrideConditions = new Map(labels.map((label) => [label, true]))
  const operation = operationFromDocument(apiSchema, inside, options)
  const { node: planned } = planner.buildQueryPlan(operation, { overrideConditions })
  const definition = getOperationAST(inside, operationName)
  const fragments = fragmentsOf(inside)
  const node = definition && withoutGaps(planned, { schema, subgraphs, fragments, definition })
  const isOwn = inside !== document || node !== planned || usesStandIns(view, node) || usesContext(node)
  const isCorrected = isOwn || (view.dropsKeys && hasEntities(planned))
  if (node?.kind !== 'Subscription') return { node: withoutStandIns(view, node ?? undefined), isCorrected }
  const primary = withoutStandIns(view, node.primary) as FetchNode
  const rest = withoutStandIns(view, node.rest)
  return { node: { kind: 'Subscription', primary, ...(rest && { rest }) }, isCorrected }
}

function hasEntities(node: PlanNode | SubscriptionNode | undefined): boolean {
  return partsOf(node).some(({ fetch }) => fetch.requires !== undefined)
}

function planningOf(graph: Graph): Planning {
  const known = plannings.get(graph)
  if (known) return known
  const view = plannersView(graph.sdl)
  const { planner, apiSchema } = view.sdl === undefined ? graph : plannerOver(view.sdl)
  const schema = planner.supergraph.schema.toGraphQLJSSchema()
  const planning = { view, planner, apiSchema, schema, subgraphs: subgraphTypes(planner.supergraph, schema) }
  plannings.set(graph, planning)
  return planning
}

function plannerOver(sdl: string): Pick<Planning, 'planner' | 'apiSchema'> {
  // The supergraph was validated as it came; in this one some @external fields have no use any more, which is no harm.
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false })
  return { planner: new QueryPlanner(supergraph), apiSchema: supergraph.apiSchema() }
}
