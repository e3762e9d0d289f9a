import type { IncomingMessage, ServerResponse } from 'node:http'
import { HeaderMap, type ApolloServer } from '@apollo/server'
import type { Refusal } from '@hub/kit/errors.ts'
import { askedDocument, bodyIn, withText } from './asked-document.ts'
import { callerOf, type Identify } from './caller-of-token.ts'
import type { Documents } from './documents.ts'
import { refuse } from './errors.ts'
import { readJson, sendText } from './http-exchange.ts'
import { findExcess } from './limits.ts'
import { remembered } from './remembered.ts'
import { requestScope, type RequestScope } from './request-scope.ts'
import type { GatewaySettings } from './settings.ts'
import { wantsEvents, type SseRequest } from './sse.ts'
import type { Asking } from './subgraph-client.ts'
import type { RequestContext } from './subgraph-source.ts'
import type { Tracer } from './trace.ts'
import type { UnderWay } from './under-way.ts'

export interface HttpGraphql {
  readonly apollo: ApolloServer<RequestContext>
  readonly identify: Identify
  readonly sse: (request: IncomingMessage, response: ServerResponse, asked: SseRequest) => Promise<void>
  readonly documents: Documents
  readonly underWay: UnderWay
  readonly tracer: Tracer
  readonly settings: GatewaySettings
}

/** Answers GraphQL over HTTP: who asks, how much, then Apollo Server, or a stream of events. */
export function httpGraphql({ apollo, identify, sse, documents, underWay, tracer, settings }: HttpGraphql) {
  const excessOf = remembered(1_000, (source: string): Refusal | null => findExcess(source, settings.limits))
  return async (request: IncomingMessage, response: ServerResponse, scope: RequestScope): Promise<void> => {
    const end = underWay.begin()
    const span = tracer.start('graphql', 'server', headerOf(request, 'traceparent'))
    try {
      await answer(request, response, scope, span.traceparent, end)
    } finally {
      end()
      const { statusCode: status } = response
      span.end({ 'http.response.status_code': status, 'hub.request_id': scope.requestId }, status >= 500)
    }
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    scope: RequestScope,
    traceparent: string | undefined,
    end: () => void,
  ): Promise<void> {
    const bearer = await identify(request.headers.authorization)
    const body = request.method === 'POST' ? await readJson(request, settings.limits.bodyBytes) : undefined
    const search = new URL(request.url ?? '/', 'http://gateway').search
    const given = bodyIn(body, search)
    const asked = askedDocument(given)
    const source = documents.textOf(asked, bearer.role)
    // What came by its id goes on as if it had come whole.
    const whole = asked.id !== undefined && source !== undefined ? withText(given, source) : given
    const excess = source === undefined ? null : excessOf(source)
    if (excess) throw excess
    const asking: Asking = {
      caller: callerOf(bearer, scope, headerOf(request, 'idempotency-key')),
      traceparent,
      deadline: Date.now() + patience(source, settings),
    }
    await requestScope.run(scope, async () => {
      if (wantsEvents(request)) {
        // A stream may last for days.
        end()
        return sse(request, response, eventsAsked(whole, asking))
      }
      const httpGraphQLRequest = {
        method: request.method ?? 'GET',
        headers: headerMap(request),
        search: body === undefined && whole !== given ? searchOf(whole) : search,
        body: body === undefined || whole === given ? body : whole,
      }
      const context = () => Promise.resolve({ asking })
      const answered = await apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context })
      if (answered.body.kind !== 'complete') throw refuse('ACCEPT_UNSUPPORTED')
      const headers = { ...Object.fromEntries(answered.headers), 'x-request-id': scope.requestId }
      return sendText(response, answered.status ?? 200, headers, answered.body.string)
    })
  }
}

/** A query is cut short when a subgraph hangs; a mutation may be under way there, so it is waited for. */
function patience(source: string | undefined, settings: GatewaySettings): number {
  return source && /\bmutation\b/.test(source) ? settings.mutateWithinMs : settings.answerWithinMs
}

function searchOf(given: Readonly<Record<string, unknown>>): string {
  const strings = Object.entries(given).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  return `?${new URLSearchParams(strings).toString()}`
}

function eventsAsked(given: Readonly<Record<string, unknown>>, asking: Asking): SseRequest {
  const { query, operationName, variables } = given
  if (typeof query !== 'string') throw refuse('REQUEST_MALFORMED', { problem: 'query' })
  return {
    source: query,
    operationName: typeof operationName === 'string' ? operationName : undefined,
    variables: variablesIn(variables),
    asking,
  }
}

function variablesIn(given: unknown): Readonly<Record<string, unknown>> {
  if (given === undefined || given === null || given === '') return {}
  try {
    const variables: unknown = typeof given === 'string' ? JSON.parse(given) : given
    if (typeof variables === 'object' && variables !== null && !Array.isArray(variables))
      return { ...variables }
  } catch {
    // Answered below like any other value that is no object.
  }
  throw refuse('REQUEST_MALFORMED', { problem: 'variables' })
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' && value.length <= 200 ? value : undefined
}

function headerMap(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return headers
}
