import { baseType, possibleRuntimeTypes, type Subgraph, type Supergraph } from '@apollo/federation-internals'
import { isAbstractType, isObjectType, Kind, parse, type GraphQLSchema, type SelectionSetNode } from 'graphql'

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
  /** What a subgraph must be told of an object to compute a field. */
  requiredFor(service: string, typeName: string, field: string): SelectionSetNode | undefined
}

export function subgraphTypes(supergraph: Supergraph, schema: GraphQLSchema): SubgraphTypes {
  const subgraphs = supergraph.subgraphs()

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
    keyOf(service, typeName) {
      const subgraph = subgraphs.get(service)
      const type = subgraph && typeIn(subgraph, typeName)
      if (!subgraph || !type || !('appliedDirectivesOf' in type)) return undefined
      const keys = type.appliedDirectivesOf(subgraph.metadata().keyDirective())
      const key = keys.map((one) => one.arguments()).find(({ resolvable }) => resolvable !== false)
      return key && selectionOf(String(key.fields))
    },
    requiredFor(service, typeName, name) {
      const field = fieldOf(service, typeName, name)
      const directive = subgraphs.get(service)?.metadata().requiresDirective()
      const text = directive && field?.appliedDirectivesOf(directive)[0]?.arguments()['fields']
      return typeof text === 'string' ? selectionOf(text) : undefined
    },
  }
}

function selectionOf(text: string): SelectionSetNode | undefined {
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet : undefined
}
