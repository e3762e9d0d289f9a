import type { FetchDataKeyRenamer } from '@apollo/query-planner'
import { isAbstractType, Kind, type FieldNode, type GraphQLSchema, type SelectionSetNode } from 'graphql'
import { always } from './plan-pieces.ts'
import type { Selected } from './plan-gaps.ts'
import type { Spot } from './plan-spots.ts'
import { fallsUnder } from './type-conditions.ts'
import type { ContextArgument } from './subgraph-contexts.ts'

/** A variable of a question whose value stands above its objects. */
export interface Taken {
  readonly argument: ContextArgument
  /** The object that it is taken of, and what of it. */
  readonly from: Spot
  readonly selected: Selected
  readonly rewrites: readonly FetchDataKeyRenamer[]
}

/** Where the values of a field's arguments are taken from: of the nearest object that sets them; null where none does. */
export function takenFor(
  schema: GraphQLSchema,
  spot: Spot,
  contexts: readonly ContextArgument[],
): readonly Taken[] | null {
  const all: Taken[] = []
  for (const argument of contexts) {
    const taken = nearest(schema, spot, argument)
    if (!taken) return null
    all.push(taken)
  }
  return all
}

/** The field with the arguments that no client gives. */
export function withTaken(node: FieldNode, taken: readonly Taken[]): FieldNode {
  if (taken.length === 0) return node
  const more = taken.map(({ argument: { name, variable } }) => ({
    kind: Kind.ARGUMENT as const,
    name: { kind: Kind.NAME as const, value: name },
    value: { kind: Kind.VARIABLE as const, name: { kind: Kind.NAME as const, value: variable } },
  }))
  return { ...node, arguments: [...(node.arguments ?? []), ...more] }
}

function nearest(schema: GraphQLSchema, spot: Spot, argument: ContextArgument): Taken | null {
  const { setBy, selection } = argument
  for (let { above: from } = spot, levels = 1; from; { above: from } = from, levels += 1) {
    const { type } = from
    if (![...setBy].some((setter) => fallsUnder(schema, type, setter))) {
      if (isSetBySome(schema, type, setBy)) return null
      continue
    }
    const up = Array.from({ length: levels }, () => '..')
    const renameKeyTo = argument.variable
    const rewrites = pathsIn(schema, selection, type).map((inner): FetchDataKeyRenamer => {
      return { kind: 'KeyRenamer', path: [...up, ...inner], renameKeyTo }
    })
    return { argument, from, selected: always(selection), rewrites }
  }
  return null
}

/** Of what stands for several types only some set it: each has to be looked at by itself. */
function isSetBySome(schema: GraphQLSchema, name: string, setBy: ReadonlySet<string>): boolean {
  const type = schema.getType(name)
  if (!isAbstractType(type)) return false
  const possible = schema.getPossibleTypes(type)
  return possible.some((one) => [...setBy].some((setter) => fallsUnder(schema, one.name, setter)))
}

/** The ways to the value, by the type of the object that sets it. */
function pathsIn(schema: GraphQLSchema, { selections }: SelectionSetNode, type: string): string[][] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return []
    const condition = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition?.name.value : type
    // An object of the one type is none of the other, be it that its name is not told.
    const isOther = condition !== type && !isAbstractType(schema.getType(type))
    if (isOther && !fallsUnder(schema, type, condition ?? type)) return []
    const steps = selection.kind === Kind.FIELD ? stepsOf(selection) : stepsIn(selection.selectionSet)
    return [[`... on ${condition ?? type}`, ...steps]]
  })
}

function stepsIn({ selections }: SelectionSetNode): string[] {
  const [only] = selections
  return only?.kind === Kind.FIELD ? stepsOf(only) : []
}

function stepsOf({ name, selectionSet }: FieldNode): string[] {
  return [name.value, ...(selectionSet ? stepsIn(selectionSet) : [])]
}
