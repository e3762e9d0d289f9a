import type { Clock } from '@hub/kit/clock.ts'
import type { FollowedPlace, LogPage } from '@hub/kit/event-offer.ts'
import type { LogSource } from '@hub/kit/follow-source.ts'

/** A log source that knows until when its log is known in full. */
export interface WatchedSource extends LogSource {
  /**
   * The hub's time of the last look at which nothing was missing, everything before it being applied; null before
   * the first. A breach is only certain when the log is known beyond its date: the reply may be on its way.
   */
  knownUntil(): Date | null
  /** How many events were still to come at the last look; null before the first. */
  behind(): number | null
}

// Short, since until the next answer nothing later is known.
const LONGEST_WAIT_MS = 2_000

/** Watches how far a log is followed. */
export function watchSource(source: LogSource, clock: Clock): WatchedSource {
  let known: Date | null = null
  let next: Date | null = null
  let missing: number | null = null
  return {
    knownUntil: () => known,
    behind: () => missing,
    async read(places, waitMs, signal) {
      // Whoever asks again has applied what it was given.
      if (next) known = next
      const wait = missing === null ? 0 : Math.min(waitMs, LONGEST_WAIT_MS)
      const asked = clock()
      const pages = await source.read(places, wait, signal)
      missing = missingOf(places, pages)
      // The answer is at least as new as the question.
      next = missing === 0 ? asked : null
      if (missing === 0 && pages.every(({ events }) => events.length === 0)) known = asked
      return pages
    },
  }
}

function missingOf(places: readonly FollowedPlace[], pages: readonly LogPage[]): number {
  return pages.reduce((sum, { events, lastSeq }, index) => {
    const reached = events.at(-1)?.seq ?? places[index]?.seq ?? 0
    return sum + Math.max(0, lastSeq - reached)
  }, 0)
}
