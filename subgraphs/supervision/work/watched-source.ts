import type { Clock } from '@hub/kit/clock.ts'
import type { FollowedPlace, LogPage } from '@hub/kit/event-offer.ts'
import type { LogSource } from '@hub/kit/follow-source.ts'

/** A log source that knows until when its log is known in full. */
export interface WatchedSource extends LogSource {
  /**
   * The hub's time of the last look at which nothing was missing, everything before it being applied; null before
   * the first. A breach is only certain when the log is known beyond its date: the reply may be on its way.
   */
  readonly knownUntil: () => Date | null
  /** How many events were still to come at the last look; null before the first. */
  readonly behind: () => number | null
}

interface Look {
  readonly asked: Date
  /** Where the streams ended. */
  readonly ends: ReadonlyMap<string, number>
}

// Short, since until the next answer nothing later is known.
const LONGEST_WAIT_MS = 2_000

/** Watches how far a log is followed. */
export function watchSource(source: LogSource, clock: Clock): WatchedSource {
  let known: Date | null = null
  let last: Look | null = null
  let missing: number | null = null
  const settle = (places: readonly FollowedPlace[]): void => {
    if (last && stands(places, last)) known = last.asked
  }
  return {
    knownUntil: () => known,
    behind: () => missing,
    async read(places, waitMs, signal) {
      settle(places)
      const wait = missing === null ? 0 : Math.min(waitMs, LONGEST_WAIT_MS)
      const asked = clock()
      const pages = await source.read(places, wait, signal)
      missing = missingOf(places, pages)
      last = { asked, ends: new Map(pages.map(({ stream, lastSeq }) => [stream, lastSeq])) }
      settle(places)
      return pages
    },
  }
}

/** Whether a follower has applied all that a look found: its places say so, and a page that failed leaves them behind. */
function stands(places: readonly FollowedPlace[], { ends }: Look): boolean {
  return places.every(({ stream, seq }) => seq === (ends.get(stream) ?? 0))
}

function missingOf(places: readonly FollowedPlace[], pages: readonly LogPage[]): number {
  return pages.reduce((sum, { events, lastSeq }, index) => {
    const reached = events.at(-1)?.seq ?? places[index]?.seq ?? 0
    return sum + Math.max(0, lastSeq - reached)
  }, 0)
}
