import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApolloServer, HeaderMap, type ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import type { GraphQLSchema } from 'graphql'
import { toGraphQLError } from './errors.ts'
import type { CallerContext } from './graph.ts'
import type { Logger } from './log.ts'

/** The gateway uses none of them, and hints for caches would be asked of every field of every answer. */
const NOT_NEEDED = [
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
]

/** An Apollo Server over the room's schema, without a port of its own. */
export async function openGraphQL(schema: GraphQLSchema, log: Logger): Promise<ApolloServer<CallerContext>> {
  const server = new ApolloServer<CallerContext>({
    schema,
    introspection: true,
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    plugins: [...NOT_NEEDED.map((disabled) => disabled()), codedErrors(log)],
    logger: log,
  })
  await server.start()
  return server
}

/** Errors leave in the caller's language, coded; what is unexpected is logged and masked. */
function codedErrors(log: Logger): ApolloServerPlugin<CallerContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response, errors, contextValue }) {
          if (!errors || errors.length === 0 || response.body.kind !== 'single') return
          response.body.singleResult.errors = errors.map((error) =>
            toGraphQLError(error, contextValue.caller.locale, log).toJSON(),
          )
        },
      }
    },
  }
}

/** Runs one operation that came as JSON over POST. */
export async function answerGraphQL(
  server: ApolloServer<CallerContext>,
  request: IncomingMessage,
  response: ServerResponse,
  body: Uint8Array,
  context: CallerContext,
): Promise<void> {
  const parsed = parse(body)
  if (parsed === undefined) {
    response.writeHead(400).end()
    return
  }
  const answer = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: 'POST', headers: headersOf(request), search: '', body: parsed },
    context: async () => context,
  })
  for (const [name, value] of answer.headers) response.setHeader(name, value)
  response.statusCode = answer.status ?? 200
  if (answer.body.kind === 'complete') {
    response.end(answer.body.string)
    return
  }
  for await (const chunk of answer.body.asyncIterator) response.write(chunk)
  response.end()
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap()
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, String(value))
  return headers
}
