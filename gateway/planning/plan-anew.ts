import type { PlanNode, SubscriptionNode } from '@apollo/query-planner'
import { OperationTypeNode } from 'graphql'
import { refuse } from '../errors.ts'
import { fieldsFor } from './plan-gaps.ts'
import { always } from './plan-pieces.ts'
import type { Repairing } from './plan-repair.ts'
import { Search } from './plan-search.ts'
import { planOfSteps, type Step } from './plan-steps.ts'

/**
 * Plans an operation from nothing, one field after the other: whoever brings an object is asked first, then who finds it
 * by a key that can be had, told what the field is computed from. Slower answers than a planner that weighs all ways
 * together may give, but each step knows what it needs. Refused where no way leads to a field.
 */
export function planAnew(repairing: Repairing): PlanNode | SubscriptionNode | undefined {
  const { schema, definition } = repairing
  const root = schema.getRootType(definition.operation)
  if (!root) throw refuse('OPERATION_UNSUPPORTED')
  const set = [always(definition.selectionSet)]
  const fields = [...fieldsFor(schema, root.name, set, repairing.fragments).values()]
  const planned = (some: typeof fields): readonly Step[] => {
    const search = new Search(repairing)
    for (const field of some) search.root(root.name, field)
    return [...search.steps]
  }
  if (definition.operation === OperationTypeNode.QUERY) return planOfSteps(planned(fields), definition)
  // One after the other, each with all that follows from it.
  const each = fields.map((field) => planned([field]))
  if (definition.operation === OperationTypeNode.MUTATION) {
    const nodes = each.flatMap((steps) => planOfSteps(steps, definition) ?? [])
    return nodes.length > 1 ? { kind: 'Sequence', nodes } : nodes[0]
  }
  const [primary, ...others] = each.flat()
  if (!primary || others.some(({ path, entity }) => path.length === 0 && !entity))
    throw refuse('OPERATION_UNSUPPORTED')
  const first = planOfSteps([primary], definition)
  const rest = planOfSteps(others, definition, [primary])
  if (first?.kind !== 'Fetch') throw refuse('OPERATION_UNSUPPORTED')
  return { kind: 'Subscription', primary: first, ...(rest && { rest }) }
}
