import {
  doTypesOverlap,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type SelectionSetNode,
} from 'graphql'
import type { Included } from './conditions.ts'
import { deferLabel } from './defer-label.ts'
import { insideName, type Names } from './response-names.ts'

/** One entry of an answer object: everything that is selected of it, from wherever in the operation. */
export interface Field {
  readonly responseName: string
  /** Under which name the tree holds it. */
  readonly inside: string
  /** Absent for __typename. */
  readonly type: GraphQLOutputType | undefined
  readonly selections: readonly SelectionSetNode[]
}

/** What answers are shaped by. */
export interface Shape {
  readonly schema: GraphQLSchema
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly included: Included
  readonly names: Names
}

export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  )
}

/** The entries of an object of this type, in the order of the operation. */
export function collectFields(
  shape: Shape,
  type: GraphQLNamedType,
  selections: readonly SelectionSetNode[],
): Field[] {
  const found = new Map<string, Field & { selections: SelectionSetNode[] }>()
  const visited = new Set<string>()
  const collect = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (!shape.included(selection)) continue
      if (selection.kind === Kind.FIELD) {
        const responseName = (selection.alias ?? selection.name).value
        const field = found.get(responseName) ?? newField(shape, type, selection)
        if (!field) continue
        if (selection.selectionSet) field.selections.push(selection.selectionSet)
        found.set(responseName, field)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (applies(shape.schema, selection.typeCondition?.name.value, type)) collect(selection.selectionSet)
      } else {
        const name = selection.name.value
        const fragment = shape.fragments.get(name)
        if (!fragment || visited.has(name)) continue
        visited.add(name)
        if (applies(shape.schema, fragment.typeCondition.name.value, type)) collect(fragment.selectionSet)
      }
    }
  }
  for (const set of selections) collect(set)
  return [...found.values()]
}

/** A fragment that comes later, found at an object, and the types that it asks of it on the way. */
export interface DeferredFragment {
  readonly fragment: InlineFragmentNode
  readonly conditions: readonly string[]
}

/** What comes later of an object of this type: also what it may turn out to be, where only an interface is known of it. */
export function deferredIn(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  selections: readonly SelectionSetNode[],
): DeferredFragment[] {
  const look = ({ selections: within }: SelectionSetNode, around: readonly string[]): DeferredFragment[] =>
    within.flatMap((fragment) => {
      if (fragment.kind !== Kind.INLINE_FRAGMENT) return []
      const on = fragment.typeCondition?.name.value
      const conditional = on === undefined ? type : schema.getType(on)
      if (!isCompositeType(conditional) || !doTypesOverlap(schema, type, conditional)) return []
      const conditions = on === undefined ? around : [...around, on]
      if (deferLabel(fragment) !== undefined) return [{ fragment, conditions }]
      return look(fragment.selectionSet, conditions)
    })
  return selections.flatMap((set) => look(set, []))
}

function newField({ names: known }: Shape, type: GraphQLNamedType, node: FieldNode) {
  const name = node.name.value
  const names = { responseName: (node.alias ?? node.name).value, inside: insideName(node, known) }
  if (name === '__typename') return { ...names, type: undefined, selections: [] }
  if (!isObjectType(type) && !isInterfaceType(type)) return null
  const definition = type.getFields()[name]
  return definition ? { ...names, type: definition.type, selections: [] } : null
}

/** Whether an object of this type falls under a type condition. */
export function applies(
  schema: GraphQLSchema,
  condition: string | undefined,
  type: GraphQLNamedType,
): boolean {
  if (condition === undefined || condition === type.name) return true
  const conditional = schema.getType(condition)
  if (!conditional || !isAbstractType(conditional)) return false
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(conditional, type)
}
