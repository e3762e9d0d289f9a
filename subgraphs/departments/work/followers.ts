import { startFollowing, type FollowOptions, type Following } from '@hub/kit/follow.ts'
import { followCases } from '../commands/follow-cases.ts'

/** All partitions of the cases log: every event of every case is in one of them. */
const CASE_STREAMS: readonly string[] = Array.from({ length: 8 }, (_, index) => `case:${index}`)

type Parts = Pick<FollowOptions, 'source' | 'database' | 'log'>

/** How the log of cases is followed: for the process, and for `followOnce` in loaders and tests. */
export function casesFollower(parts: Parts): FollowOptions {
  return { ...parts, name: 'cases', streams: CASE_STREAMS, apply: followCases }
}

/** Follows the log of cases until stopped. Suggestions work without it, from the lexicon alone. */
export function startFollower(parts: Parts): Following {
  return startFollowing(casesFollower(parts))
}
