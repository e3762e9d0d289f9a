import { decodeCursor, encodeCursor, type Cursor } from './event-cursor.ts'
import type { FeedItem, Subscription } from './event-feed.ts'
import type { LoggedEvent } from './event-log.ts'
import type { Listener, RoomFeed } from './event-reader.ts'
import { refuse } from './errors.ts'

/** After so many events of one stream the others have their turn. */
const TURN = 64

/**
 * Follows streams from a cursor: pages while behind the ring, the ring then, and waiting at the end of it. A cursor
 * that cannot be gone on from is refused before anything is delivered.
 */
export async function subscribe(
  feed: RoomFeed,
  subscription: Subscription,
): Promise<AsyncIterableIterator<FeedItem, undefined>> {
  const ended = new AbortController()
  const signal = AbortSignal.any([subscription.signal, ended.signal])
  const subscriber = new Subscriber(feed, { ...subscription, signal })
  await subscriber.start()
  const items = subscriber.items()
  const iterator: AsyncIterableIterator<FeedItem, undefined> = {
    next: () => items.next(),
    // A generator that waits does not hear `return`: it is woken by the signal first.
    return() {
      ended.abort()
      return items.return(undefined)
    },
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}

class Subscriber implements Listener {
  private readonly feed: RoomFeed
  private readonly subscription: Subscription
  private readonly cursor: Cursor | null
  private readonly places = new Map<string, number>()
  private readonly hot = new Set<string>()
  private epoch = ''
  private wakeUp: () => void = () => {}
  private saidAt = performance.now()
  private membersAt = performance.now()

  constructor(feed: RoomFeed, subscription: Subscription) {
    this.feed = feed
    this.subscription = subscription
    this.cursor = subscription.after === null ? null : decodeCursor(subscription.after)
    if (this.cursor && this.cursor.form !== subscription.form && subscription.form === 'single') {
      throw refuse('CURSOR_INVALID')
    }
  }

  moved(stream: string): void {
    this.hot.add(stream)
    this.wakeUp()
  }

  tick(): void {
    if (this.quietFor() >= this.feed.settings.heartbeatMs || this.membersDue()) this.wakeUp()
  }

  async *items(): AsyncGenerator<FeedItem, undefined> {
    const { signal } = this.subscription
    signal.addEventListener('abort', () => this.wakeUp(), { once: true })
    try {
      // Who begins without a cursor has one at once, and loses nothing if the line breaks before the first event.
      if (!this.cursor && !signal.aborted) yield this.item(null)
      while (!signal.aborted) {
        const round = [...this.hot]
        for (const stream of round) yield* this.turn(stream)
        if (this.membersDue()) await this.renewMembers()
        if (this.hot.size > 0 || signal.aborted) continue
        if (this.quietFor() >= this.feed.settings.heartbeatMs) yield this.item(null)
        else await this.wait()
      }
    } finally {
      this.leave()
    }
    return undefined
  }

  /** Listens first, reads then: what is written in between is heard. */
  async start(): Promise<void> {
    const streams = await this.members()
    const known = this.cursor?.places
    if (known && !streams.some((stream) => known.has(stream))) throw refuse('CURSOR_INVALID')
    try {
      for (const stream of streams) this.places.set(stream, 0)
      for (const stream of streams) this.feed.join(stream, this)
      await this.look(streams)
      for (const stream of streams) this.startAt(stream)
    } catch (error) {
      this.leave()
      throw error
    }
    this.subscription.signal.addEventListener('abort', () => this.leave(), { once: true })
  }

  private leave(): void {
    for (const stream of this.places.keys()) this.feed.leave(stream, this)
  }

  private startAt(stream: string): void {
    const head = this.feed.headOf(stream)
    if (!head) return
    this.epoch ||= head.epoch
    const given = this.cursor?.places.get(stream)
    if (!this.cursor) return void this.places.set(stream, head.lastSeq)
    if (this.cursor.epoch !== head.epoch || (given ?? 0) > head.lastSeq) throw refuse('CURSOR_AHEAD')
    if (given !== undefined && given < head.firstSeq - 1) throw refuse('CURSOR_EXPIRED')
    // A unit that the cursor does not know joined later: all that is kept of it.
    this.places.set(stream, given ?? head.firstSeq - 1)
    this.hot.add(stream)
  }

  /** Up to a turn's worth of one stream; it stays hot while there is more. */
  private async *turn(stream: string): AsyncGenerator<FeedItem> {
    this.hot.delete(stream)
    for (let count = 0; count < TURN;) {
      const events = await this.next(stream)
      if (events.length === 0) return
      for (const event of events) {
        if (this.subscription.signal.aborted || !this.places.has(stream)) return
        this.places.set(stream, event.seq)
        yield this.item(event)
        count += 1
      }
    }
    this.hot.add(stream)
  }

  /** What comes next in a stream: one event of the ring, a page when the ring begins later, nothing at the end. */
  private async next(stream: string): Promise<readonly LoggedEvent[]> {
    const place = this.places.get(stream) ?? 0
    if ((this.feed.headOf(stream)?.lastSeq ?? 0) < place) await this.look([stream])
    const head = this.feed.headOf(stream)
    if (!head || this.subscription.signal.aborted) return []
    if (head.epoch !== this.epoch || place > head.lastSeq) throw refuse('CURSOR_AHEAD')
    if (place === head.lastSeq) return []
    const near = this.feed.eventAt(stream, place + 1)
    if (near) return [near]
    const page = await this.feed.page(stream, place)
    if (page[0] && page[0].seq !== place + 1) throw refuse('CURSOR_EXPIRED')
    if (!page[0]) await this.look([stream])
    if (!page[0] && place < (this.feed.headOf(stream)?.firstSeq ?? 1) - 1) throw refuse('CURSOR_EXPIRED')
    return page
  }

  private async look(streams: readonly string[]): Promise<void> {
    if (this.subscription.signal.aborted) return
    const aborted = Promise.withResolvers<void>()
    const stop = (): void => aborted.resolve()
    this.subscription.signal.addEventListener('abort', stop, { once: true })
    await Promise.race([this.feed.fresh(streams), aborted.promise])
    this.subscription.signal.removeEventListener('abort', stop)
  }

  private async members(): Promise<readonly string[]> {
    const { streams } = this.subscription
    this.membersAt = performance.now()
    return typeof streams === 'function' ? streams() : streams
  }

  private membersDue(): boolean {
    const changing = typeof this.subscription.streams === 'function'
    return changing && performance.now() - this.membersAt >= this.feed.settings.membersMs
  }

  /** A unit that came is followed from its first kept event, one that went is no longer followed. */
  private async renewMembers(): Promise<void> {
    const streams = await this.members()
    for (const gone of [...this.places.keys()].filter((stream) => !streams.includes(stream))) {
      this.feed.leave(gone, this)
      this.places.delete(gone)
      this.hot.delete(gone)
    }
    const added = streams.filter((stream) => !this.places.has(stream))
    for (const stream of added) this.feed.join(stream, this)
    if (added.length > 0) await this.look(added)
    for (const stream of added) {
      this.places.set(stream, (this.feed.headOf(stream)?.firstSeq ?? 1) - 1)
      this.hot.add(stream)
    }
  }

  private item(event: LoggedEvent | null): FeedItem {
    this.saidAt = performance.now()
    const { form } = this.subscription
    return { event, cursor: encodeCursor({ form, epoch: this.epoch, places: this.places }) }
  }

  private quietFor(): number {
    return performance.now() - this.saidAt
  }

  private async wait(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.wakeUp = resolve
      if (this.hot.size > 0 || this.subscription.signal.aborted) resolve()
    })
    this.wakeUp = () => {}
  }
}
