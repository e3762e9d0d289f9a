import {
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import type { Graph } from '../supergraph/graph.ts'
import type { Execute } from './compile-operation.ts'
import { includedBy, type Included } from '../planning/conditions.ts'
import { fragmentsOf } from '../planning/fields.ts'
import { introspect } from './introspect.ts'
import { isTree, setEntry, type Tree } from './tree.ts'

export interface Beside {
  /** The operation without what it asks of the schema. */
  readonly document: DocumentNode
  readonly definition: OperationDefinitionNode
  /** Puts what is known of the schema to the data, in the order of the operation. */
  with(execute: Execute): Execute
}

/** An operation that asks for the schema and for data, as the two that it is; null for any other. */
export function introspectionBeside(
  graph: Graph,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): Beside | null {
  if (definition.operation !== OperationTypeNode.QUERY) return null
  const root = rootFields(document, definition.selectionSet)
  const ofSchema = only(root, isOfSchema)
  if (ofSchema.selections.length === 0) return null
  const split = (selectionSet: SelectionSetNode) => {
    const changed = { ...definition, selectionSet }
    const definitions = document.definitions.map((other) => (other === definition ? changed : other))
    return { document: { ...document, definitions }, definition: changed }
  }
  // Its fragments stand in their places; those that ask for the schema are of no use to who plans the data.
  const asksForSchema = ({ selectionSet }: FragmentDefinitionNode): boolean =>
    only(rootFields(document, selectionSet), isOfSchema).selections.length > 0
  const { document: whole, definition: changed } = split(only(root, (field) => !isOfSchema(field)))
  const definitions = whole.definitions.filter(
    (node) => node.kind !== Kind.FRAGMENT_DEFINITION || !asksForSchema(node),
  )
  const schema = split(ofSchema)
  const ask = introspect(graph, schema.document, schema.definition)
  if (!ask) return null
  return {
    document: { ...whole, definitions },
    definition: changed,
    with: (execute) => async (execution) => {
      const asked = { ...execution, asObject: true, inParts: false }
      const [own, told] = await Promise.all([execute(asked), ask(asked)])
      const errors = [...own.errors, ...told.errors]
      if (!isTree(own.data) || !isTree(told.data)) return { data: null, errors }
      const all: Tree = {}
      for (const name of namesIn(root, includedBy(execution.coerced)))
        setEntry(all, name, Object.hasOwn(own.data, name) ? own.data[name] : told.data[name])
      return { data: all, errors }
    },
  }
}

function isOfSchema({ name }: FieldNode): boolean {
  return name.value === '__schema' || name.value === '__type'
}

/** A selection at the root with its fragments in their places. */
function rootFields(document: DocumentNode, { selections }: SelectionSetNode): SelectionSetNode {
  const fragments = fragmentsOf(document)
  const inPlace = selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return [selection]
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
    if (!fragment) return []
    const inline: InlineFragmentNode = {
      kind: Kind.INLINE_FRAGMENT,
      directives: selection.directives ?? [],
      selectionSet: rootFields(document, fragment.selectionSet),
    }
    return [inline]
  })
  return { kind: Kind.SELECTION_SET, selections: inPlace }
}

function only(set: SelectionSetNode, isWanted: (field: FieldNode) => boolean): SelectionSetNode {
  const selections = set.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return isWanted(selection) ? [selection] : []
    if (selection.kind === Kind.FRAGMENT_SPREAD) return []
    const selectionSet = only(selection.selectionSet, isWanted)
    return selectionSet.selections.length > 0 ? [{ ...selection, selectionSet }] : []
  })
  return { ...set, selections }
}

function namesIn({ selections }: SelectionSetNode, included: Included): Set<string> {
  const names = new Set<string>()
  for (const selection of selections) {
    if (!included(selection) || selection.kind === Kind.FRAGMENT_SPREAD) continue
    if (selection.kind === Kind.FIELD) names.add((selection.alias ?? selection.name).value)
    else for (const name of namesIn(selection.selectionSet, included)) names.add(name)
  }
  return names
}
