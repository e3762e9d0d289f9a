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
import { refuse, type GatewayCode } from './errors.ts'
import { writeResult } from './execution/written.ts'
import type { RequestContext } from './subgraph-source.ts'

/** Apollo Server as the request pipeline: no page of its own, no reports to anyone, no batches, no names in refusals. */
export async function openApollo(
  gateway: Pick<ApolloGateway, 'load' | 'onSchemaLoadOrUpdate' | 'stop'>,
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
    stringifyResult: writeResult,
    logger: log,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      refusals,
    ],
  })
  await apollo.start()
  return apollo
}

/** What the executor would fail on: a subscription does not fit into one answer, and no operation is none at all. */
const refusals: ApolloServerPlugin<RequestContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ operation }) {
        if (!operation) return refused('OPERATION_UNKNOWN')
        if (operation.operation === OperationTypeNode.SUBSCRIPTION)
          return refused('SUBSCRIPTION_NEEDS_STREAM')
        return Promise.resolve()
      },
      willSendResponse({ request, response: { http, body } }) {
        const errors = body.kind === 'single' ? body.singleResult.errors : undefined
        const aboutDocument =
          errors?.every(({ extensions }) => ABOUT_DOCUMENT.has(extensions?.['code'])) ?? false
        if (http.status === 400 && aboutDocument && acceptsOnlyJson(request.http?.headers.get('accept')))
          http.status = 200
        return Promise.resolve()
      },
    }),
}

const ABOUT_DOCUMENT = new Set<unknown>(['DOCUMENT_MALFORMED', 'DOCUMENT_INVALID', 'VARIABLE_INVALID'])

/** Clients from before GraphQL over HTTP accept nothing but application/json, and read `errors` of a 200 alone. */
function acceptsOnlyJson(accept: string | undefined): boolean {
  return /^\s*application\/json\s*(;[^,]*)?$/i.test(accept ?? '')
}

function refused(code: GatewayCode): Promise<never> {
  const originalError = refuse(code)
  const http = { status: 400, headers: new HeaderMap() }
  return Promise.reject(new GraphQLError(originalError.message, { originalError, extensions: { http } }))
}
