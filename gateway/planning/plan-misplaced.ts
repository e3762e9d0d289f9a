import type { QueryPlanSelectionNode } from '@apollo/query-planner'
import { isObjectType, Kind, type FieldNode, type SelectionSetNode } from 'graphql'
import { providedOf, setsOf, type Selected } from './plan-gaps.ts'
import { always } from './plan-pieces.ts'
import type { Part } from './plan-parts.ts'
import type { Repairing } from './plan-repair.ts'
import { fallsUnder } from './type-conditions.ts'

/**
 * Whether a fetch asks for what its subgraph cannot know: an object of which no key is told, a field that is computed from
 * others or from what stands above and is not told that, or another subgraph's field, which is worth nothing but where
 * it is provided.
 */
export function asksInVain(part: Part, { schema, subgraphs, definition, labels }: Repairing): boolean {
  const { fetch, fragments } = part
  const service = fetch.serviceName
  const told = new Set(namesOf(fetch.requires ?? []))

  const look = (set: SelectionSetNode, types: readonly string[], provided: Provided): boolean =>
    set.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return types.some((type) => isVain(selection, type, provided))
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
      const condition = fragment?.typeCondition?.name.value
      const within =
        condition === undefined ? types : types.filter((type) => fallsUnder(schema, type, condition))
      // A subgraph refuses a fragment on what can never stand there.
      if (types.length > 0 && within.length === 0) return true
      return fragment !== undefined && look(fragment.selectionSet, within, provided)
    })

  const isVain = (node: FieldNode, type: string, provided: Provided): boolean => {
    const name = node.name.value
    const own = provided && providedOf(schema, { type, provided }).get(name)
    const required = subgraphs.requiredFor(service, type, name)
    if (required && leavesOf(required).some((leaf) => provided !== null || !told.has(leaf))) return true
    if (!own && subgraphs.isExternal(service, type, name)) return true
    if (!own && subgraphs.hasMoved(service, type, name, labels)) return true
    const given = node.arguments?.map((argument) => argument.name.value)
    if (subgraphs.contextsOf(service, type, name).some((context) => !given?.includes(context.name)))
      return true
    if (!node.selectionSet) return false
    const objects = subgraphs
      .typesOfField(service, type, name)
      .filter((one) => isObjectType(schema.getType(one)))
    const provides = subgraphs.providedBy(service, type, name)
    return look(node.selectionSet, objects, [...(provides ? [always(provides)] : []), ...setsOf(own ?? [])])
  }

  const entities = (fetch.requires ?? []).filter((entity) => entity.kind === 'InlineFragment')
  const isUnknown = entities.some(({ typeCondition: type }) => {
    if (type === undefined) return false
    const own = entities.filter(({ typeCondition }) => fallsUnder(schema, type, typeCondition ?? type))
    const names = new Set(own.flatMap(({ selections }) => namesOf(selections)))
    const keys = subgraphs.keysOf(service, type)
    return keys.length > 0 && !keys.some((key) => leavesOf(key).every((leaf) => names.has(leaf)))
  })
  if (isUnknown) return true

  const root = schema.getRootType(definition.operation)?.name
  const all = Object.values(schema.getTypeMap()).flatMap((type) => (isObjectType(type) ? [type.name] : []))
  return fetch.requires ? look(part.set, all, null) : look(part.set, root ? [root] : [], [])
}

/** What is provided of an object; null of one that is asked for by its key. */
type Provided = readonly Selected[] | null

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
