import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql'
import type { Finding } from './finding.ts'

interface Described {
  readonly description?: string | null | undefined
}

const ROOTS = new Set(['Query', 'Mutation', 'Subscription'])

/** Every type, field, argument, enum value and input field that a reader of the graph finds without a description. */
export function undescribed(graph: GraphQLSchema): Finding[] {
  return Object.values(graph.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
    .flatMap((type) => [...describedParts(type)])
    .filter(([, part]) => !part.description?.trim())
    .map(([name]) => `${name} has no description`)
}

function* describedParts(type: GraphQLNamedType): Generator<readonly [name: string, part: Described]> {
  if (!ROOTS.has(type.name)) yield [type.name, type]
  if (isEnumType(type)) for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value]
  if (isInputObjectType(type))
    for (const field of Object.values(type.getFields())) yield [`${type.name}.${field.name}`, field]
  if (isObjectType(type) || isInterfaceType(type))
    for (const field of Object.values(type.getFields())) {
      yield [`${type.name}.${field.name}`, field]
      for (const arg of field.args) yield [`${type.name}.${field.name}(${arg.name})`, arg]
    }
}
