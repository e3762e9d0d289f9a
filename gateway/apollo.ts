import type { ApolloGateway } from '@apollo/gateway'
import { ApolloServer, HeaderMap, type ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { GraphQLError, OperationTypeNode } from 'graphql'
import type { Logger } from '@hub/kit/log.ts'
import { errorFormatter } from './answer-errors.ts'
import { refuse } from './errors.ts'
import type { RequestContext } from './subgraph-source.ts'

/** Apollo Server as the request pipeline: no page of its own, no reports to anyone, no batches, no names in refusals. */
export async function openApollo(
  gateway: ApolloGateway,
  introspection: boolean,
  log: Logger,
): Promise<ApolloServer<RequestContext>> {
  const apollo = new ApolloServer<RequestContext>({
    gateway,
    introspection,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    formatError: errorFormatter(log),
    logger: log,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      streamsElsewhere,
    ],
  })
  await apollo.start()
  return apollo
}

/** A subscription does not fit into one HTTP answer. */
const streamsElsewhere: ApolloServerPlugin<RequestContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ operation }) {
        if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return Promise.resolve()
        const originalError = refuse('SUBSCRIPTION_NEEDS_STREAM')
        const http = { status: 400, headers: new HeaderMap() }
        return Promise.reject(
          new GraphQLError(originalError.message, { originalError, extensions: { http } }),
        )
      },
    }),
}
