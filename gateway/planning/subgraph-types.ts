import {
  baseType,
  possibleRuntimeTypes,
  type DirectiveDefinition,
  type FederationMetadata,
  type Subgraph,
  type Supergraph,
} from '@apollo/federation-internals'
import { isAbstractType, isObjectType, Kind, parse, type GraphQLSchema, type SelectionSetNode } from 'graphql'
import { contextArguments, type ContextArgument } from './subgraph-contexts.ts'

/** What the subgraphs of a supergraph know of its types. */
export interface SubgraphTypes {
  readonly names: readonly string[]
  /** The types of the objects that a subgraph may put into a field of an object of a type. */
  typesOfField(service: string, typeName: string, field: string): readonly string[]
  /** Whether a subgraph has a value of its own for a field. */
  resolves(service: string, typeName: string, field: string): boolean
  /** How many lists lie around the objects of a field. */
  listsOfField(service: string, typeName: string, field: string): number
  /** Whether a subgraph only knows a field of another; what it says of it is worth nothing but where it is provided. */
  isExternal(service: string, typeName: string, field: string): boolean
  /** By what a subgraph finds an object of a type, when it is the one that brought it. */
  keyOf(service: string, typeName: string): SelectionSetNode | undefined
  /** All of them, the first first. */
  keysOf(service: string, typeName: string): readonly SelectionSetNode[]
  /** What a subgraph calls a type: it may know but the interface that stands for it there. */
  nameIn(service: string, typeName: string): string | undefined
  /** Whether a subgraph knows a type as an interface. */
  isInterface(service: string, typeName: string): boolean
  /** The type of a field's objects where the subgraph has but an interface that stands for them. */
  standingFor(service: string, typeName: string, field: string): string | undefined
  /** Whether a field of a subgraph has moved to another, or not yet come, under these labels. */
  hasMoved(service: string, typeName: string, field: string, labels: readonly string[]): boolean
  /** Whether a subgraph has to be told something to know a field, be it of an object that it brought itself. */
  isComputed(service: string, typeName: string, field: string): boolean
  /** The arguments of a field that come from further up in the answer. */
  contextsOf(service: string, typeName: string, field: string): readonly ContextArgument[]
  /** What a subgraph says of a field's objects there that it knows nowhere else. */
  providedBy(service: string, typeName: string, field: string): SelectionSetNode | undefined
  /** How the values of a field look: lists, what is never null, and which leaves. */
  lookOf(service: string, typeName: string, field: string): string
  /** What a subgraph must be told of an object to compute a field. */
  requiredFor(service: string, typeName: string, field: string): SelectionSetNode | undefined
}

export function subgraphTypes(supergraph: Supergraph, schema: GraphQLSchema): SubgraphTypes {
  const subgraphs = supergraph.subgraphs()
  const contexts = contextArguments(supergraph)
  const moves = movesOf(supergraph)

  const fieldOf = (service: string, typeName: string, name: string) => {
    const subgraph = subgraphs.get(service)
    const type = subgraph && typeIn(subgraph, typeName)
    return type && 'field' in type ? type.field(name) : undefined
  }

  /** A subgraph may know an object only by the interface that stands for it there. */
  const typeIn = (subgraph: Subgraph, typeName: string) => {
    const type = subgraph.schema.type(typeName)
    if (type) return type
    const object = schema.getType(typeName)
    if (!isObjectType(object)) return undefined
    return object
      .getInterfaces()
      .map(({ name }) => subgraph.schema.type(name))
      .find((known) => known?.kind === 'ObjectType')
  }

  /** What a directive of a field says in its `fields`. */
  const fieldsSaid = (
    service: string,
    typeName: string,
    name: string,
    directiveOf: (metadata: FederationMetadata) => DirectiveDefinition<{ fields: unknown }>,
  ): SelectionSetNode | undefined => {
    const metadata = subgraphs.get(service)?.metadata()
    const [directive] =
      (metadata && fieldOf(service, typeName, name)?.appliedDirectivesOf(directiveOf(metadata))) ?? []
    const text = directive?.arguments().fields
    return typeof text === 'string' ? selectionOf(text) : undefined
  }

  const keysOf = (service: string, typeName: string): SelectionSetNode[] => {
    const subgraph = subgraphs.get(service)
    const type = subgraph && typeIn(subgraph, typeName)
    if (!subgraph || !type || !('appliedDirectivesOf' in type)) return []
    const keys = type.appliedDirectivesOf(subgraph.metadata().keyDirective()).map((key) => key.arguments())
    return keys.flatMap(({ resolvable, fields }) =>
      resolvable === false ? [] : (selectionOf(String(fields)) ?? []),
    )
  }

  const requiredFor = (service: string, typeName: string, name: string) =>
    fieldsSaid(service, typeName, name, (metadata) => metadata.requiresDirective())
  const contextsOf = (service: string, typeName: string, name: string) =>
    contexts.get(service)?.get(`${typeName}.${name}`) ?? []

  return {
    names: subgraphs.names(),
    typesOfField(service, typeName, name) {
      const field = fieldOf(service, typeName, name)
      const type = field?.type && baseType(field.type)
      if (!type) return []
      const known = schema.getType(type.name)
      if (type.kind === 'ObjectType' && known && isAbstractType(known))
        return schema.getPossibleTypes(known).map((possible) => possible.name)
      if (type.kind !== 'ObjectType' && type.kind !== 'InterfaceType' && type.kind !== 'UnionType') return []
      return possibleRuntimeTypes(type).map((possible) => possible.name)
    },
    resolves(service, typeName, name) {
      const field = fieldOf(service, typeName, name)
      return field !== undefined && !subgraphs.get(service)?.metadata().isFieldExternal(field)
    },
    listsOfField(service, typeName, name) {
      let lists = 0
      let type = fieldOf(service, typeName, name)?.type
      while (type && (type.kind === 'ListType' || type.kind === 'NonNullType')) {
        if (type.kind === 'ListType') lists += 1
        type = type.ofType
      }
      return lists
    },
    isExternal(service, typeName, name) {
      const field = fieldOf(service, typeName, name)
      return field !== undefined && subgraphs.get(service)?.metadata().isFieldExternal(field) === true
    },
    keyOf: (service, typeName) => keysOf(service, typeName)[0],
    keysOf,
    nameIn(service, typeName) {
      const subgraph = subgraphs.get(service)
      return subgraph && typeIn(subgraph, typeName)?.name
    },
    isInterface: (service, typeName) =>
      subgraphs.get(service)?.schema.type(typeName)?.kind === 'InterfaceType',
    standingFor(service, typeName, name) {
      const field = fieldOf(service, typeName, name)
      const type = field?.type && baseType(field.type)
      return type?.kind === 'ObjectType' && isAbstractType(schema.getType(type.name)) ? type.name : undefined
    },
    hasMoved(service, typeName, name, labels) {
      if (moves.size === 0) return false
      const type = schema.getType(typeName)
      // Where an interface stands for its types, its field moves for all of them.
      const names = [typeName, ...(isObjectType(type) ? type.getInterfaces() : []).map((one) => one.name)]
      return names
        .flatMap((one) => moves.get(`${one}.${name}`) ?? [])
        .some(({ to, from, label }) => (labels.includes(label) ? from === service : to === service))
    },
    contextsOf,
    isComputed: (service, typeName, name) =>
      requiredFor(service, typeName, name) !== undefined || contextsOf(service, typeName, name).length > 0,
    providedBy: (service, typeName, name) =>
      fieldsSaid(service, typeName, name, (metadata) => metadata.providesDirective()),
    lookOf(service, typeName, name) {
      const type = fieldOf(service, typeName, name)?.type
      if (!type) return ''
      const base = baseType(type)
      const isLeaf = base.kind === 'ScalarType' || base.kind === 'EnumType'
      return isLeaf ? String(type) : String(type).replace(base.name, '*')
    },
    requiredFor,
  }
}

interface Move {
  readonly to: string
  readonly from: string
  readonly label: string
}

/** By type and field, who takes it over from whom while a label is active. */
function movesOf(supergraph: Supergraph): ReadonlyMap<string, readonly Move[]> {
  const moves = new Map<string, Move[]>()
  for (const subgraph of supergraph.subgraphs().values()) {
    const directive = subgraph.metadata().overrideDirective()
    const fields = subgraph.schema.types().flatMap((type) => ('fields' in type ? [...type.fields()] : []))
    for (const field of fields) {
      const [override] = field.appliedDirectivesOf(directive)
      const { from = '', label } = override?.arguments() ?? {}
      if (typeof label !== 'string') continue
      const place = `${field.parent.name}.${field.name}`
      moves.set(place, [...(moves.get(place) ?? []), { to: subgraph.name, from, label }])
    }
  }
  return moves
}

function selectionOf(text: string): SelectionSetNode | undefined {
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet : undefined
}
