import { composeServices } from '@apollo/composition'
import { printSubgraphSchema } from '@apollo/subgraph'
import { parse, type GraphQLSchema } from 'graphql'

/** One subgraph as composition takes it. */
export interface Subgraph {
  readonly name: string
  readonly url: string
  readonly sdl: string
}

export interface Composed {
  /** What the gateway loads. */
  readonly supergraph: string
  /** What clients see. */
  readonly graph: GraphQLSchema
}

/** A room's schema as SDL with its federation directives. */
export function sdlOf(schema: GraphQLSchema): string {
  return `${printSubgraphSchema(schema).trim()}\n`
}

/** Composes the subgraphs; when they do not fit together, throws with every reason. */
export function compose(subgraphs: readonly Subgraph[]): Composed {
  const result = composeServices(subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })))
  if (result.errors) throw new Error(result.errors.map(({ message }) => message).join('\n'))
  return {
    supergraph: `${result.supergraphSdl.trim()}\n`,
    graph: result.schema.toAPISchema().toGraphQLJSSchema(),
  }
}
