import type { QueryPlanSelectionNode } from '@apollo/query-planner'
import { isObjectType, Kind, type FieldNode, type SelectionSetNode } from 'graphql'
import type { Part } from './plan-parts.ts'
import type { Repairing } from './plan-repair.ts'
import { fallsUnder } from './representations.ts'

/** Whether a fetch asks for a field that is computed from others without telling all of them. */
export function computesFromNothing(part: Part, { schema, subgraphs, definition }: Repairing): boolean {
  const { fetch, fragments } = part
  const service = fetch.serviceName
  const told = new Set(namesOf(fetch.requires ?? []))

  const look = (set: SelectionSetNode, types: readonly string[], isEntity: boolean): boolean =>
    set.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return lacks(selection, types, isEntity)
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
      const condition = fragment?.typeCondition?.name.value
      const within =
        condition === undefined ? types : types.filter((type) => fallsUnder(schema, type, condition))
      return fragment !== undefined && look(fragment.selectionSet, within, isEntity)
    })

  const lacks = (node: FieldNode, types: readonly string[], isEntity: boolean): boolean => {
    const name = node.name.value
    for (const type of types) {
      const required = subgraphs.requiredFor(service, type, name)
      if (required && leavesOf(required).some((leaf) => !isEntity || !told.has(leaf))) return true
    }
    if (!node.selectionSet) return false
    const inner = new Set(types.flatMap((type) => subgraphs.typesOfField(service, type, name)))
    const objects = [...inner].filter((type) => isObjectType(schema.getType(type)))
    return look(node.selectionSet, objects, false)
  }

  const root = schema.getRootType(definition.operation)?.name
  const all = Object.values(schema.getTypeMap()).flatMap((type) => (isObjectType(type) ? [type.name] : []))
  const isEntity = fetch.requires !== undefined
  return look(part.set, isEntity ? all : root ? [root] : [], isEntity)
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

function namesOf(selections: readonly QueryPlanSelectionNode[], above = ''): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === 'InlineFragment') return namesOf(selection.selections, above)
    const name = `${above}${selection.alias ?? selection.name}`
    return selection.selections ? namesOf(selection.selections, `${name}.`) : [name]
  })
}
