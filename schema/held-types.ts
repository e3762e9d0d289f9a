import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isSpecifiedScalarType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql'
import type { Finding } from './finding.ts'

const HELPERS = new Set(['Room'])

/** What the contract promises and the graph does not keep: names, types, nullability, default values, and new demands. */
export function brokenPromises(contract: GraphQLSchema, graph: GraphQLSchema): Finding[] {
  return Object.values(contract.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type) && !HELPERS.has(type.name))
    .flatMap((type) => compareTypes(type, graph.getType(type.name)))
}

function compareTypes(promised: GraphQLNamedType, found: GraphQLNamedType | undefined): Finding[] {
  if (!found) return [`${promised.name} is missing`]
  if (found.constructor.name !== promised.constructor.name)
    return [`${promised.name} is a ${kindOf(found)}, promised as a ${kindOf(promised)}`]
  if (isEnumType(promised) && isEnumType(found)) {
    const values = new Set(found.getValues().map(({ name }) => name))
    return promised
      .getValues()
      .filter(({ name }) => !values.has(name))
      .map(({ name }) => `${promised.name}.${name} is missing`)
  }
  if (isInputObjectType(promised) && isInputObjectType(found))
    return compareInputs(promised.name, promised.getFields(), found.getFields())
  if (
    (isObjectType(promised) || isInterfaceType(promised)) &&
    (isObjectType(found) || isInterfaceType(found))
  ) {
    const fields = found.getFields()
    return Object.values(promised.getFields()).flatMap((field) =>
      compareFields(`${promised.name}.${field.name}`, field, fields[field.name]),
    )
  }
  return []
}

function compareFields(
  name: string,
  promised: GraphQLField<unknown, unknown>,
  found: GraphQLField<unknown, unknown> | undefined,
): Finding[] {
  if (!found) return [`${name} is missing`]
  const args = new Map(promised.args.map((arg) => [arg.name, arg]))
  return [
    ...wrongType(name, promised, found),
    ...promised.args.flatMap((arg) =>
      compareValues(
        `${name}(${arg.name})`,
        arg,
        found.args.find((other) => other.name === arg.name),
      ),
    ),
    ...found.args
      .filter((arg) => isRequiredArgument(arg) && !args.has(arg.name))
      .map((arg) => `${name}(${arg.name}) is required, and clients do not send it`),
  ]
}

function compareInputs(
  name: string,
  promised: Readonly<Record<string, GraphQLInputField>>,
  found: Readonly<Record<string, GraphQLInputField>>,
): Finding[] {
  return [
    ...Object.values(promised).flatMap((field) =>
      compareValues(`${name}.${field.name}`, field, found[field.name]),
    ),
    ...Object.values(found)
      .filter(
        (field) => isRequiredInputField(field) && !promised[field.name] && Object.keys(promised).length > 0,
      )
      .map((field) => `${name}.${field.name} is required, and clients do not send it`),
  ]
}

function compareValues(
  name: string,
  promised: GraphQLArgument | GraphQLInputField,
  found: GraphQLArgument | GraphQLInputField | undefined,
): Finding[] {
  if (!found) return [`${name} is missing`]
  const [before, after] = [promised, found].map(({ defaultValue }) => JSON.stringify(defaultValue) ?? 'none')
  return [
    ...wrongType(name, promised, found),
    ...(before === after ? [] : [`${name} has the default ${after}, promised as ${before}`]),
  ]
}

function wrongType(name: string, promised: { type: unknown }, found: { type: unknown }): Finding[] {
  return String(promised.type) === String(found.type)
    ? []
    : [`${name} is ${String(found.type)}, promised as ${String(promised.type)}`]
}

function kindOf(type: GraphQLNamedType): string {
  return type.constructor.name.replace(/^GraphQL|Type$/g, '')
}
