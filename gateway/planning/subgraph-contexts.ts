import {
  isFederationDirectiveDefinedInSchema,
  parseContext,
  type Subgraph,
  type Supergraph,
} from '@apollo/federation-internals'
import { Kind, parse, type SelectionSetNode } from 'graphql'

/** An argument of a field that takes its value from what stands above the object. */
export interface ContextArgument {
  readonly name: string
  /** As a variable of an operation is declared. */
  readonly type: string
  /** The variable that stands for it: another for each such argument of a supergraph. */
  readonly variable: string
  /** The types that set it: of objects, interfaces and unions. */
  readonly setBy: ReadonlySet<string>
  /** What is taken of the object that sets it. */
  readonly selection: SelectionSetNode
}

/** By subgraph, then by type and field: the arguments that are taken from above. */
export type ContextArguments = ReadonlyMap<string, ReadonlyMap<string, readonly ContextArgument[]>>

/** No client's variable bears such a name inside. */
const CONTEXT_VARIABLE = 'hubContext_'

export function contextArguments(supergraph: Supergraph): ContextArguments {
  let count = 0
  const newVariable = () => `${CONTEXT_VARIABLE}${count++}`
  return new Map(
    supergraph
      .subgraphs()
      .values()
      .map((subgraph) => [subgraph.name, argumentsIn(subgraph, newVariable)]),
  )
}

function argumentsIn(subgraph: Subgraph, newVariable: () => string): Map<string, ContextArgument[]> {
  const found = new Map<string, ContextArgument[]>()
  const context = subgraph.metadata().contextDirective()
  const fromContext = subgraph.metadata().fromContextDirective()
  if (!isFederationDirectiveDefinedInSchema(context) || !isFederationDirectiveDefinedInSchema(fromContext))
    return found
  const types = [...subgraph.schema.types()]
  const settersOf = (name: string) =>
    types.filter((type) =>
      type.appliedDirectivesOf(context).some((applied) => applied.arguments().name === name),
    )
  for (const type of types) {
    if (type.kind !== 'ObjectType') continue
    for (const field of type.fields())
      for (const argument of field.arguments())
        for (const applied of argument.appliedDirectivesOf(fromContext)) {
          const { context: name = '', selection = '' } = parseContext(applied.arguments().field)
          const place = `${type.name}.${field.name}`
          const own: ContextArgument = {
            name: argument.name,
            type: String(argument.type),
            variable: newVariable(),
            setBy: new Set(settersOf(name).map((setter) => setter.name)),
            selection: selectionOf(selection),
          }
          found.set(place, [...(found.get(place) ?? []), own])
        }
  }
  return found
}

function selectionOf(text: string): SelectionSetNode {
  const trimmed = text.trim()
  const [definition] = parse(trimmed.startsWith('{') ? trimmed : `{${trimmed}}`, {
    noLocation: true,
  }).definitions
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('a context that nothing is taken of')
  return definition.selectionSet
}
