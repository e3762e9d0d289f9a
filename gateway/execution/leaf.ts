import { isEnumType, isSpecifiedScalarType, type GraphQLLeafType } from 'graphql'

const INTEGER = /^-?\d+$/

/** Makes the test whether a subgraph's value is one of this type; a scalar of one's own may be anything. */
export function leafTest(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map(({ name }) => name))
    return (value) => typeof value === 'string' && names.has(value)
  }
  if (!isSpecifiedScalarType(type)) return () => true
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
