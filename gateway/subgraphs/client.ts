import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { GraphQLFormattedError } from 'graphql'
import type { Logger } from '@hub/kit/log.ts'
import { callerScope, type Asker } from '../identity/caller-scope.ts'
import { refuse } from '../errors.ts'
import { hasLeft, NobodyWaits, type Limit } from './audience.ts'
import type { Flights } from './flights.ts'
import { errorsFromSubgraph } from './errors.ts'
import { Breaker } from './breaker.ts'
import { headersFor } from './request-headers.ts'
import type { TraceHeaders } from '../trace-headers.ts'
import { isBroken, LongAnswer, wasNeverSent, type PoolAnswer, type SubgraphPool } from './pool.ts'

export interface SubgraphRequest {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>> | undefined
  readonly operationName?: string | undefined
}

/** On whose behalf a subgraph is asked. */
export interface Asking {
  readonly caller: Asker
  /** What is not there by then is answered as unavailable. A thing of its own: it may move, which a copy would not. */
  readonly limit: Limit
  readonly traceparent?: string | undefined
  /** What goes on beside it. */
  readonly beside?: TraceHeaders | undefined
  /** Whether it was caused by news: what was asked before them is no answer. */
  readonly isFresh?: boolean
}

export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly GraphQLFormattedError[]
}

/** Asks one subgraph. Never throws: a subgraph that cannot answer is an answer with a coded error. */
export interface SubgraphClient {
  readonly name: string
  readonly url: URL
  ask(request: SubgraphRequest, asking: Asking): Promise<SubgraphAnswer>
  /** The same for a body that is written already; a query may be repeated. */
  send(body: string, isQuery: boolean, asking: Asking): Promise<SubgraphAnswer>
}

export interface SubgraphClientOptions {
  readonly name: string
  readonly url: URL
  readonly pool: SubgraphPool
  readonly callerKey: string | undefined
  /** Where reads are shared between those who ask the same meanwhile. */
  readonly flights: Flights
  readonly resilience?: Resilience | undefined
  readonly log: Logger
}

export interface Resilience {
  /** After this long without a connection the client is told, although its deadline would allow more. */
  readonly retryWithinMs?: number | undefined
  /** So many answers in a row that did not come in time are taken for a subgraph that hangs; Infinity is never. */
  readonly breakAfter?: number | undefined
}

const RETRY_WITHIN_MS = 1_500
const BREAK_AFTER = 5
const FIRST_BACK_OFF_MS = 40
const LONGEST_BACK_OFF_MS = 600

/** A client over keep-alive connections: headers made from scratch, caller signed, queries repeated while nobody answers. */
export function openSubgraphClient(options: SubgraphClientOptions): SubgraphClient {
  const { name, url, pool, callerKey, flights, log } = options
  const path = url.pathname + url.search
  const { retryWithinMs = RETRY_WITHIN_MS, breakAfter = BREAK_AFTER } = options.resilience ?? {}
  const breaker = new Breaker(breakAfter)

  const persist = async (
    body: string,
    repeatable: boolean,
    asking: Asking,
    limit: Limit,
    patience: number,
  ): Promise<PoolAnswer> => {
    const until = patience === 0 ? 0 : Math.min(limit.deadline, Date.now() + patience)
    for (let wait = FIRST_BACK_OFF_MS; ; wait = Math.min(wait * 2, LONGEST_BACK_OFF_MS)) {
      const late = Date.now() + wait > until
      try {
        const answer = await pool.post(path, headersFor('POST', path, body, asking, callerKey), body, limit)
        if (late || !repeatable || !isBusy(answer.status)) return answer
      } catch (error) {
        if (late || !(repeatable ? isBroken(error) : wasNeverSent(error))) throw error
      }
      await pause(wait)
      if (hasLeft(limit)) throw new NobodyWaits()
    }
  }

  /** What the subgraph answers, or null when it does not. */
  const fetch = async (
    body: string,
    isQuery: boolean,
    asking: Asking,
    limit: Limit,
  ): Promise<PoolAnswer | null> => {
    const approach = breaker.isDown ? await breaker.approach() : 'patiently'
    if (approach === 'not at all') return null
    try {
      const answer = await persist(body, isQuery, asking, limit, approach === 'once' ? 0 : retryWithinMs)
      breaker.succeeded()
      return answer
    } catch (error) {
      if (error instanceof NobodyWaits) {
        breaker.wasLeft()
        return null
      }
      if (error instanceof LongAnswer) breaker.succeeded()
      else if (isBroken(error)) breaker.wasCutOff()
      else breaker.wasLate()
      log.warn({ service: name, requestId: asking.caller.requestId, err: error }, 'subgraph unavailable')
      return null
    }
  }

  /** Each parses an answer that is shared by itself: it is changed afterwards. */
  const read = (body: string, asking: Asking): Promise<PoolAnswer | null> => {
    const { caller } = asking
    if (!flights.fetches || caller.idempotencyKey !== undefined)
      return fetch(body, true, asking, asking.limit)
    const key = `${name} ${callerScope(caller)} ${body}`
    return flights.fetches
      .share(key, asking.limit, (limit) => fetch(body, true, asking, limit))
      .catch(() => null)
  }

  const send = async (body: string, isQuery: boolean, asking: Asking): Promise<SubgraphAnswer> => {
    if (asking.isFresh) flights.outdate()
    if (!isQuery) {
      // It is carried out to its end, whoever leaves.
      const answer = await fetch(body, false, asking, { deadline: asking.limit.deadline })
      flights.outdate()
      return answer ? understand(answer, name, asking, log) : unavailable(name, asking)
    }
    const answer = hasLeft(asking.limit) ? null : await read(body, asking)
    if (answer) return understand(answer, name, asking, log)
    return hasLeft(asking.limit) ? left(asking) : unavailable(name, asking)
  }

  return {
    name,
    url,
    send,
    ask: (request, asking) =>
      send(JSON.stringify(request), !request.query.trimStart().startsWith('mutation'), asking),
  }
}

function isBusy(status: number): boolean {
  return status === 502 || status === 503 || status === 504
}

function understand(answer: PoolAnswer, service: string, asking: Asking, log: Logger): SubgraphAnswer {
  const parsed = parseAnswer(answer.text)
  if (!parsed) {
    if (answer.status >= 500) return unavailable(service, asking)
    return unusable(answer.status, service, asking, log)
  }
  if (!parsed.errors) return { data: parsed.data ?? null }
  return { data: parsed.data ?? null, errors: errorsFromSubgraph(parsed.errors, service, asking.caller, log) }
}

function parseAnswer(text: string): SubgraphAnswer | null {
  try {
    const parsed: unknown = JSON.parse(text)
    return isAnswer(parsed) ? parsed : null
  } catch {
    return null
  }
}

/** What is shaped otherwise is no answer: it costs the fields that it was asked for, and not those beside them. */
export function isAnswer(parsed: unknown): parsed is SubgraphAnswer {
  if (typeof parsed !== 'object' || parsed === null) return false
  const { data, errors } = parsed as { data?: unknown; errors?: unknown }
  if (errors === undefined || errors === null) return data !== undefined
  return Array.isArray(errors) && errors.every(isError)
}

function isError(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { message, path, extensions } = error as { message?: unknown; path?: unknown; extensions?: unknown }
  return (
    typeof message === 'string' &&
    (path === undefined || path === null || Array.isArray(path)) &&
    (extensions === undefined ||
      extensions === null ||
      (typeof extensions === 'object' && !Array.isArray(extensions)))
  )
}

function unavailable(service: string, { caller }: Asking): SubgraphAnswer {
  return coded(refuse('SUBGRAPH_UNAVAILABLE', { service }).sentence(caller.locale), {
    code: 'SUBGRAPH_UNAVAILABLE',
    service,
  })
}

/** What is counted; nobody reads it. */
function left({ caller }: Asking): SubgraphAnswer {
  return coded(refuse('CLIENT_LEFT').sentence(caller.locale), { code: 'CLIENT_LEFT' })
}

/** A 401 while the token is still good means that the signature was refused: ours to mend, not the caller's. */
function unusable(status: number, service: string, { caller }: Asking, log: Logger): SubgraphAnswer {
  if (status === 401 && caller.expiresAt * 1000 <= Date.now()) {
    return coded(refuse('UNAUTHENTICATED').sentence(caller.locale), { code: 'UNAUTHENTICATED', service })
  }
  const reference = randomUUID()
  log.error({ reference, service, status, requestId: caller.requestId }, 'subgraph answered no GraphQL')
  const sentence = refuse('INTERNAL', { reference }).sentence(caller.locale)
  return coded(sentence, { code: 'INTERNAL', reference, service })
}

function coded(message: string, extensions: Record<string, unknown>): SubgraphAnswer {
  return { data: null, errors: [{ message, extensions }] }
}
