import type { IncomingMessage, ServerResponse } from 'node:http'
import { HeaderMap, type ApolloServer } from '@apollo/server'
import type { Refusal } from '@hub/kit/errors.ts'
import type { Logger } from '@hub/kit/log.ts'
import { acceptsJson, acceptsSubscriptionParts, partsFormIn } from './accepted.ts'
import { AcceptedTypes } from './accepted-types.ts'
import { firstExtras } from './answer-parts.ts'
import { followed } from './answers-in-parts.ts'
import { askedDocument, bodyIn, findMisshapen, withText } from '../operation/asked-document.ts'
import { callerOf, type Identify } from '../identity/caller-of-token.ts'
import { ConnectedClient } from './connected-client.ts'
import { sendDeliveries } from './delivery-stream.ts'
import type { Documents } from '../operation/documents.ts'
import { refuse } from '../errors.ts'
import type { Later } from '../execution/deliver-parts.ts'
import { readJson, sendText } from './http-exchange.ts'
import type { knownAnswers, WrittenAnswer } from '../operation/known-answer.ts'
import { findExcess } from '../operation/limits.ts'
import { findDeepVariables } from '../operation/values.ts'
import { waitAsked } from './long-poll.ts'
import { partsWire } from './multipart.ts'
import type { OperationStreams, StreamRequest } from './operation-stream.ts'
import { remembered } from '../operation/remembered.ts'
import { requestScope, type RequestScope } from '../request-scope.ts'
import type { GatewaySettings } from '../settings.ts'
import { wantsEvents } from './sse.ts'
import type { Asking } from '../subgraphs/client.ts'
import type { RequestContext } from '../subgraphs/source.ts'
import type { Tracer } from '@hub/kit/trace.ts'
import type { UnderWay } from '../under-way.ts'

export interface HttpGraphql {
  readonly apollo: ApolloServer<RequestContext>
  readonly answerKnown: ReturnType<typeof knownAnswers>
  readonly identify: Identify
  readonly streams: OperationStreams
  readonly documents: Documents
  readonly underWay: UnderWay
  readonly tracer: Tracer
  readonly settings: GatewaySettings
  readonly log: Logger
}

const ANY_JSON = 'application/json, application/graphql-response+json'

/** Answers GraphQL over HTTP: who asks, how much, then what is known, Apollo Server, or a stream of events. */
export function httpGraphql(options: HttpGraphql) {
  const { apollo, answerKnown, identify, streams, documents, underWay, tracer, settings, log } = options
  const excessOf = remembered(1_000, (source: string): Refusal | null => findExcess(source, settings.limits))
  const types = new AcceptedTypes()
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
    if (request.method !== 'POST' && request.method !== 'GET') throw refuse('METHOD_NOT_ALLOWED')
    const bearer = await identify(request.headers.authorization)
    const body = request.method === 'POST' ? await readJson(request, settings.limits.bodyBytes) : undefined
    const search = searchIn(request.url ?? '/')
    const given = bodyIn(body, search)
    const misshapen = findMisshapen(given)
    if (misshapen) throw refuse('REQUEST_MALFORMED', { problem: misshapen })
    const asked = askedDocument(given)
    const source = documents.textOf(asked, bearer.role)
    // What came by its id goes on as if it had come whole.
    const whole = asked.id !== undefined && source !== undefined ? withText(given, source) : given
    const excess = source === undefined ? null : excessOf(source)
    if (excess) throw excess
    const deep = findDeepVariables(given['variables'], settings.limits.valueDepth)
    if (deep) throw deep
    const mayChange = source !== undefined && /\bmutation\b/.test(source)
    const asking: Asking = {
      caller: callerOf(bearer, scope, headerOf(request, 'idempotency-key')),
      traceparent,
      // A query is cut short when a subgraph hangs; a mutation may be under way there, so it is waited for.
      limit: mayChange
        ? { deadline: Date.now() + settings.mutateWithinMs }
        : { deadline: Date.now() + settings.answerWithinMs, audience: new ConnectedClient(request) },
    }
    if (wantsEvents(request)) {
      // A stream may last for days.
      end()
      return requestScope.run(scope, () => streams.events(request, response, streamAsked(whole, asking)))
    }
    const { accept } = request.headers
    const seconds = waitAsked(request)
    const inParts = acceptsSubscriptionParts(accept)
    if (source !== undefined && (inParts || seconds !== undefined)) {
      const streamed = streamAsked(whole, asking)
      if (streams.isSubscription(streamed)) {
        end()
        return requestScope.run(scope, () =>
          inParts
            ? streams.parts(request, response, streamed)
            : streams.next(request, response, streamed, seconds ?? 0),
        )
      }
    }
    const form = source?.includes('@defer') ? partsFormIn(accept) : undefined
    const type = types.of(accept)
    if (source !== undefined && body !== undefined && type !== undefined && !form) {
      const known = answerKnown({ source, given: whole, asking })
      if (known) return sendKnown(response, await known, type)
    }
    await requestScope.run(scope, async () => {
      const httpGraphQLRequest = {
        method: request.method ?? 'GET',
        headers: headerMap(request),
        search: body === undefined && whole !== given ? searchOf(whole) : search,
        body: body === undefined || whole === given ? body : whole,
      }
      // What is no answer in parts, a refusal for one, is JSON.
      if (form && !acceptsJson(accept)) httpGraphQLRequest.headers.set('accept', ANY_JSON)
      const taken: { later?: Later } | undefined = form && {}
      const context = () => Promise.resolve({ asking, ...(taken && { parts: taken }) })
      const answered = await apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context })
      if (answered.body.kind !== 'complete') throw refuse('ACCEPT_UNSUPPORTED')
      if (form && taken?.later) {
        const first = { text: withExtras(answered.body.string, firstExtras(taken.later, form)) }
        const deliveries = followed(first, taken.later, form)
        return sendDeliveries({ response, caller: asking.caller, log }, deliveries, partsWire(form))
      }
      const { status = 200, headers } = answered
      if (status === 200 && !form) types.note(accept, headers.get('content-type'))
      return sendText(response, status, Object.fromEntries(headers), answered.body.string)
    })
  }
}

function sendKnown(response: ServerResponse, { status, wait, text }: WrittenAnswer, type: string): void {
  const headers = { 'content-type': type }
  sendText(response, status, wait === undefined ? headers : { ...headers, 'retry-after': wait }, text)
}

function searchIn(url: string): string {
  const at = url.indexOf('?')
  return at === -1 ? '' : new URL(url, 'http://gateway').search
}

/** The text of an answer that says more of itself. */
function withExtras(text: string, extras: Readonly<Record<string, unknown>>): string {
  return `${text.trimEnd().slice(0, -1)},${JSON.stringify(extras).slice(1)}`
}

function searchOf(given: Readonly<Record<string, unknown>>): string {
  const strings = Object.entries(given).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  return `?${new URLSearchParams(strings).toString()}`
}

function streamAsked(given: Readonly<Record<string, unknown>>, asking: Asking): StreamRequest {
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
