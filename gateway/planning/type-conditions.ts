import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql'

/** Whether an object that is called `typename` by a subgraph falls under a type condition. */
export function fallsUnder(schema: GraphQLSchema, typename: string, condition: string): boolean {
  if (typename === condition) return true
  const type = schema.getType(typename)
  const conditional = schema.getType(condition)
  if (!conditional || !isAbstractType(conditional)) return false
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(conditional, type)
}
