import type { FormattedExecutionResult } from 'graphql'
import { refuse } from '@hub/kit/errors.ts'
import type { Caller } from '@hub/kit/caller.ts'
import { refusalAnswer } from '../answer-errors.ts'
import { followUpstream, SubscriptionRefused, type Following, type UpstreamEvent } from './follow-upstream.ts'
import { SharedUpstream } from './shared-upstream.ts'

export type Shares = Map<string, SharedUpstream>

type Answer = (event: UpstreamEvent) => Promise<FormattedExecutionResult>

export interface Membership {
  /** Each event with its answer, made once for all who take it. Ends also where the subscriber fell too far behind. */
  events(
    signal: AbortSignal,
    answer: Answer,
  ): AsyncGenerator<{ event: UpstreamEvent; answer: Promise<FormattedExecutionResult> }>
  wasLeftBehind(): boolean
  leave(): void
}

/** Takes part in the upstream of those who asked for the same, or opens one that others may take part in. */
export function joinShared(shares: Shares, following: Following): Membership {
  const key = scopeOf(following)
  const known = shares.get(key)
  // What offers no cursor may begin with something of the past: only who is there from the start gets all of it.
  const isOpen = known && !known.isOver && (following.plan.resumable || known.head === 0)
  const share = isOpen ? known : open(shares, key, following)
  const leave = share.join()
  let next = share.head
  let behind = false
  return {
    leave,
    wasLeftBehind: () => behind,
    async *events(signal, answer) {
      while (!signal.aborted) {
        const step = await share.at(next)
        if (step === 'behind') behind = true
        if (step === 'ended' || step === 'behind') return
        next += 1
        step.answer ??= answer(step.event)
        yield { event: step.event, answer: step.answer }
      }
    },
  }
}

/** Says to a subscriber of a stream without cursors that it lost its place. */
export function tooSlow(cursor: string | undefined, { locale }: Caller): SubscriptionRefused {
  const { message, extensions } = refusalAnswer(refuse('CONSUMER_TOO_SLOW'), locale)
  return new SubscriptionRefused([{ message, extensions: { ...extensions, cursor: cursor ?? null } }])
}

function open(shares: Shares, key: string, following: Following): SharedUpstream {
  const stop = new AbortController()
  const share = new SharedUpstream(followUpstream(following, stop.signal), () => {
    stop.abort()
    if (shares.get(key) === share) shares.delete(key)
  })
  shares.set(key, share)
  return share
}

/** A subgraph may look at everything a caller is, and records who saw what: only one and the same caller is one scope. */
function scopeOf({ asking, variables }: Following): string {
  const { subject, role, attributes, scopes, locale, expiresAt } = asking.caller
  const sorted = Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1))
  // Where nobody is asked for a token, everybody is the same and stays.
  const until = role === 'ANONYMOUS' ? null : expiresAt
  return JSON.stringify([subject, role, sorted, scopes, locale, until, variables])
}
