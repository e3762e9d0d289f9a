import { isObjectType, type GraphQLSchema } from 'graphql'
import { copyOf, isTree, mergeInto, type IsObjectName, type Tree } from './tree.ts'

/** Tells the names of types that objects are of from those of interfaces and unions. */
export function objectNamesOf(schema: GraphQLSchema): IsObjectName {
  return (typename) => isObjectType(schema.getType(String(typename)))
}

/** Puts what a subgraph said of an entity into all objects that it is; they may share it where nothing else comes to them. */
export function entityGiver(
  schema: GraphQLSchema,
  rewriteAnswer: ((entity: Tree) => void) | undefined,
  mayShare: boolean,
): (entity: unknown, objects: readonly Tree[]) => void {
  const isObjectName = objectNamesOf(schema)
  return (entity, objects) => {
    if (!isTree(entity)) return
    const known = objects[0]?.['__typename']
    entity['__typename'] ??= known
    // A subgraph that knows but an interface of it says less than is known.
    if (entity['__typename'] !== known && isObjectName(known)) entity['__typename'] = known
    rewriteAnswer?.(entity)
    objects.forEach((object, at) =>
      mergeInto(object, at === 0 || mayShare ? entity : copyOf(entity), isObjectName),
    )
  }
}
