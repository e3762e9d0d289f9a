import { isEnumType, isSpecifiedScalarType, type GraphQLLeafType } from 'graphql'

/** Writing goes down a value level by level: what nests deeper, at some hundred thousand, would end it for the whole answer. */
const MOST_LEVELS = 1_000

const INTEGER = /^-?\d+$/

/** Makes the test whether a subgraph's value is one of this type; a scalar of one's own may be anything that can be written. */
export function leafTest(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map(({ name }) => name))
    return (value) => typeof value === 'string' && names.has(value)
  }
  if (!isSpecifiedScalarType(type)) return (value) => isWithin(value, MOST_LEVELS)
  switch (type.name) {
    case 'Boolean':
      return (value) => typeof value === 'boolean'
    case 'Int':
      return isInteger
    case 'Float':
      return (value) => typeof value === 'number' && Number.isFinite(value)
    case 'ID':
      return (value) => typeof value === 'string' || isInteger(value)
    default:
      return (value) => typeof value === 'string'
  }
}

function isInteger(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && INTEGER.test(String(value))
}

/** Written for speed: every value of such a scalar is gone through. */
function isWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (levels === 0) return false
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) if (!isWithin(value[at], levels - 1)) return false
    return true
  }
  for (const name in value)
    if (!isWithin((value as Readonly<Record<string, unknown>>)[name], levels - 1)) return false
  return true
}
