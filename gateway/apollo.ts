import type { ApolloGateway } from '@apollo/gateway'
import { ApolloServer, HeaderMap, type ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { GraphQLError, OperationTypeNode } from 'graphql'
import type { Refusal } from '@hub/kit/errors.ts'
import type { Logger } from '@hub/kit/log.ts'
import type { Admit } from './operation/admission.ts'
import { errorFormatter } from './answer-errors.ts'
import { countedParts } from './seen/counted-parts.ts'
import { documentRules } from './operation/document-rules.ts'
import { refuse } from './errors.ts'
import { writeResult } from './execution/written.ts'
import type { Graphs } from './supergraph/graph.ts'
import { statusOf, waitOf } from './http/http-exchange.ts'
import { codeOf, type Observation } from './seen/observation.ts'
import type { RequestContext } from './subgraphs/source.ts'

export interface ApolloOptions {
  readonly introspection: boolean
  readonly admit: Admit
  readonly of: Graphs['of']
  readonly observation: Observation
  readonly log: Logger
}

/** Apollo Server as the request pipeline: no page of its own, no reports to anyone, no batches, no names in refusals. */
export async function openApollo(
  gateway: Pick<ApolloGateway, 'load' | 'onSchemaLoadOrUpdate' | 'stop'>,
  { introspection, admit, of, observation, log }: ApolloOptions,
): Promise<ApolloServer<RequestContext>> {
  const apollo = new ApolloServer<RequestContext>({
    gateway,
    // Whether it is shown is decided by our own rule, as it is for what does not come this way.
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    validationRules: documentRules(introspection),
    stopOnTerminationSignals: false,
    formatError: errorFormatter(log),
    stringifyResult: writeResult,
    logger: log,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      refusals(admit, of),
      measured(observation, log),
    ],
  })
  await apollo.start()
  return apollo
}

/** What the executor would fail on: a subscription does not fit into one answer, and no operation is none at all. */
const refusals = (admit: Admit, of: Graphs['of']): ApolloServerPlugin<RequestContext> => ({
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ operation, document, request, schema, contextValue }) {
        if (!operation) return refused(refuse('OPERATION_UNKNOWN'))
        if (operation.operation === OperationTypeNode.SUBSCRIPTION)
          return refused(refuse('SUBSCRIPTION_NEEDS_STREAM'))
        const graph = of(schema)
        const { caller } = contextValue.asking
        const variables = request.variables ?? {}
        const refusal = graph ? admit({ graph, document, operation, variables, caller }) : null
        return refusal ? refused(refusal) : Promise.resolve()
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
})

/** Every answer is counted and timed; a document that is none has no name to be counted under. */
const measured = (observation: Observation, log: Logger): ApolloServerPlugin<RequestContext> => ({
  requestDidStart() {
    const startedAt = performance.now()
    return Promise.resolve({
      willSendResponse({ source, operation, response: { body }, contextValue }) {
        const errors = body.kind === 'single' ? body.singleResult.errors : undefined
        const label = source && operation ? observation.labelOf(source) : 'none'
        const kind = operation?.operation ?? 'none'
        const { requestId } = contextValue.asking.caller
        const end = (code: string): void => {
          const seconds = (performance.now() - startedAt) / 1000
          observation.answersTo(label, kind)(code, seconds)
          log.debug({ requestId, operation: label, kind, code, seconds }, 'answered')
        }
        const first = codeOf(errors)
        const { parts } = contextValue
        if (parts?.later) {
          const last = (code: string): void => end(first === 'OK' ? code : first)
          parts.later = countedParts(parts.later, { part: observation.partsOf(label), end: last })
        } else end(first)
        return Promise.resolve()
      },
    })
  },
})

const ABOUT_DOCUMENT = new Set<unknown>(['DOCUMENT_MALFORMED', 'DOCUMENT_INVALID', 'VARIABLE_INVALID'])

/** Clients from before GraphQL over HTTP accept nothing but application/json, and read `errors` of a 200 alone. */
function acceptsOnlyJson(accept: string | undefined): boolean {
  return /^\s*application\/json\s*(;[^,]*)?$/i.test(accept ?? '')
}

function refused(originalError: Refusal): Promise<never> {
  const headers = new HeaderMap()
  const wait = waitOf(originalError)
  if (wait) headers.set('retry-after', wait)
  const http = { status: statusOf(originalError.code), headers }
  return Promise.reject(new GraphQLError(originalError.message, { originalError, extensions: { http } }))
}
