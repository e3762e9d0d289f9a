import {
  execute,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import type { Graph } from '../supergraph/graph.ts'
import type { Execute } from './compile-operation.ts'
import { fragmentsOf } from '../planning/fields.ts'

const INTROSPECTION = new Set(['__schema', '__type', '__typename'])

/** Answers an operation that asks for nothing but the schema, from what clients see of it; null for any other. */
export function introspect(
  { schema }: Graph,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): Execute | null {
  const fragments = fragmentsOf(document)
  const asksSchemaOnly = ({ selections }: SelectionSetNode): boolean =>
    selections.every((selection) => {
      if (selection.kind === Kind.FIELD) return INTROSPECTION.has(selection.name.value)
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
      return fragment !== undefined && asksSchemaOnly(fragment.selectionSet)
    })
  if (definition.operation !== OperationTypeNode.QUERY || !asksSchemaOnly(definition.selectionSet))
    return null
  const operationName = definition.name?.value ?? null
  return async ({ variables }) => {
    const { data = null, errors = [] } = await execute({
      schema,
      document,
      operationName,
      variableValues: variables,
    })
    return { data, errors: errors.map((error) => error.toJSON()) }
  }
}
