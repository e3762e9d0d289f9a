import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql'

type Place = readonly (string | number)[]

/** Of which type the object at a place is, where its field leaves that open; unknown is any. */
export type TypeAt = (type: GraphQLNamedType, place: Place) => string | undefined

/** Whether an operation without named fragments asks for what stands at a place, whatever its conditions. */
export function isAskedIn(schema: GraphQLSchema, query: string, place: Place, typeAt: TypeAt): boolean {
  const [operation] = parse(query).definitions
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return false
  const root = schema.getRootType(operation.operation) ?? undefined
  return asks({ schema, typeAt, place }, 0, root, [operation.selectionSet])
}

interface Asking {
  readonly schema: GraphQLSchema
  readonly typeAt: TypeAt
  readonly place: Place
}

function asks(
  asking: Asking,
  at: number,
  type: GraphQLNamedType | undefined,
  sets: readonly SelectionSetNode[],
): boolean {
  const { schema, typeAt, place } = asking
  const step = place[at]
  if (step === undefined) return true
  if (typeof step === 'number') return asks(asking, at + 1, type, sets)
  const known = type && typeAt(type, place.slice(0, at))
  const object = known === undefined ? type : schema.getType(known)
  const fields = sets.flatMap((set) => fieldsOf(schema, set, object)).filter(({ key }) => key === step)
  if (fields.length === 0) return false
  const owner = isObjectType(object) || isInterfaceType(object) ? object : undefined
  const result = owner?.getFields()[fields[0]?.name ?? '']?.type
  const inner = fields.flatMap(({ selectionSet }) => selectionSet ?? [])
  return asks(asking, at + 1, result && getNamedType(result), inner)
}

interface AskedField {
  readonly key: string
  readonly name: string
  readonly selectionSet: SelectionSetNode | undefined
}

function fieldsOf(
  schema: GraphQLSchema,
  set: SelectionSetNode,
  type: GraphQLNamedType | undefined,
): AskedField[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return []
    const { selectionSet } = selection
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value
      return [{ key: selection.alias?.value ?? name, name, selectionSet }]
    }
    const on = selection.typeCondition && schema.getType(selection.typeCondition.name.value)
    return on && isObjectType(type) && !fits(schema, type, on)
      ? []
      : fieldsOf(schema, selection.selectionSet, type)
  })
}

function fits(schema: GraphQLSchema, type: GraphQLNamedType, on: GraphQLNamedType): boolean {
  return type === on || (isAbstractType(on) && isObjectType(type) && schema.isSubType(on, type))
}
