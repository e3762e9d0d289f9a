import { defaultFieldResolver, type GraphQLSchema } from 'graphql'
import { tracedBelow } from './trace-active.ts'

const known = new WeakSet<GraphQLSchema>()

/** Gives each field of the roots, a command or a batch of entities, a span of its own. Only where a collector is named. */
export function traceRoots(schema: GraphQLSchema): void {
  if (known.has(schema)) return
  known.add(schema)
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const [name, field] of Object.entries(root?.getFields() ?? {})) {
      const { resolve = defaultFieldResolver } = field
      field.resolve = (...args) => tracedBelow(`${root?.name}.${name}`, 'internal', () => resolve(...args))
    }
  }
}
