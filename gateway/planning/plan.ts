import { buildSchema, operationFromDocument, Supergraph, type Schema } from '@apollo/federation-internals'
import { QueryPlanner, type FetchNode, type PlanNode, type SubscriptionNode } from '@apollo/query-planner'
import {
  getOperationAST,
  isSpecifiedDirective,
  printSchema,
  visit,
  type DocumentNode,
  type GraphQLDirective,
  type GraphQLSchema,
} from 'graphql'
import { Refusal } from '@hub/kit/errors.ts'
import { refuse } from '../errors.ts'
import { withDefaults } from '../supergraph/composed-directives.ts'
import { PLANNER, type Graph } from '../supergraph/graph.ts'
import { CuttablePlanner } from './cuttable-planner.ts'
import { isDefer } from './defer-label.ts'
import { fragmentsOf } from './fields.ts'
import { partsOf } from './plan-parts.ts'
import { planAnew } from './plan-anew.ts'
import { findGaps } from './plan-gaps.ts'
import { asksInVain } from './plan-misplaced.ts'
import { isOutOfOrder } from './plan-order.ts'
import { withoutGaps, type Repairing } from './plan-repair.ts'
import { namesIn, withInsideNames, type Names } from './response-names.ts'
import { plannersView, type PlannersView } from './stand-ins.ts'
import { withoutStandIns } from './stand-in-fetches.ts'
import { withInsideVariables } from './variable-names.ts'
import { subgraphTypes, type SubgraphTypes } from './subgraph-types.ts'

/** What is planned with, for one loaded supergraph. */
interface Planning {
  readonly view: PlannersView
  readonly supergraph: Supergraph
  readonly planner: CuttablePlanner
  readonly apiSchema: Schema
  /** What clients may write beside what GraphQL has. */
  readonly composed: readonly GraphQLDirective[]
  readonly schema: GraphQLSchema
  readonly subgraphs: SubgraphTypes
  /** Plans with parts that come later; made when the first of them is asked for. */
  deferring?: CuttablePlanner
}

type Node = PlanNode | SubscriptionNode | undefined

const plannings = new WeakMap<Graph, Planning>()

/** The names of an operation on this graph that need care. */
export function namesOf(graph: Graph, document: DocumentNode): Names {
  return namesIn(document, planningOf(graph).view.ownNames)
}

/** The operation as it is planned: its answers and variables under the names that they have inside. */
export function insideDocument(graph: Graph, document: DocumentNode): DocumentNode {
  const { view, composed } = planningOf(graph)
  const asked = withDefaults(document, composed)
  return withInsideVariables(withInsideNames(asked, namesIn(asked, view.ownNames)))
}

/** Plans an operation so that no value is taken for another; the labels are those under which fields have moved. */
export function planOperation(
  graph: Graph,
  document: DocumentNode,
  operationName: string | undefined,
  labels: readonly string[] = [],
): Node {
  // The planner by itself leaves fragments behind where it drops the directive, and plans them wrongly.
  return planInside(graph, insideDocument(graph, withoutDefer(document)), operationName, labels)
}

/** Plans what has its inside names. */
export function planInside(
  graph: Graph,
  inside: DocumentNode,
  operationName: string | undefined,
  labels: readonly string[],
): Node {
  const planning = planningOf(graph)
  const { view } = planning
  const planned = unlessFailed(() => planBy(planning.planner, planning, inside, operationName, labels))
  const node = rightPlan(planned, repairingOf(planning, inside, operationName, labels))
  if (node?.kind !== 'Subscription') return withoutStandIns(view, node ?? undefined)
  const primary = withoutStandIns(view, node.primary) as FetchNode
  const rest = withoutStandIns(view, node.rest)
  return { kind: 'Subscription', primary, ...(rest && { rest }) }
}

/** Plans an operation to be answered in parts, each of which has a label; null where a planner's plan has gaps. */
export function planInParts(
  graph: Graph,
  document: DocumentNode,
  operationName: string | undefined,
  labels: readonly string[] = [],
): PlanNode | null {
  const planning = planningOf(graph)
  const { supergraph } = planning
  const options = { ...PLANNER, incrementalDelivery: { enableDefer: true } }
  planning.deferring ??= new CuttablePlanner(() => new QueryPlanner(supergraph, options))
  const inside = insideDocument(graph, document)
  const node = planBy(planning.deferring, planning, inside, operationName, labels)
  if (!node || node.kind === 'Subscription') return null
  if (!isRight(node, repairingOf(planning, inside, operationName, labels))) return null
  return withoutStandIns(planning.view, node) ?? null
}

function planBy(
  planner: CuttablePlanner,
  { apiSchema }: Planning,
  inside: DocumentNode,
  operationName: string | undefined,
  labels: readonly string[],
): PlanNode | SubscriptionNode | undefined {
  const options = operationName ? { operationName, validate: false } : { validate: false }
  const overrideConditions = new Map(labels.map((label) => [label, true]))
  const operation = operationFromDocument(apiSchema, inside, options)
  return planner.plan(operation, { overrideConditions })
}

/** The planner fails on some fragments within what an interface stands for, and does not come to an end with some chains. */
function unlessFailed(plan: () => Node): Node | null {
  try {
    return plan()
  } catch {
    return null
  }
}

/** The plan, if there is one and it is right; else mended, and what cannot be mended is planned from nothing. */
function rightPlan(planned: Node | null, repairing: Repairing): Node {
  if (planned !== null && isRight(planned, repairing)) return planned
  const mended = () =>
    planned === null || isOutOfOrder(planned) ? undefined : withoutGaps(planned, repairing)
  for (const another of [mended, () => planAnew(repairing)]) {
    const node = unlessRefused(another)
    if (node && isRight(node, repairing)) return node
  }
  throw refuse('OPERATION_UNSUPPORTED')
}

function unlessRefused(plan: () => Node): Node {
  try {
    return plan()
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** Whether a plan brings all that is asked for, and tells all that something is computed from, and in time. */
function isRight(node: Node, repairing: Repairing): boolean {
  const { schema, subgraphs, fragments, definition } = repairing
  const parts = partsOf(node)
  const root = schema.getRootType(definition.operation)
  const gaps = root && findGaps({ schema, subgraphs, fragments, parts }, root.name, definition.selectionSet)
  return gaps?.length === 0 && !parts.some((part) => asksInVain(part, repairing)) && !isOutOfOrder(node)
}

function repairingOf(
  { schema, subgraphs }: Planning,
  inside: DocumentNode,
  operationName: string | undefined,
  labels: readonly string[],
): Repairing {
  const definition = getOperationAST(inside, operationName)
  if (!definition) throw refuse('OPERATION_UNSUPPORTED')
  return { schema, subgraphs, fragments: fragmentsOf(inside), definition, labels }
}

function withoutDefer(document: DocumentNode): DocumentNode {
  return visit(document, { Directive: (directive) => (isDefer(directive) ? null : undefined) })
}

function planningOf(graph: Graph): Planning {
  const known = plannings.get(graph)
  if (known) return known
  const view = plannersView(graph.sdl)
  const { planner: first, apiSchema: own } = view.sdl === undefined ? graph : plannerOver(view.sdl)
  // A planner's schema has no directive that came by a @link.
  const composed = graph.schema
    .getDirectives()
    .filter((directive) => !isSpecifiedDirective(directive) && !own.directive(directive.name))
  const apiSchema = composed.length > 0 ? buildSchema(printSchema(graph.schema), { validate: false }) : own
  const { supergraph } = first
  const schema = supergraph.schema.toGraphQLJSSchema()
  const subgraphs = subgraphTypes(supergraph, schema)
  const planner = new CuttablePlanner(() => new QueryPlanner(supergraph, PLANNER), first)
  const planning = { view, supergraph, planner, apiSchema, composed, schema, subgraphs }
  plannings.set(graph, planning)
  return planning
}

function plannerOver(sdl: string): Pick<Graph, 'planner' | 'apiSchema'> {
  // The supergraph was validated as it came; in this one some @external fields have no use any more, which is no harm.
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false })
  return { planner: new QueryPlanner(supergraph, PLANNER), apiSchema: supergraph.apiSchema() }
}
