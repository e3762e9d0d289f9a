import { setTimeout as pause } from 'node:timers/promises'
import type { FetchNode } from '@apollo/query-planner'
import type { GraphQLFormattedError } from 'graphql'
import type { Caller } from '@hub/kit/caller.ts'
import type { Logger } from '@hub/kit/log.ts'
import { refuse } from '../errors.ts'
import { errorsFromSubgraph, MALFORMED } from '../subgraphs/errors.ts'
import type { SubscriptionCounts } from '../seen/counted-subscriptions.ts'
import type { Result } from '../execution/written.ts'
import type { Graphs } from '../supergraph/graph.ts'
import { refusalAnswer } from '../answer-errors.ts'
import type { Asking, SubgraphClient } from '../subgraphs/client.ts'
import { headersFor } from '../subgraphs/request-headers.ts'
import { outsideVariable } from '../planning/variable-names.ts'
import { AFTER_VARIABLE, CURSOR_ALIAS, type SubscriptionPlan } from './subscription-plan.ts'
import { UpstreamSocket, type EventPayload, type UpstreamStep } from './upstream-socket.ts'

/** Makes of an event what the client asked for. */
export type AnswerEvent = (event: UpstreamEvent, asking: Asking) => Promise<Result>

export interface UpstreamEvent {
  /** By the plan that it was asked for with. */
  readonly answer: AnswerEvent
  readonly payload: EventPayload
  readonly cursor: string | undefined
  /** Events may be missing before this one. */
  readonly interrupted: boolean
}

/** How a subscription is carried out under one supergraph. */
export interface Course {
  readonly plan: SubscriptionPlan
  readonly client: SubgraphClient
  /** The first fetch as its subgraph understands it, where that has to be asked. */
  readonly understood: ((asking: Asking) => Promise<FetchNode>) | null
  readonly answer: AnswerEvent
}

export interface Following {
  /** As it was planned when it began. */
  readonly plan: SubscriptionPlan
  /** How it is carried out now, or why it cannot be any more. */
  readonly course: () => Course | readonly GraphQLFormattedError[]
  readonly onLoad: Graphs['onLoad']
  readonly callerKey: string | undefined
  readonly asking: Pick<Asking, 'caller' | 'traceparent' | 'beside'>
  /** As the client gave them, and as they are understood. */
  readonly variables: Readonly<Record<string, unknown>>
  readonly coerced: Readonly<Record<string, unknown>>
  readonly after: string | undefined
  readonly counts: Pick<SubscriptionCounts, 'upstream' | 'again' | 'gap'>
  readonly log: Logger
}

/** The subgraph said no, or nothing; the errors are fit for the client. */
export class SubscriptionRefused extends Error {
  readonly errors: readonly GraphQLFormattedError[]

  constructor(errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message ?? 'refused')
    this.errors = errors
  }
}

const FIRST_BACK_OFF_MS = 50
const LONGEST_BACK_OFF_MS = 1_000
const FIRST_ANSWER_WITHIN_MS = 2_500
/** A stream that ends again so soon after it was opened has ended, and was not cut off. */
const ENDED_WITHIN_MS = 1_000
/** An open socket that has not refused for so long has accepted. */
const ACCEPTED_AFTER_MS = 500
/** How long a subgraph that stumbles after a restart is given, before its error is believed. */
const STUMBLES_FOR_MS = 30_000
const PASSING = new Set(['INTERNAL', 'INTERNAL_SERVER_ERROR', 'OVERLOADED', 'SUBGRAPH_UNAVAILABLE'])

/**
 * The events of one subscription, across any number of upstream sockets: when one breaks, the next begins after the last
 * cursor. Returns when the stream has ended or the signal says so, throws SubscriptionRefused.
 */
export async function* followUpstream(
  following: Following,
  signal: AbortSignal,
): AsyncGenerator<UpstreamEvent> {
  const { asking, counts, log } = following
  const startedAt = Date.now()
  let { after } = following
  let wait = FIRST_BACK_OFF_MS
  let standing = false
  let interrupted = false
  let stumblingSince: number | null = null

  while (!signal.aborted) {
    let course = following.course()
    if (!('plan' in course)) throw new SubscriptionRefused(course)
    const { plan, client } = course
    const primary = await primaryOf(course, asking)
    if (signal.aborted) return
    const socket = open(course, following, primary, after)
    const closed = counts.upstream()
    const stopLooking = following.onLoad(() => {
      const next = following.course()
      if (!('plan' in next)) return socket.end({ kind: 'unfit', errors: next })
      // Nobody is moved who would lose something by it.
      if (isSame(next, plan) && (next.client.url.href === client.url.href || after === undefined))
        course = next
      else socket.end({ kind: 'broken', reason: 'another supergraph' })
    })
    const openedAt = Date.now()
    const stop = (): void => socket.close()
    signal.addEventListener('abort', stop, { once: true })
    let step: UpstreamStep
    let events = 0
    let openSince: number | null = null
    try {
      for (
        step = await socket.next();
        step.kind === 'open' || step.kind === 'event';
        step = await socket.next()
      ) {
        if (step.kind === 'open') {
          openSince = Date.now()
          continue
        }
        // An operation that could not begin is told as a result without data.
        if (events === 0 && step.payload.data === undefined) {
          step = { kind: 'refused', errors: step.payload.errors ?? MALFORMED }
          break
        }
        events += 1
        standing = true
        wait = FIRST_BACK_OFF_MS
        stumblingSince = null
        const cursor = cursorOf(step.payload, plan)
        after = cursor ?? after
        yield { payload: step.payload, cursor, interrupted, answer: course.answer }
        interrupted = false
      }
    } finally {
      signal.removeEventListener('abort', stop)
      stopLooking()
      socket.close()
      closed()
    }
    if (signal.aborted) return
    // A stream that was quiet since it began was accepted all the same: a refusal comes at once.
    standing ||= openSince !== null && step.kind === 'broken' && Date.now() - openSince > ACCEPTED_AFTER_MS
    if (step.kind === 'complete') {
      if (!plan.resumable || (events === 0 && Date.now() - openedAt < ENDED_WITHIN_MS)) return
    } else if (step.kind === 'unfit') throw new SubscriptionRefused(step.errors)
    else if (step.kind === 'refused') {
      stumblingSince ??= Date.now()
      if (!standing || !isPassing(step.errors) || Date.now() - stumblingSince > STUMBLES_FOR_MS) {
        throw new SubscriptionRefused(errorsFromSubgraph(step.errors, client.name, asking.caller, log))
      }
    } else if (!standing && Date.now() + wait - startedAt > FIRST_ANSWER_WITHIN_MS) {
      throw new SubscriptionRefused(unavailable(client.name, asking.caller))
    }
    if (standing) {
      counts.again()
      log.info(
        { service: client.name, requestId: asking.caller.requestId, ...told(step) },
        'subscribing again',
      )
    }
    const isGap = standing && !(plan.resumable && after !== undefined)
    if (isGap && !interrupted) counts.gap()
    interrupted ||= isGap
    await pause(wait, undefined, { signal }).catch(() => {})
    wait = Math.min(wait * 2, LONGEST_BACK_OFF_MS)
  }
}

/** Whether the subgraph is asked for the same. */
function isSame({ plan }: Course, before: SubscriptionPlan): boolean {
  return (
    plan.primary.operation === before.primary.operation &&
    plan.primary.serviceName === before.primary.serviceName
  )
}

function primaryOf(
  { plan, understood }: Course,
  asking: Following['asking'],
): FetchNode | Promise<FetchNode> {
  const limit = { deadline: Date.now() + FIRST_ANSWER_WITHIN_MS }
  return understood ? understood({ ...asking, limit }) : plan.primary
}

function open(
  { plan, client }: Course,
  { asking, callerKey, variables }: Following,
  primary: FetchNode,
  after: string | undefined,
): UpstreamSocket {
  const { url } = client
  const used = (primary.variableUsages ?? []).map((name) => [name, variables[outsideVariable(name)]])
  const own = Object.fromEntries(used.filter(([, value]) => value !== undefined))
  return new UpstreamSocket({
    url,
    headers: headersFor('GET', url.pathname + url.search, '', asking, callerKey),
    payload: {
      query: primary.operation,
      variables: plan.resumable && after !== undefined ? { ...own, [AFTER_VARIABLE]: after } : own,
    },
  })
}

function cursorOf({ data }: EventPayload, plan: SubscriptionPlan): string | undefined {
  const event = data?.[plan.responseName]
  if (typeof event !== 'object' || event === null || !(CURSOR_ALIAS in event)) return undefined
  const cursor = event[CURSOR_ALIAS]
  return typeof cursor === 'string' ? cursor : undefined
}

function isPassing(errors: readonly GraphQLFormattedError[]): boolean {
  return errors.every(({ extensions }) =>
    PASSING.has(typeof extensions?.['code'] === 'string' ? extensions['code'] : 'INTERNAL'),
  )
}

function told(step: UpstreamStep): { readonly because: string } {
  return { because: step.kind === 'broken' ? step.reason : step.kind }
}

function unavailable(service: string, { locale }: Caller): GraphQLFormattedError[] {
  const { message, extensions } = refusalAnswer(refuse('SUBGRAPH_UNAVAILABLE', { service }), locale)
  return [{ message, extensions: { ...extensions, service } }]
}
