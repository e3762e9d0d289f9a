import type { RoutingOutcome } from './outcome.ts'
import type { Candidate } from './suggest.ts'

/** Fewer cases than this say nothing: in the district, else in the whole city. */
const ENOUGH = 5
const ENOUGH_IN_CITY = 10
/** Past counts less than the words of this case. */
const LOSES = 0.5
const GAINS = 0.6
/** Cases that are thought to have gone right before any is known. */
const TRUSTED = 3

/**
 * The candidates with what happened to earlier first dispatches (R35): a unit whose cases were returned loses a
 * little, and the one that took them gains, but only when the text speaks for it too. Where that put another unit
 * first, its reason says so.
 */
export function withOutcomes(
  ranked: readonly Candidate[],
  outcomes: readonly RoutingOutcome[],
  district: string | null,
): readonly Candidate[] {
  const leading = ranked[0]
  if (!leading || outcomes.length === 0) return ranked
  const weights = new Map(ranked.map(({ department, weight }) => [department, weight]))
  for (const { department, weight } of ranked) {
    const { all, moved } = pastOf(department, outcomes, district)
    for (const { takenBy, cases } of moved) {
      const share = cases / (all + TRUSTED)
      const taker = weights.get(takenBy)
      if (taker === undefined) continue
      weights.set(takenBy, taker + GAINS * share * weight)
      weights.set(department, (weights.get(department) ?? 0) - LOSES * share * weight)
    }
  }
  const again = ranked
    .map((candidate) => ({ ...candidate, weight: weights.get(candidate.department) ?? candidate.weight }))
    .toSorted((a, b) => b.weight - a.weight)
  const [first, ...rest] = again
  if (!first || first.department === leading.department) return again
  const { all, moved } = pastOf(leading.department, outcomes, district)
  const cases = moved.find(({ takenBy }) => takenBy === first.department)?.cases ?? 0
  return cases === 0 ? again : [{ ...first, past: { insteadOf: leading.department, all, cases } }, ...rest]
}

function pastOf(department: string, outcomes: readonly RoutingOutcome[], district: string | null) {
  const ofUnit = outcomes.filter((each) => each.department === department)
  const here = ofUnit.filter((each) => each.district === district)
  const chosen = sum(here) >= ENOUGH ? here : sum(ofUnit) >= ENOUGH_IN_CITY ? ofUnit : []
  const takers = Map.groupBy(
    chosen.filter(({ takenBy }) => takenBy !== ''),
    ({ takenBy }) => takenBy,
  )
  return {
    all: sum(chosen),
    moved: [...takers].map(([takenBy, group]) => ({ takenBy, cases: sum(group) })),
  }
}

function sum(outcomes: readonly RoutingOutcome[]): number {
  return outcomes.reduce((total, { cases }) => total + cases, 0)
}
