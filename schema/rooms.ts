import type { GraphQLSchema } from 'graphql'

/** A room of the graph: its name, the address the gateway routes to, and its schema, built without a database. */
export interface GraphRoom {
  readonly name: string
  readonly url: string
  readonly load: () => Promise<{ readonly schema: GraphQLSchema }>
}

/** The subgraphs, in the order of their ports. */
export const graphRooms: readonly GraphRoom[] = [
  { name: 'cases', url: 'http://127.0.0.1:4001/graphql', load: () => import('@hub/cases/graph/schema.ts') },
  {
    name: 'departments',
    url: 'http://127.0.0.1:4002/graphql',
    load: () => import('@hub/departments/graph/schema.ts'),
  },
  {
    name: 'knowledge',
    url: 'http://127.0.0.1:4003/graphql',
    load: () => import('@hub/knowledge/graph/schema.ts'),
  },
  {
    name: 'supervision',
    url: 'http://127.0.0.1:4004/graphql',
    load: () => import('@hub/supervision/graph/schema.ts'),
  },
]
