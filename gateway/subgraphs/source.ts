import { Kind, parse, type GraphQLFormattedError } from 'graphql'
import type { GraphQLDataSource } from '@apollo/gateway'
import type { Later } from '../execution/deliver-parts.ts'
import type { Asking, SubgraphAnswer, SubgraphClient, SubgraphRequest } from './client.ts'

/** What a request carries through Apollo Server and the executor to the subgraphs. */
export interface RequestContext {
  readonly asking: Asking
  /** There where the client takes an answer in parts; what is still to come is put here. */
  readonly parts?: { later?: Later }
}

/** A data source of `@apollo/gateway` that asks through our client. */
export function sourceOf(client: SubgraphClient): GraphQLDataSource<RequestContext> {
  return answeringSource((request, asking) => client.ask(request, asking))
}

/** A data source that answers with a function; errors without a place get that of what was asked for. */
function answeringSource(
  answer: (request: SubgraphRequest, asking: Asking) => Promise<SubgraphAnswer>,
): GraphQLDataSource<RequestContext> {
  return {
    async process({ request, context }) {
      const query = request.query ?? ''
      const { asking } = context as RequestContext
      const { variables, operationName } = request
      const { data = null, errors } = await answer({ query, variables, operationName }, asking)
      return errors ? { data, errors: errors.flatMap((error) => placed(error, query)) } : { data }
    },
  }
}

/** An error of the whole fetch stands at the fields that the fetch was for. */
function placed(error: GraphQLFormattedError, query: string): GraphQLFormattedError[] {
  if (error.path) return [error]
  const { message, extensions = {} } = error
  return rootFields(query).map((name) => ({
    message,
    extensions,
    path: name === '_entities' ? [name, 0] : [name],
  }))
}

/** The response names of an operation's own fields. */
export function rootFields(query: string): string[] {
  const operation = parse(query, { noLocation: true }).definitions.find(
    (node) => node.kind === Kind.OPERATION_DEFINITION,
  )
  return (operation?.selectionSet.selections ?? []).flatMap((selection) =>
    selection.kind === Kind.FIELD ? [(selection.alias ?? selection.name).value] : [],
  )
}
