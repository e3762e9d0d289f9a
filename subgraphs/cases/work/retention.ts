import { runEvery, type Background } from '@hub/kit/background.ts'
import type { Clock } from '@hub/kit/clock.ts'
import { dropEventsBefore, listOverdueStreams } from '@hub/kit/event-log.ts'
import type { Logger } from '@hub/kit/log.ts'
import type { Database } from '@hub/kit/postgres.ts'

export interface RetentionOptions {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  /** How long a department's system may stay away and still come back with its cursor. */
  readonly days: number
  readonly everyMs?: number
}

/** The streams that leave the hub. What other rooms follow is kept: a new follower begins at its beginning. */
const OUTWARD = ['department:', 'emergency']
const DAY_MS = 86_400_000

/** Lets go of events that are older than what is kept; answers how many went. */
export async function dropOldEvents({ database, clock, days }: RetentionOptions): Promise<number> {
  const before = new Date(clock().getTime() - days * DAY_MS)
  let gone = 0
  for (const prefix of OUTWARD)
    for (const stream of await listOverdueStreams(database.orm, prefix, before))
      gone += await dropEventsBefore(database.orm, stream, before)
  return gone
}

/** Looks once an hour; one that fails is tried again the next hour. */
export function startRetention(options: RetentionOptions): Background {
  const { everyMs = 3_600_000, log } = options
  return runEvery(
    everyMs,
    async () => {
      const gone = await dropOldEvents(options)
      if (gone > 0) log.info({ events: gone }, 'old events let go')
    },
    (error) => log.error({ err: error }, 'old events could not be let go; trying again in an hour'),
  )
}
