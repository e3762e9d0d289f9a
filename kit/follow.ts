import { setTimeout as sleep } from 'node:timers/promises'
import { refuse, Refusal } from './errors.ts'
import type { LoggedEvent } from './event-log.ts'
import type { FollowedPlace, LogPage } from './event-offer.ts'
import { lockPlace, movePlace, readPlaces, saveSkipped } from './follow-place.ts'
import type { LogSource } from './follow-source.ts'
import type { Logger } from './log.ts'
import type { Database, Tx } from './postgres.ts'

export interface FollowOptions {
  /** The other room's name; with the stream, the key of this room's place in its log. */
  readonly name: string
  readonly source: LogSource
  readonly streams: readonly string[]
  readonly database: Database
  /** The effect of some events, in order, in the transaction that also moves the place: both happen or neither. */
  readonly apply: (tx: Tx, events: readonly LoggedEvent[]) => Promise<void>
  /** After the commit: streams of this room's own log that `apply` may have appended to are rung here. */
  readonly afterCommit?: () => void
  readonly log: Logger
  /** How often a single event is tried before it is set aside, so that the stream goes on. */
  readonly tries?: number
}

export interface Following {
  /** Why the log cannot be followed without a person; empty while all is well. For /health/ready. */
  reasons(): readonly string[]
  stop(): Promise<void>
}

const WAIT_MS = 20_000
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000
const TRIES = 5
const NOTED_AT_MS = 1_600

/** Follows the log of another room until stopped: at least once on the wire, once in effect. */
export function startFollowing(options: FollowOptions): Following {
  const stopping = new AbortController()
  const follower = new Follower(options, stopping.signal)
  const running = follower.run()
  return {
    reasons: () => follower.reasons,
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** Applies all that is there now; answers how many events were applied. */
export async function followOnce(options: FollowOptions): Promise<number> {
  const follower = new Follower(options, new AbortController().signal)
  let total = 0
  for (;;) {
    const count = await follower.round(0)
    if (count === 0) return total
    total += count
  }
}

class Follower {
  reasons: readonly string[] = []
  private readonly options: FollowOptions
  private readonly signal: AbortSignal
  private readonly failures = new Map<string, number>()

  constructor(options: FollowOptions, signal: AbortSignal) {
    this.options = options
    this.signal = signal
  }

  async run(): Promise<void> {
    let pause = 0
    while (!this.signal.aborted) {
      try {
        await this.round(WAIT_MS)
        pause = 0
        this.reasons = []
      } catch (error) {
        if (this.signal.aborted) return
        pause = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, pause * 2))
        this.note(error, pause)
        await sleep(pause * (0.75 + Math.random() / 2), undefined, { signal: this.signal }).catch(() => {})
      }
    }
  }

  /** Reads one answer and applies it, stream by stream. */
  async round(waitMs: number): Promise<number> {
    const { database, name, source, streams } = this.options
    const places = await readPlaces(database.orm, name, streams)
    const pages = await source.read(places, waitMs, this.signal)
    let applied = 0
    for (const [index, page] of pages.entries()) {
      const place = places[index]
      if (place && place.seq === page.lastSeq && page.events.length === 0) refuseBroken(place, page)
      else applied += await this.take(page)
    }
    return applied
  }

  private async take(page: LogPage): Promise<number> {
    const { events } = page
    try {
      return await this.effect(page, events)
    } catch (error) {
      if (error instanceof Refusal || isPassing(error) || events.length === 0) throw error
      if (events.length > 1) return await this.oneByOne(page)
      return await this.tryOrSkip(page, events[0], error)
    }
  }

  /** Somewhere in the page stands an event that cannot be applied: those before it are, and it is found. */
  private async oneByOne(page: LogPage): Promise<number> {
    let applied = 0
    for (const event of page.events) applied += await this.take({ ...page, events: [event] })
    return applied
  }

  private async effect(page: LogPage, events: readonly LoggedEvent[]): Promise<number> {
    const { apply, afterCommit, database, name } = this.options
    const count = await database.orm.transaction(async (tx) => {
      const place = await lockPlace(tx, name, page.stream)
      refuseBroken(place, page)
      const fresh = events.filter((event) => event.seq > place.seq)
      const seq = fresh.at(-1)?.seq ?? page.firstSeq - 1
      if (seq <= place.seq) return 0
      if (fresh.length > 0) await apply(tx, fresh)
      await movePlace(tx, name, { stream: page.stream, epoch: page.epoch, seq })
      return fresh.length
    })
    if (count > 0) afterCommit?.()
    return count
  }

  /** A poison event is tried some times, then set aside in `skipped_event`, where a person finds it; the stream goes on. */
  private async tryOrSkip(page: LogPage, event: LoggedEvent | undefined, error: unknown): Promise<number> {
    if (!event) return 0
    const key = `${event.stream} ${event.seq}`
    const tries = (this.failures.get(key) ?? 0) + 1
    this.failures.set(key, tries)
    if (tries < (this.options.tries ?? TRIES)) throw error
    const { database, log, name } = this.options
    const { stream, seq, eventId, kind } = event
    await database.orm.transaction(async (tx) => {
      const place = await lockPlace(tx, name, stream)
      if (place.seq >= seq) return
      await saveSkipped(tx, name, event, tries, reasonOf(error))
      await movePlace(tx, name, { stream, epoch: page.epoch, seq })
    })
    this.failures.delete(key)
    log.error({ source: name, stream, seq, eventId, kind, tries, err: error }, 'an event was set aside')
    return 1
  }

  private note(error: unknown, pause: number): void {
    const { log, name } = this.options
    if (error instanceof Refusal) {
      this.reasons = [`${error.code}: the log of ${name} cannot be gone on with from where this room stands`]
    }
    // A peer that is just being started is no news; one that stays away is, once.
    const level = pause >= NOTED_AT_MS && pause < NOTED_AT_MS * 2 ? 'warn' : 'debug'
    log[level](
      { source: name, err: error, pause },
      'the log of another room could not be followed; trying on',
    )
  }
}

/** A place that the log no longer or not yet knows; a follower that is new takes what is kept. */
function refuseBroken(place: FollowedPlace, page: LogPage): void {
  if (place.epoch !== '' && place.epoch !== page.epoch) throw refuse('CURSOR_AHEAD')
  if (place.seq > page.lastSeq) throw refuse('CURSOR_AHEAD')
  if (place.epoch !== '' && place.seq < page.firstSeq - 1) throw refuse('CURSOR_EXPIRED')
}

/** Errors that say nothing about the event: the line, the server, a lock. They are tried for ever. */
function isPassing(error: unknown): boolean {
  const code = codeOf(error)
  return (
    /^(08|40|53|55|57|58)/.test(code) || /^(CONNECT|CONNECTION|ECONN|ETIMEDOUT|EPIPE|EAI_|UND_ERR)/.test(code)
  )
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return codeOf(error.cause)
}

/** Never the text: it may hold what a person wrote. */
function reasonOf(error: unknown): string {
  return codeOf(error) || (error instanceof Error ? error.name : 'unknown')
}
