import {
  getVariableValues,
  Kind,
  type GraphQLError,
  type GraphQLSchema,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql'
import type { Refusal } from '@hub/kit/errors.ts'
import { refuse } from '../errors.ts'

/** Each wrong value costs an error with its place and its stack: fifty thousand in one body cost half a minute. */
const MOST_ERRORS = 10

/** The variables of an operation as its types understand them, or what is wrong with the first few. */
export function coercedVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  variables: Readonly<Record<string, unknown>>,
): ReturnType<typeof getVariableValues> {
  const read = getVariableValues(schema, definitions, variables, { maxErrors: MOST_ERRORS })
  return read.errors ? { errors: read.errors.filter(isPlaced) } : read
}

/** The last only says that no more are told. */
function isPlaced({ locations }: GraphQLError): boolean {
  return locations !== undefined
}

/** Why variables are nested too far, or null: whatever looks at them later goes down with them. */
export function findDeepVariables(variables: unknown, levels: number): Refusal | null {
  // What is written as text was not read yet; what is no JSON is refused by whoever reads it.
  const given = typeof variables === 'string' ? parsed(variables) : variables
  // The variables themselves are the first level, and none of a value.
  return isDeeper(given, levels + 1) ? refuse('OPERATION_TOO_DEEP') : null
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels <= 0) return true
  for (const inner of Object.values(value)) if (isDeeper(inner, levels - 1)) return true
  return false
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** How far a value in a document is nested: a list or an object is one level more than what is in it. */
export function levelsOf(node: ValueNode): number {
  const inner =
    node.kind === Kind.LIST
      ? node.values
      : node.kind === Kind.OBJECT
        ? node.fields.map(({ value }) => value)
        : null
  return inner ? 1 + inner.reduce((most, value) => Math.max(most, levelsOf(value)), 0) : 0
}
