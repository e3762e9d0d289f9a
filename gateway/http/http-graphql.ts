import type { IncomingMessage, ServerResponse } from 'node:http'
import { HeaderMap, type ApolloServer } from '@apollo/server'
import type { Refusal } from '@hub/kit/errors.ts'
import type { Logger } from '@hub/kit/log.ts'
import { acceptsJson, acceptsSubscriptionParts, partsFormIn } from './accepted.ts'
import { AcceptedTypes } from './accepted-types.ts'
import { inParts } from './answers-in-parts.ts'
import {
  askedBeside,
  askedDocument,
  bodyIn,
  findMisshapen,
  readFromAddress,
  withText,
} from '../operation/asked-document.ts'
import type { AnsweredOnce, AskedOnce } from '../operation/answer-once.ts'
import { callerOf, type Identify } from '../identity/caller-of-token.ts'
import { ConnectedClient } from './connected-client.ts'
import { sendDeliveries } from './delivery-stream.ts'
import type { Documents } from '../operation/documents.ts'
import { refuse } from '../errors.ts'
import type { Later } from '../execution/deliver-parts.ts'
import { readJson, sendErrors, sendText, statusOf, waitOf } from './http-exchange.ts'
import type { AnswerKnown } from '../operation/known-answer.ts'
import { findExcess } from '../operation/limits.ts'
import { findDeepVariables } from '../operation/values.ts'
import { waitAsked } from './long-poll.ts'
import { partsWire } from './multipart.ts'
import type { OperationStreams } from './operation-stream.ts'
import { remembered } from '@hub/kit/remembered.ts'
import { requestScope, type RequestScope } from '../request-scope.ts'
import type { GatewaySettings } from '../settings.ts'
import { wantsEvents } from './sse.ts'
import { traceHeadersIn } from '../trace-headers.ts'
import type { Asking } from '../subgraphs/client.ts'
import type { RequestContext } from '../subgraphs/source.ts'
import type { Tracer } from '@hub/kit/trace.ts'
import type { UnderWay } from '../under-way.ts'

export interface HttpGraphql {
  readonly apollo: ApolloServer<RequestContext>
  readonly answerKnown: AnswerKnown
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
      beside: traceHeadersIn(request.headers, traceparent),
      // A query is cut short when a subgraph hangs; a mutation may be under way there, so it is waited for.
      limit: mayChange
        ? { deadline: Date.now() + settings.mutateWithinMs }
        : { deadline: Date.now() + settings.answerWithinMs, audience: new ConnectedClient(request) },
    }
    const streamed = (): AskedOnce => streamAsked(body === undefined ? readFromAddress(whole) : whole, asking)
    // A subscription may last for days: it ends being under way when it begins.
    if (wantsEvents(request)) return streams.events(request, response, streamed(), end)
    const { accept } = request.headers
    const seconds = waitAsked(request)
    const asParts = acceptsSubscriptionParts(accept)
    if (source !== undefined && (asParts || seconds !== undefined)) {
      const subscribed = streamed()
      if (streams.isSubscription(subscribed)) {
        end()
        return asParts
          ? streams.parts(request, response, subscribed)
          : streams.next(request, response, subscribed, seconds ?? 0)
      }
    }
    const form = source?.includes('@defer') ? partsFormIn(accept) : undefined
    // What is no answer in parts, a refusal for one, is JSON.
    const negotiated = form && !acceptsJson(accept) ? ANY_JSON : accept
    const type = types.of(negotiated)
    const send = (answered: AnsweredOnce, headers: Readonly<Record<string, string>>, status: number) => {
      if (!form || !answered.later) return sendText(response, status, headers, answered.text)
      const { caller } = asking
      return sendDeliveries({ response, caller, log }, inParts(answered, form), partsWire(form))
    }
    // In an address variables are text, which is read on the long way.
    const beside = body === undefined ? 'variables' : askedBeside(whole)
    const isPlain = source !== undefined && type !== undefined && typeof beside === 'object'
    const known = isPlain ? answerKnown({ source, ...beside, asking, inParts: form !== undefined }) : null
    if (known && type !== undefined) {
      const { refusal, text, ...others } = await known
      const wait = refusal && waitOf(refusal)
      const headers = { 'content-type': type, ...(wait && { 'retry-after': wait }) }
      return send({ ...others, text: `${text}\n` }, headers, refusal ? statusOf(refusal.code) : 200)
    }
    const stated = body === undefined || typeof beside === 'string' ? undefined : beside.operationName
    const unfit = source === undefined ? null : streams.findUnfit({ source, operationName: stated })
    if (unfit) return sendErrors(response, unfit(scope.locale))
    await requestScope.run(scope, async () => {
      const httpGraphQLRequest = {
        method: request.method ?? 'GET',
        headers: headerMap(request),
        search: body === undefined && whole !== given ? searchOf(whole) : search,
        body: body === undefined || whole === given ? body : whole,
      }
      if (negotiated !== accept) httpGraphQLRequest.headers.set('accept', ANY_JSON)
      const parts: { later?: Later } = {}
      const context = () => Promise.resolve(form ? { asking, parts } : { asking })
      const {
        body: answered,
        status = 200,
        headers,
      } = await apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context })
      if (answered.kind !== 'complete') throw refuse('ACCEPT_UNSUPPORTED')
      if (status === 200) types.note(negotiated, headers.get('content-type'))
      return send({ text: answered.string, ...parts }, Object.fromEntries(headers), status)
    })
  }
}

function searchIn(url: string): string {
  const at = url.indexOf('?')
  return at === -1 ? '' : new URL(url, 'http://gateway').search
}

function searchOf(given: Readonly<Record<string, unknown>>): string {
  const strings = Object.entries(given).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  return `?${new URLSearchParams(strings).toString()}`
}

function streamAsked(given: Readonly<Record<string, unknown>>, asking: Asking): AskedOnce {
  const { query } = given
  if (typeof query !== 'string' || query === '') throw refuse('REQUEST_MALFORMED', { problem: 'query' })
  const beside = askedBeside(given)
  if (typeof beside === 'string') throw refuse('REQUEST_MALFORMED', { problem: beside })
  return { source: query, ...beside, asking, inParts: query.includes('@defer') }
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
