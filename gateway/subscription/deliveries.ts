import { refuse } from '@hub/kit/errors.ts'
import type { Caller } from '@hub/kit/caller.ts'
import { refusalAnswer } from '../answer-errors.ts'
import type { SubscriptionCounts } from '../seen/counted-subscriptions.ts'
import { codeOf } from '../seen/observation.ts'
import type { Delivery } from './delivery.ts'
import { SubscriptionRefused, type Following } from './follow-upstream.ts'
import type { AnswerAll, Member, SharedUpstream } from './shared-upstream.ts'
import type { Shares } from './shares.ts'

export interface Joining {
  readonly shares: Shares
  readonly following: Following
  readonly answer: AnswerAll
  readonly counts: Pick<SubscriptionCounts, 'begun' | 'delivered'>
  /** Told once, when it is over, however that came. */
  readonly ended: () => void
}

/**
 * What one subscriber gets, in order. It takes part in the upstream of those who asked for the same; whoever comes with
 * a cursor, or lies too far behind, goes on alone from there, and takes part again once it has caught up.
 */
export class Deliveries implements AsyncGenerator<Delivery> {
  private readonly joining: Joining
  private share: SharedUpstream
  private member: Member
  private isAlone: boolean
  private last: string | undefined
  private wake: (() => void) | null = null
  private isOver = false
  private readonly countEnd: (code: string) => void

  constructor(joining: Joining) {
    const { shares, following, answer } = joining
    this.joining = joining
    this.last = following.after
    this.isAlone = following.after !== undefined
    this.share = this.isAlone ? shares.fromCursor(following, answer) : shares.fromNow(following, answer)
    this.member = this.share.join()
    this.countEnd = joining.counts.begun()
  }

  /** What comes next, if it is there already; throws SubscriptionRefused. */
  take(): Delivery | 'ended' | undefined {
    if (this.isOver) return 'ended'
    try {
      const step = this.member.take()
      if (step === 'ended') this.finish('OK')
      if (step === undefined || step === 'ended') return step
      if (step === 'behind') return this.goOnAlone()
      this.last = step.cursor ?? this.last
      this.joining.counts.delivered()
      if (this.isAlone && step.cursor !== undefined) this.takePartAgain(step.cursor)
      return step
    } catch (error) {
      this.finish(error instanceof SubscriptionRefused ? codeOf(error.errors) : 'INTERNAL')
      throw error
    }
  }

  /** Calls once, when there may be something to take; nothing is pulled before. */
  whenReady(wake: () => void): void {
    this.wake = wake
    if (this.isOver) return this.wakeUp()
    this.member.whenReady(() => this.wakeUp())
  }

  async next(): Promise<IteratorResult<Delivery>> {
    for (;;) {
      const step = this.take()
      if (step === 'ended') return { done: true, value: undefined }
      if (step) return { done: false, value: step }
      await new Promise<void>((resolve) => this.whenReady(resolve))
    }
  }

  /** At once, and not only when the value under way has come: for a quiet stream it never does. */
  return(): Promise<IteratorResult<Delivery>> {
    // Whose token has ended is sent away, and does not leave.
    const { expiresAt } = this.joining.following.asking.caller
    this.finish(expiresAt * 1000 <= Date.now() ? 'UNAUTHENTICATED' : 'CLIENT_LEFT')
    return Promise.resolve({ done: true, value: undefined })
  }

  throw(): Promise<IteratorResult<Delivery>> {
    return this.return()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  private goOnAlone(): undefined {
    const { following, shares, answer } = this.joining
    if (!following.plan.resumable || this.last === undefined)
      throw tooSlow(this.last, following.asking.caller)
    this.member.leave()
    this.share = shares.fromCursor({ ...following, after: this.last }, answer)
    this.member = this.share.join()
    this.isAlone = true
  }

  private takePartAgain(cursor: string): void {
    const together = this.joining.shares.togetherAfter(cursor, this.joining.following)
    if (!together || together.share === this.share) return
    this.member.leave()
    this.share = together.share
    this.member = this.share.join(together.next)
  }

  private wakeUp(): void {
    const { wake } = this
    this.wake = null
    wake?.()
  }

  private finish(code: string): void {
    if (this.isOver) return
    this.isOver = true
    this.member.leave()
    this.countEnd(code)
    this.joining.ended()
    this.wakeUp()
  }
}

/** Says to a subscriber of a stream without cursors that it lost its place. */
function tooSlow(cursor: string | undefined, { locale }: Caller): SubscriptionRefused {
  const { message, extensions } = refusalAnswer(refuse('CONSUMER_TOO_SLOW'), locale)
  return new SubscriptionRefused([{ message, extensions: { ...extensions, cursor: cursor ?? null } }])
}
