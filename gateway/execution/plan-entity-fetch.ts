import type { FetchNode, PlanNode, QueryPlanSelectionNode } from '@apollo/query-planner'
import {
  Kind,
  OperationTypeNode,
  parse,
  type FieldNode,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from 'graphql'
import { withMore } from './plan-parts.ts'

/** Fields of an entity that a subgraph is asked for by themselves. */
export interface Apart {
  readonly serviceName: string
  readonly type: string
  readonly path: readonly string[]
  readonly key: SelectionSetNode
  readonly fields: FieldNode[]
  readonly required: SelectionSetNode[]
}

export function entityFetch(
  { serviceName, type, path, key, fields, required }: Apart,
  variables: readonly VariableDefinitionNode[],
): PlanNode {
  const text = `query($representations:[_Any!]!){_entities(representations:$representations){...on ${type}{__typename}}}`
  const document = parse(text, { noLocation: true })
  const typename: QueryPlanSelectionNode = { kind: 'Field', name: '__typename' }
  const selections = [typename, ...requiredOf(key), ...required.flatMap(requiredOf)]
  const fetch: FetchNode = {
    kind: 'Fetch',
    serviceName,
    requires: [{ kind: 'InlineFragment', typeCondition: type, selections }],
    operation: text,
    operationName: undefined,
    operationKind: OperationTypeNode.QUERY,
  }
  const more = new Map([[innermost(document.definitions[0] as { selectionSet?: SelectionSetNode }), fields]])
  return { kind: 'Flatten', path: [...path], node: withMore({ fetch, document }, more, variables) }
}

function innermost({
  selectionSet: set,
}: {
  readonly selectionSet?: SelectionSetNode | undefined
}): SelectionSetNode {
  if (!set) throw new Error('an operation selects nothing')
  const [first] = set.selections
  return first && 'selectionSet' in first && first.selectionSet ? innermost(first) : set
}

/** Asks for the key of an object, so that more can be asked of it. */
export function keyed(type: string, key: SelectionSetNode): SelectionNode {
  const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } },
    selectionSet: { kind: Kind.SELECTION_SET, selections: [typename, ...key.selections] },
  }
}

/** A selection as a plan tells what a representation holds. */
export function requiredOf(set: SelectionSetNode): QueryPlanSelectionNode[] {
  return set.selections.flatMap((selection): QueryPlanSelectionNode[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return []
    if (selection.kind === Kind.FIELD) {
      const selections = selection.selectionSet && requiredOf(selection.selectionSet)
      return [{ kind: 'Field', name: selection.name.value, ...(selections && { selections }) }]
    }
    const selections = requiredOf(selection.selectionSet)
    const condition = selection.typeCondition?.name.value
    return [{ kind: 'InlineFragment', ...(condition && { typeCondition: condition }), selections }]
  })
}
