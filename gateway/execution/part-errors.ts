import { getNamedType, isCompositeType, type GraphQLCompositeType, type SelectionSetNode } from 'graphql'
import type { ErrorPath } from './complete-answer.ts'
import { collectFields, type Shape } from '../planning/fields.ts'
import { isTree } from './tree.ts'

/** Whether a place, told by inside names from an object on, is part of what a shape selects of that object. */
export function covers(
  shape: Shape,
  declared: GraphQLCompositeType,
  selections: readonly SelectionSetNode[],
  value: unknown,
  place: ErrorPath,
): boolean {
  const [step, ...rest] = place
  // Beneath a null nothing more is known: its error is that of the null.
  if (step === undefined || value === null || value === undefined) return true
  if (typeof step === 'number')
    return Array.isArray(value) && covers(shape, declared, selections, value[step], rest)
  if (!isTree(value)) return false
  const typename = value['__typename']
  const known = typeof typename === 'string' ? shape.schema.getType(typename) : declared
  const type = isCompositeType(known) ? known : declared
  const field = collectFields(shape, type, selections).find(({ inside }) => inside === step)
  if (!field) return false
  const inner = field.type && getNamedType(field.type)
  if (!isCompositeType(inner)) return true
  return covers(shape, inner, field.selections, value[step], rest)
}
