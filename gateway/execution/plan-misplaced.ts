import type { QueryPlanSelectionNode } from '@apollo/query-planner'
import { isObjectType, Kind, type FieldNode, type SelectionSetNode } from 'graphql'
import { refuse } from '../errors.ts'
import type { Part } from './plan-parts.ts'
import type { Repairing } from './plan-repair.ts'
import { fallsUnder } from './representations.ts'

/** A field that a fetch cannot answer where it stands. */
export interface Misplaced {
  readonly type: string
  readonly field: FieldNode
  readonly set: SelectionSetNode
  /** What it is computed from; absent where the field is another subgraph's altogether. */
  readonly required: SelectionSetNode | undefined
  /** Whether it is asked of the objects that the fetch is for, and could be told it. */
  readonly isEntity: boolean
  /** Where its object stands, and its own place, by names alone. */
  readonly path: readonly string[]
  readonly place: readonly string[]
}

/** The fields of a fetch that would be computed from nothing. */
export function misplacedIn(part: Part, { schema, subgraphs, definition }: Repairing): Misplaced[] {
  const { fetch, fragments } = part
  const service = fetch.serviceName
  const told = new Set(namesOf(fetch.requires ?? []))
  const found: Misplaced[] = []

  const look = (
    set: SelectionSetNode,
    types: readonly string[],
    path: readonly string[],
    isEntity: boolean,
  ) => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        field(selection, set, types, path, isEntity)
        continue
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
      if (!fragment) continue
      const condition = fragment.typeCondition?.name.value
      const within =
        condition === undefined ? types : types.filter((type) => fallsUnder(schema, type, condition))
      look(fragment.selectionSet, within, path, isEntity)
    }
  }

  const field = (
    node: FieldNode,
    set: SelectionSetNode,
    types: readonly string[],
    path: readonly string[],
    isEntity: boolean,
  ) => {
    const name = node.name.value
    const responseName = (node.alias ?? node.name).value
    const place = [...path.filter((step) => step !== '@'), responseName]
    for (const type of types) {
      const required = subgraphs.requiredFor(service, type, name)
      const lacks = required && leavesOf(required).some((leaf) => !isEntity || !told.has(leaf))
      const isForeign = !required && !isEntity && subgraphs.isExternal(service, type, name)
      if (!lacks && !isForeign) continue
      // What one type lacks another may have.
      if (lacks && !isEntity && types.length > 1) throw refuse('OPERATION_UNSUPPORTED')
      found.push({ type, field: node, set, required, isEntity, path, place })
    }
    if (!node.selectionSet) return
    const inner = new Set(types.flatMap((type) => subgraphs.typesOfField(service, type, name)))
    const lists = Math.max(0, ...types.map((type) => subgraphs.listsOfField(service, type, name)))
    const below = [...path, responseName, ...Array.from({ length: lists }, () => '@')]
    look(
      node.selectionSet,
      [...inner].filter((type) => isObjectType(schema.getType(type))),
      below,
      false,
    )
  }

  const root = schema.getRootType(definition.operation)?.name
  const all = Object.values(schema.getTypeMap()).flatMap((type) => (isObjectType(type) ? [type.name] : []))
  const isEntity = fetch.requires !== undefined
  look(part.set, isEntity ? all : root ? [root] : [], part.path, isEntity)
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
