import type { FetchNode, PlanNode, QueryPlanSelectionNode, SubscriptionNode } from '@apollo/query-planner'
import { Kind, OperationTypeNode, type SelectionSetNode } from 'graphql'
import { refuse } from '../errors.ts'
import { inOrderOfNeeds } from './plan-order.ts'
import { partsOf, type Part } from './plan-parts.ts'
import type { Repairing } from './plan-repair.ts'

type Node = PlanNode | SubscriptionNode | undefined

/**
 * The plan in which every field that is computed from others gets them. A planner that comes to a subgraph twice, for a
 * field and for what another needs of it, may ask the first time too early; such a plan is put into another order.
 */
export function withRequirements(node: Node, { subgraphs, definition }: Repairing): Node {
  const changed = new Map<FetchNode, FetchNode>()
  for (const part of partsOf(node)) {
    const { fetch } = part
    const lacking = missing(part, (type, field) => subgraphs.requiredFor(fetch.serviceName, type, field))
    if (lacking.length === 0) continue
    // Asked for where there is no representation to tell it in.
    if (!fetch.requires || lacking.some(({ depth }) => depth > 0)) throw refuse('OPERATION_UNSUPPORTED')
    const more = lacking.map(({ type, required }) => fragmentOn(type, required))
    changed.set(fetch, { ...fetch, requires: [...fetch.requires, ...more] })
  }
  if (changed.size === 0) return node
  if (definition.operation !== OperationTypeNode.QUERY || !node || node.kind === 'Subscription')
    throw refuse('OPERATION_UNSUPPORTED')
  return inOrderOfNeeds(node, changed)
}

interface Lacking {
  readonly type: string
  readonly required: SelectionSetNode
  /** How far below the objects of the fetch. */
  readonly depth: number
}

type RequiredFor = (typeName: string, field: string) => SelectionSetNode | undefined

function missing({ fetch, set, fragments }: Part, requiredFor: RequiredFor): Lacking[] {
  const told = new Set(namesOf(fetch.requires ?? []))
  const found: Lacking[] = []
  const look = (inner: SelectionSetNode, type: string | undefined, depth: number): void => {
    for (const selection of inner.selections) {
      if (selection.kind === Kind.FIELD) {
        const required = type === undefined ? undefined : requiredFor(type, selection.name.value)
        const lacks = required && leavesOf(required).some((leaf) => depth > 0 || !told.has(leaf))
        if (lacks && type !== undefined) found.push({ type, required, depth })
        // Below, types are not known here but where a fragment names them.
        if (selection.selectionSet) look(selection.selectionSet, undefined, depth + 1)
        continue
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
      if (fragment) look(fragment.selectionSet, fragment.typeCondition?.name.value ?? type, depth)
    }
  }
  look(set, undefined, 0)
  return found
}

/** The leaves of a selection as paths of names. */
function leavesOf(set: SelectionSetNode, above = ''): string[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return []
    if (selection.kind === Kind.INLINE_FRAGMENT) return leavesOf(selection.selectionSet, above)
    const name = `${above}${selection.name.value}`
    return selection.selectionSet ? leavesOf(selection.selectionSet, `${name}.`) : [name]
  })
}

export function namesOf(selections: readonly QueryPlanSelectionNode[], above = ''): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === 'InlineFragment') return namesOf(selection.selections, above)
    const name = `${above}${selection.alias ?? selection.name}`
    return selection.selections ? namesOf(selection.selections, `${name}.`) : [name]
  })
}

function fragmentOn(type: string, required: SelectionSetNode): QueryPlanSelectionNode {
  return { kind: 'InlineFragment', typeCondition: type, selections: selectionsOf(required) }
}

function selectionsOf(set: SelectionSetNode): QueryPlanSelectionNode[] {
  return set.selections.flatMap((selection): QueryPlanSelectionNode[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return []
    if (selection.kind === Kind.FIELD) {
      const selections = selection.selectionSet && selectionsOf(selection.selectionSet)
      return [{ kind: 'Field', name: selection.name.value, ...(selections && { selections }) }]
    }
    const selections = selectionsOf(selection.selectionSet)
    const condition = selection.typeCondition?.name.value
    return [{ kind: 'InlineFragment', ...(condition && { typeCondition: condition }), selections }]
  })
}
