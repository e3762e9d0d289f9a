import { openDoorbell, type Doorbell } from './doorbell.ts'
import type { Feed, FeedItem, FeedSettings, Subscription } from './event-feed.ts'
import { readEvents, readHeads, readNews, type LoggedEvent, type StreamHead } from './event-log.ts'
import { EventRing } from './event-ring.ts'
import { subscribe } from './event-subscriber.ts'
import type { Logger } from './log.ts'
import type { Database } from './postgres.ts'

/** One who waits for streams to move. Told, it looks for itself; told twice, it looks once. */
export interface Listener {
  moved(stream: string): void
  tick(): void
}

interface LiveStream {
  readonly ring: EventRing
  readonly listeners: Set<Listener>
  quietTicks: number
}

/** A stream without subscribers stays live a little, so that the next long poll finds it warm. */
const LINGER_TICKS = 30
const NOT_YET = Number.MAX_SAFE_INTEGER

/** What the subscribers of a feed work with; the rest of the house sees `Feed`. */
export class RoomFeed implements Feed {
  readonly settings: FeedSettings
  private readonly database: Database
  private readonly log: Logger
  private readonly live = new Map<string, LiveStream>()
  private readonly dirty = new Set<string>()
  private askers: (() => void)[] = []
  private reading = false
  private failing = false
  private readonly stopping = new AbortController()
  private readonly timer: NodeJS.Timeout
  private readonly doorbell: Doorbell | null

  constructor(database: Database, log: Logger, settings: FeedSettings) {
    this.database = database
    this.log = log
    this.settings = settings
    this.doorbell = settings.doorbell
      ? openDoorbell({ database, log, onRing: (streams) => this.wake(streams ?? this.live.keys()) })
      : null
    this.timer = setInterval(() => this.tick(), settings.pollMs)
  }

  subscribe(subscription: Subscription): Promise<AsyncIterableIterator<FeedItem, undefined>> {
    const signal = AbortSignal.any([subscription.signal, this.stopping.signal])
    return subscribe(this, { ...subscription, signal })
  }

  ring(streams: readonly string[]): void {
    this.wake(streams)
    this.doorbell?.ring(streams)
  }

  async waitBeyond(places: ReadonlyMap<string, number>, waitMs: number, signal: AbortSignal): Promise<void> {
    const done = Promise.withResolvers<void>()
    const beyond = (stream: string): boolean => {
      const head = this.headOf(stream)
      return head !== null && head.lastSeq !== (places.get(stream) ?? 0)
    }
    const listener: Listener = { moved: (stream) => beyond(stream) && done.resolve(), tick() {} }
    const timer = setTimeout(done.resolve, waitMs)
    const ended = AbortSignal.any([signal, this.stopping.signal])
    ended.addEventListener('abort', () => done.resolve(), { once: true })
    for (const stream of places.keys()) this.join(stream, listener)
    try {
      await Promise.race([this.fresh([...places.keys()]), done.promise])
      if ([...places.keys()].some(beyond) || ended.aborted) return
      await done.promise
    } finally {
      clearTimeout(timer)
      for (const stream of places.keys()) this.leave(stream, listener)
    }
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    clearInterval(this.timer)
    this.release()
    await this.doorbell?.stop()
  }

  /** Makes a stream live and hears of its moves from now on. */
  join(stream: string, listener: Listener): void {
    const found = this.live.get(stream)
    const live = found ?? { ring: new EventRing(this.settings.ringSize), listeners: new Set(), quietTicks: 0 }
    if (!found) this.live.set(stream, live)
    live.listeners.add(listener)
    live.quietTicks = 0
  }

  leave(stream: string, listener: Listener): void {
    this.live.get(stream)?.listeners.delete(listener)
  }

  headOf(stream: string): StreamHead | null {
    return this.live.get(stream)?.ring.head ?? null
  }

  eventAt(stream: string, seq: number): LoggedEvent | undefined {
    return this.live.get(stream)?.ring.get(seq)
  }

  /** The events after a place, from the database: for a subscriber that the ring has left behind. */
  page(stream: string, after: number): Promise<LoggedEvent[]> {
    return readEvents(this.database.orm, stream, after, this.settings.pageSize)
  }

  heads(streams: readonly string[]): Promise<StreamHead[]> {
    return readHeads(this.database.orm, streams)
  }

  /** Resolves after a look at the counters that began later than this call; while the database is away, it waits. */
  fresh(streams: readonly string[]): Promise<void> {
    if (this.stopping.signal.aborted) return Promise.resolve()
    const asked = Promise.withResolvers<void>()
    this.askers.push(asked.resolve)
    this.wake(streams)
    return asked.promise
  }

  private wake(streams: Iterable<string>): void {
    for (const stream of streams) if (this.live.has(stream)) this.dirty.add(stream)
    void this.read()
  }

  private tick(): void {
    for (const [stream, live] of this.live) {
      live.quietTicks = live.listeners.size > 0 ? 0 : live.quietTicks + 1
      if (live.quietTicks > LINGER_TICKS) this.live.delete(stream)
      for (const listener of live.listeners) listener.tick()
    }
    this.wake(this.live.keys())
  }

  /** The one reader: whatever was asked for while it was reading is read together, next. */
  private async read(): Promise<void> {
    if (this.reading) return
    this.reading = true
    try {
      while ((this.dirty.size > 0 || this.askers.length > 0) && !this.stopping.signal.aborted)
        await this.readOnce()
      this.failing = false
    } catch (error) {
      if (!this.failing && !this.stopping.signal.aborted)
        this.log.warn({ err: error }, 'the event log cannot be read; trying on')
      this.failing = true
    } finally {
      this.reading = false
    }
  }

  private async readOnce(): Promise<void> {
    const names = [...this.dirty]
    const asked = this.askers
    this.dirty.clear()
    this.askers = []
    const places = names.map((stream) => {
      const ring = this.live.get(stream)?.ring
      return { stream, seq: ring?.head ? ring.end : NOT_YET }
    })
    try {
      const news = places.length > 0 ? await readNews(this.database.orm, places, this.settings.pageSize) : []
      for (const { head, events } of news) this.take(head, events)
    } catch (error) {
      this.askers.push(...asked)
      throw error
    }
    for (const answer of asked) answer()
  }

  private take(head: StreamHead, events: readonly LoggedEvent[]): void {
    const live = this.live.get(head.stream)
    if (!live) return
    const before = live.ring.head
    live.ring.take(head, events)
    if (live.ring.end < head.lastSeq) this.dirty.add(head.stream)
    if (before?.lastSeq === head.lastSeq && before.epoch === head.epoch) return
    for (const listener of live.listeners) listener.moved(head.stream)
  }

  /** At the end nobody is left waiting. */
  private release(): void {
    for (const answer of this.askers) answer()
    this.askers = []
  }
}
