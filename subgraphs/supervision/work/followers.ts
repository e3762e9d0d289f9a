import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import type { Clock } from '@hub/kit/clock.ts'
import type { LogSource } from '@hub/kit/follow-source.ts'
import { startFollowing, type FollowOptions } from '@hub/kit/follow.ts'
import type { Logger } from '@hub/kit/log.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { followCases } from '../commands/follow-cases.ts'
import { followDepartments } from '../commands/follow-departments.ts'
import { followRules, type RuleBook } from '../commands/rule-book.ts'
import type { Calendar } from '@hub/kit/working-days.ts'
import { watchSource } from './watched-source.ts'

/** All partitions of the cases log: every event of every case is in one of them. */
const CASE_STREAMS: readonly string[] = Array.from({ length: 8 }, (_, index) => `case:${index}`)

type Parts = Pick<FollowOptions, 'source' | 'database' | 'log' | 'afterCommit' | 'tries'>

/** How the log of cases is followed: for the process below, and for `followOnce` in loaders and tests. */
export function casesFollower(parts: Parts, calendar: Calendar = chineseCalendar()): FollowOptions {
  return {
    ...parts,
    name: 'cases',
    streams: CASE_STREAMS,
    apply: (tx, events) => followCases(tx, events, calendar),
  }
}

/** How the log of departments is followed. */
export function departmentsFollower(parts: Parts): FollowOptions {
  return { ...parts, name: 'departments', streams: ['department'], apply: followDepartments }
}

/** How the calendars and policies that the cases room announces are followed. */
export function rulesFollower(parts: Parts): FollowOptions {
  // The name is the key of this room's place in the log; the first of the two streams gave it.
  return { ...parts, name: 'calendar', streams: ['calendar', 'policy'], apply: followRules }
}

export interface FollowersOptions {
  readonly database: Database
  readonly cases: LogSource
  readonly departments: LogSource
  readonly clock: Clock
  readonly log: Logger
  /** What is counted by; read anew when a year or a policy is announced. */
  readonly book: RuleBook
  /** After events that may have answered or closed orders. */
  readonly afterCommit: () => void
}

export interface Followers {
  /** Until when the log of cases is known in full. */
  readonly knownUntil: () => Date | null
  /** Why supervision cannot be relied on now; empty while all is well. */
  readonly reasons: () => readonly string[]
  stop(): Promise<void>
}

const MUCH_BEHIND = 5_000
const LONG_UNKNOWN_MS = 60_000

/** Follows cases and departments until stopped. */
export function startFollowers(options: FollowersOptions): Followers {
  const { database, clock, log, book, afterCommit } = options
  // Lag is measured in real time: the hub's own clock may be moved by days.
  const cases = watchSource(options.cases, clock)
  const real = watchReal(cases, Date.now())
  const following = [
    startFollowing(casesFollower({ source: real.source, database, log, afterCommit }, book.calendar)),
    startFollowing(
      rulesFollower({ source: options.cases, database, log, afterCommit: () => void reload(book, log) }),
    ),
    startFollowing(departmentsFollower({ source: options.departments, database, log })),
  ]
  return {
    knownUntil: cases.knownUntil,
    reasons: () => [
      ...following.flatMap((each) => each.reasons()),
      ...lagOf(cases.behind(), Date.now() - real.answeredAt()),
    ],
    async stop() {
      await Promise.all(following.map((each) => each.stop()))
    },
  }
}

/** A reload that fails is made up for by the next look at the deadlines. */
export async function reload(book: RuleBook, log: Logger): Promise<void> {
  await book
    .reload()
    .catch((error: unknown) => log.error({ err: error }, 'calendars and policies could not be read'))
}

function watchReal(source: LogSource, startedAt: number) {
  let answeredAt = startedAt
  return {
    answeredAt: () => answeredAt,
    source: {
      async read(...question) {
        const pages = await source.read(...question)
        answeredAt = Date.now()
        return pages
      },
    } satisfies LogSource,
  }
}

function lagOf(behind: number | null, silentMs: number): string[] {
  if (silentMs > LONG_UNKNOWN_MS)
    return [`the log of cases has not answered for ${Math.round(silentMs / 1000)} s`]
  if (behind !== null && behind > MUCH_BEHIND) return [`${behind} events of cases are still to be followed`]
  return []
}
