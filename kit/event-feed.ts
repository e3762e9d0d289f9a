import type { CursorForm } from './event-cursor.ts'
import type { LoggedEvent } from './event-log.ts'
import { RoomFeed } from './event-reader.ts'
import type { Logger } from './log.ts'
import type { Database } from './postgres.ts'

/** What a subscriber receives: an event, or a heartbeat (`event` null) after a quiet while; each with the place to resume from. */
export interface FeedItem {
  readonly event: LoggedEvent | null
  readonly cursor: string
}

export interface Subscription {
  /** Stream names, or how to ask for them again now and then: a subtree grows and shrinks while it is followed. */
  readonly streams: readonly string[] | (() => Promise<readonly string[]>)
  readonly form: CursorForm
  /** Exclusive; null: from now. */
  readonly after: string | null
  readonly signal: AbortSignal
}

/** One per process: the only reader of its room's live streams, shared by all subscribers. */
export interface Feed {
  /** Pulled, never pushed: nothing is read ahead for a subscriber that does not ask. */
  subscribe(subscription: Subscription): Promise<AsyncIterableIterator<FeedItem, undefined>>
  /** To be called after a commit: wakes the subscribers here and in other processes. */
  ring(streams: readonly string[]): void
  /** Resolves when one of the streams reaches beyond its place, or at the end of the time. */
  waitBeyond(places: ReadonlyMap<string, number>, waitMs: number, signal: AbortSignal): Promise<void>
  readonly settings: FeedSettings
  stop(): Promise<void>
}

export interface FeedSettings {
  readonly pollMs: number
  readonly heartbeatMs: number
  /** Events kept in memory per live stream. */
  readonly ringSize: number
  /** Events read per statement and stream by a subscriber that is behind the ring. */
  readonly pageSize: number
  /** How often a changing set of streams is asked for again. */
  readonly membersMs: number
  /** False: the poll alone; a test of what a lost ring costs. */
  readonly doorbell: boolean
}

export const FEED_DEFAULTS: FeedSettings = {
  pollMs: 1000,
  heartbeatMs: 15_000,
  ringSize: 256,
  pageSize: 256,
  membersMs: 5000,
  doorbell: true,
}

export interface FeedOptions extends Partial<FeedSettings> {
  readonly database: Database
  readonly log: Logger
}

/** Opens the feed of a room's log. */
export function openFeed({ database, log, ...given }: FeedOptions): Feed {
  const feed = new RoomFeed(database, log, { ...FEED_DEFAULTS, ...given })
  return feed
}
