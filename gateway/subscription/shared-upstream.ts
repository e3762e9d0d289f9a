import { setTimeout as pause } from 'node:timers/promises'
import type { Delivery } from './delivery.ts'
import type { UpstreamEvent } from './follow-upstream.ts'
import type { Audience } from '../subgraphs/audience.ts'

/** A subscriber's place in an upstream. */
export interface Member {
  /** What comes next, if it is there already; throws what the upstream ended with. */
  take(): Delivery | 'ended' | 'behind' | undefined
  /** Calls once, when there may be more to take. Only then is anything pulled for this subscriber. */
  whenReady(wake: () => void): void
  leave(): void
}

/** Completes an event, for as long as somebody waits for it. */
export type AnswerAll = (event: UpstreamEvent, audience: Audience) => Promise<Delivery>

/** How many events the slowest subscriber may lie behind the fastest. */
export const LONGEST_LAG = 64
/** Events that are completed at one time; they are delivered in their order all the same. */
const AT_ONCE = 8
/** How long the others wait for one that still reads, but slower, and how many times as long then for nobody. */
const TURN_MS = 5
const HOLD_TURNS = 20
const RESTS = 20
/** So many subscribers are woken before other work has its turn. */
const TURN = 256

interface Place {
  next: number
  wake: (() => void) | null
}

/** One upstream for subscribers who asked for the same. The fastest pulls; the others find the last events kept. */
export class SharedUpstream implements Audience {
  private readonly source: AsyncGenerator<UpstreamEvent>
  private readonly answer: AnswerAll
  private readonly release: () => void
  private readonly places = new Set<Place>()
  private readonly kept: Delivery[] = []
  private waiting = new Set<Place>()
  /** The number of the first event that is kept, and one that no subscriber lies below. */
  private first = 0
  private floor = 0
  private members = 0
  private isPulling = false
  private waitsAgainAt = 0
  private underWay = 0
  /** Events pulled that nobody has been woken for. */
  private ahead = 0
  private handedOut = Promise.withResolvers<void>()
  private isWaking = false
  private inOrder: Promise<void> = Promise.resolve()
  private end: { readonly error?: unknown } | null = null

  constructor(source: AsyncGenerator<UpstreamEvent>, answer: AnswerAll, release: () => void) {
    this.source = source
    this.answer = answer
    this.release = release
  }

  get isOver(): boolean {
    return this.end !== null
  }

  /** Nobody is here any more, and nobody comes to what is over. */
  get hasLeft(): boolean {
    return this.end !== null && this.members === 0
  }

  /** The number of the next event that comes. */
  get head(): number {
    return this.first + this.kept.length
  }

  /** The number of the event after this cursor, if that is still known. */
  numberAfter(cursor: string): number | undefined {
    const at = this.kept.findLastIndex((delivery) => delivery.cursor === cursor)
    return at === -1 ? undefined : this.first + at + 1
  }

  /** Counts a subscriber in; the last one that leaves lets the upstream go at once. */
  join(next = this.head): Member {
    const place: Place = { next, wake: null }
    let isIn = true
    this.members += 1
    this.places.add(place)
    this.floor = Math.min(this.floor, next)
    return {
      take: () => this.take(place),
      whenReady: (wake) => {
        place.wake = wake
        // Who has caught up is waited for like any other.
        this.places.add(place)
        this.waiting.add(place)
        void this.pull()
      },
      leave: () => {
        if (!isIn) return
        isIn = false
        this.places.delete(place)
        this.waiting.delete(place)
        this.members -= 1
        if (this.members === 0) this.finish({})
      },
    }
  }

  private take(place: Place): Delivery | 'ended' | 'behind' | undefined {
    if (place.next < this.first) return 'behind'
    const delivery = this.kept[place.next - this.first]
    if (delivery) {
      place.next += 1
      return delivery
    }
    if (!this.end) return undefined
    if (this.end.error !== undefined) throw this.end.error
    return 'ended'
  }

  private async pull(): Promise<void> {
    if (this.isPulling || this.end) return
    this.isPulling = true
    try {
      while (this.waiting.size > 0 && !this.end) {
        if (this.isFull()) await this.makeRoom()
        const step = await this.source.next()
        if (step.done) {
          await this.inOrder
          return this.finish({})
        }
        this.complete(step.value)
        if (this.ahead >= AT_ONCE) await this.handedOut.promise
      }
    } catch (error) {
      await this.inOrder
      this.finish({ error })
    } finally {
      this.isPulling = false
    }
  }

  private complete(event: UpstreamEvent): void {
    this.underWay += 1
    this.ahead += 1
    this.inOrder = this.settle(this.answer(event, this), this.inOrder)
  }

  private async settle(answering: Promise<Delivery>, before: Promise<void>): Promise<void> {
    try {
      const [delivery] = await Promise.all([answering, before])
      this.underWay -= 1
      this.keep(delivery)
    } catch (error) {
      this.finish({ error })
    }
  }

  private keep(delivery: Delivery): void {
    this.kept.push(delivery)
    if (this.kept.length > LONGEST_LAG) {
      this.kept.shift()
      this.first += 1
    }
    // What comes in one turn of the event loop goes out in one piece.
    if (!this.isWaking) setImmediate(() => this.wakeAll())
    this.isWaking = true
  }

  /** Who reads more slowly for a moment is waited for, now and then; who does not read is left behind. */
  private async makeRoom(): Promise<void> {
    const since = performance.now()
    if (since >= this.waitsAgainAt)
      for (let turn = 0; turn < HOLD_TURNS && this.isFull(); turn++) await pause(TURN_MS)
    const held = performance.now() - since
    // Whoever keeps falling behind must not slow down the others: most of the time nobody is waited for.
    if (held > 1) this.waitsAgainAt = performance.now() + held * RESTS
    for (const place of this.places) if (place.next < this.lowest) this.places.delete(place)
  }

  /** The first event that is still kept when those under way and one more have come. */
  private get lowest(): number {
    return this.head + this.underWay + 1 - LONGEST_LAG
  }

  private isFull(): boolean {
    if (this.floor >= this.lowest) return false
    this.floor = this.head
    for (const { next } of this.places) this.floor = Math.min(this.floor, next)
    return this.floor < this.lowest
  }

  private wakeAll(): void {
    const woken = [...this.waiting]
    this.waiting = new Set()
    this.isWaking = false
    this.ahead = this.underWay
    this.handedOut.resolve()
    this.handedOut = Promise.withResolvers()
    const wakeFrom = (start: number): void => {
      const end = Math.min(start + TURN, woken.length)
      for (let at = start; at < end; at++) woken[at]?.wake?.()
      if (end < woken.length) setImmediate(wakeFrom, end)
    }
    wakeFrom(0)
  }

  private finish(end: { readonly error?: unknown }): void {
    if (this.end) return
    this.end = end
    this.release()
    this.wakeAll()
  }
}
