import { getNamedType, isInputObjectType, type GraphQLInputType, type GraphQLSchema } from 'graphql'

/** Tells what the fields of a value cost that is given as input. */
export type InputCost = (type: GraphQLInputType, value: unknown) => number

/** Null where no field of an input has a cost of its own. */
export function inputCost(schema: GraphQLSchema, weights: ReadonlyMap<string, number>): InputCost | null {
  const isWeighed = [...weights.keys()].some((key) => {
    const [type = '', field] = key.split('.')
    return field !== undefined && isInputObjectType(schema.getType(type))
  })
  if (!isWeighed) return null
  const costOf: InputCost = (type, value) => {
    if (Array.isArray(value)) return value.reduce<number>((all, element) => all + costOf(type, element), 0)
    const named = getNamedType(type)
    if (!isInputObjectType(named) || typeof value !== 'object' || value === null) return 0
    return Object.entries(named.getFields()).reduce((all, [name, field]) => {
      if (!Object.hasOwn(value, name)) return all
      const own = weights.get(`${named.name}.${name}`) ?? 0
      return all + own + costOf(field.type, (value as Readonly<Record<string, unknown>>)[name])
    }, 0)
  }
  return costOf
}
