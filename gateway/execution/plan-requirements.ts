import type { FetchNode, PlanNode, QueryPlanSelectionNode, SubscriptionNode } from '@apollo/query-planner'
import { Kind, OperationTypeNode, type SelectionNode, type SelectionSetNode } from 'graphql'
import { refuse } from '../errors.ts'
import { misplacedIn, type Misplaced } from './plan-misplaced.ts'
import { brings, inOrderOfNeeds } from './plan-order.ts'
import { partsOf, withFetches, withMore, type Part } from './plan-parts.ts'
import type { Repairing } from './plan-repair.ts'
import type { SubgraphTypes } from './subgraph-types.ts'
import { entityFetch, keyed, requiredOf, type Apart } from './plan-entity-fetch.ts'

type Node = PlanNode | SubscriptionNode | undefined

/**
 * The plan in which every field that is computed from others is asked for where it is told them. A planner that comes to
 * a subgraph for a field, and again for what others need of it, may ask too early, or ask what only others know.
 */
export function withRequirements(node: Node, repairing: Repairing): Node {
  const parts = partsOf(node)
  const misplaced = parts.map((part) => ({ part, found: misplacedIn(part, repairing) }))
  if (misplaced.every(({ found }) => !found.some(({ required }) => required))) return node
  const { definition, subgraphs } = repairing
  if (definition.operation !== OperationTypeNode.QUERY || !node || node.kind === 'Subscription')
    throw refuse('OPERATION_UNSUPPORTED')
  const changed = new Map<FetchNode, FetchNode>()
  const late = new Set<FetchNode>()
  const apart = new Map<string, Apart>()
  for (const { part, found } of misplaced) {
    if (found.length === 0) continue
    const moved = new Moved(part)
    for (const one of found) {
      if (one.required && one.isEntity) moved.tell(one.type, one.required)
      else if (one.required) moved.take(one, part.fetch.serviceName, subgraphs, apart)
      else if (parts.some((other) => other !== part && brings(other, one.place))) moved.less.add(one.field)
      else moved.take(one, ownerOf(one, part.fetch.serviceName, subgraphs), subgraphs, apart)
    }
    const fetch = moved.fetch(repairing)
    changed.set(part.fetch, fetch)
    if (moved.told.length > 0) late.add(fetch)
  }
  const plan = withFetches(node, (fetch) => changed.get(fetch) ?? fetch)
  const more = [...apart.values()].map((one) => entityFetch(one, definition.variableDefinitions ?? []))
  return inOrderOfNeeds({ kind: 'Sequence', nodes: [plan, ...more] }, late, repairing.schema)
}

/** The subgraph that has a field, and finds the object by what the one that brought it knows of it. */
function ownerOf({ type, field }: Misplaced, service: string, subgraphs: SubgraphTypes): string {
  const owner = subgraphs.names.find((name) => {
    const key =
      name !== service && subgraphs.resolves(name, type, field.name.value) && subgraphs.keyOf(name, type)
    if (!key) return false
    return key.selections.every(
      (part) => part.kind === Kind.FIELD && subgraphs.resolves(service, type, part.name.value),
    )
  })
  if (owner === undefined) throw refuse('OPERATION_UNSUPPORTED')
  return owner
}

/** What changes of one fetch. */
class Moved {
  readonly less = new Set<SelectionNode>()
  readonly told: QueryPlanSelectionNode[] = []
  private readonly more = new Map<SelectionSetNode, SelectionNode[]>()
  private readonly part: Part

  constructor(part: Part) {
    this.part = part
  }

  /** Its representations tell what a field is computed from. */
  tell(type: string, required: SelectionSetNode): void {
    this.told.push({ kind: 'InlineFragment', typeCondition: type, selections: requiredOf(required) })
  }

  /** A field is asked for by itself, of the object as an entity. */
  take(
    { path, type, set, field }: Misplaced,
    serviceName: string,
    subgraphs: SubgraphTypes,
    apart: Map<string, Apart>,
  ): void {
    const key = subgraphs.keyOf(serviceName, type)
    if (!key) throw refuse('OPERATION_UNSUPPORTED')
    const name = JSON.stringify([serviceName, type, path])
    const known = apart.get(name) ?? { serviceName, type, path, key, fields: [], required: [] }
    const required = subgraphs.requiredFor(serviceName, type, field.name.value)
    known.fields.push(field)
    if (required) known.required.push(required)
    apart.set(name, known)
    this.less.add(field)
    this.more.set(set, [...(this.more.get(set) ?? []), keyed(type, key)])
  }

  fetch({ definition }: Repairing): FetchNode {
    const { fetch } = this.part
    const requires = fetch.requires && { requires: [...fetch.requires, ...this.told] }
    return { ...withMore(this.part, this.more, definition.variableDefinitions ?? [], this.less), ...requires }
  }
}
