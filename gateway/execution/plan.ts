import { operationFromDocument, Supergraph, type Schema } from '@apollo/federation-internals'
import { QueryPlanner, type FetchNode, type PlanNode, type SubscriptionNode } from '@apollo/query-planner'
import { getOperationAST, visit, type DocumentNode, type GraphQLSchema } from 'graphql'
import { Refusal } from '@hub/kit/errors.ts'
import type { Graph } from '../graph.ts'
import { usesContext } from './context-fetch.ts'
import { isDefer } from './defer-label.ts'
import { fragmentsOf } from './fields.ts'
import { partsOf } from './plan-parts.ts'
import { withoutGaps } from './plan-repair.ts'
import { withRequirements } from './plan-requirements.ts'
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
  /** Plans with parts that come later; made when the first of them is asked for. */
  deferring?: QueryPlanner
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
  const planning = planningOf(graph)
  const { view } = planning
  // The planner by itself leaves fragments behind where it drops the directive, and plans them wrongly.
  const asked = withoutDefer(document)
  const inside = withInsideNames(asked, namesIn(asked, view.ownNames))
  const planned = planBy(planning.planner, planning, inside, operationName, labels)
  const node = repaired(planning, planned, inside, operationName)
  const isOwn = inside !== asked || node !== planned || usesStandIns(view, node) || usesContext(node)
  const isCorrected = isOwn || (view.dropsKeys && hasEntities(planned))
  if (node?.kind !== 'Subscription') return { node: withoutStandIns(view, node ?? undefined), isCorrected }
  const primary = withoutStandIns(view, node.primary) as FetchNode
  const rest = withoutStandIns(view, node.rest)
  return { node: { kind: 'Subscription', primary, ...(rest && { rest }) }, isCorrected }
}

/** Plans an operation to be answered in parts, each of which has a label; null where a planner's plan has gaps. */
export function planInParts(
  graph: Graph,
  document: DocumentNode,
  operationName: string | undefined,
  labels: readonly string[] = [],
): PlanNode | null {
  const planning = planningOf(graph)
  const { supergraph } = planning.planner
  planning.deferring ??= new QueryPlanner(supergraph, { incrementalDelivery: { enableDefer: true } })
  const inside = withInsideNames(document, namesIn(document, planning.view.ownNames))
  const node = planBy(planning.deferring, planning, inside, operationName, labels)
  if (!node || node.kind === 'Subscription') return null
  if (!isSound(planning, node, inside, operationName)) return null
  return withoutStandIns(planning.view, node) ?? null
}

/** Whether a plan is right as it is; where it is not, the operation is answered whole. */
function isSound(
  planning: Planning,
  node: PlanNode,
  inside: DocumentNode,
  name: string | undefined,
): boolean {
  try {
    return repaired(planning, node, inside, name) === node
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

function planBy(
  planner: QueryPlanner,
  { apiSchema }: Planning,
  inside: DocumentNode,
  operationName: string | undefined,
  labels: readonly string[],
): PlanNode | SubscriptionNode | undefined {
  const options = operationName ? { operationName, validate: false } : { validate: false }
  const overrideConditions = new Map(labels.map((label) => [label, true]))
  const operation = operationFromDocument(apiSchema, inside, options)
  return planner.buildQueryPlan(operation, { overrideConditions }).node
}

function repaired(
  { schema, subgraphs }: Planning,
  planned: PlanNode | SubscriptionNode | undefined,
  inside: DocumentNode,
  operationName: string | undefined,
): PlanNode | SubscriptionNode | null | undefined {
  const definition = getOperationAST(inside, operationName)
  const repairing = definition && { schema, subgraphs, fragments: fragmentsOf(inside), definition }
  return repairing && withRequirements(withoutGaps(planned, repairing), repairing)
}

function withoutDefer(document: DocumentNode): DocumentNode {
  return visit(document, { Directive: (directive) => (isDefer(directive) ? null : undefined) })
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
