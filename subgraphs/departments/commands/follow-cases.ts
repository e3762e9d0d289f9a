import type { LoggedEvent } from '@hub/kit/event-log.ts'
import type { Tx } from '@hub/kit/postgres.ts'
import { followCase, outcomeOf, type FollowedCase, type RoutingOutcome } from '../domain/outcome.ts'
import { addOutcomes, lockFollowedCases, saveFollowedCases } from '../store/outcomes.ts'

/**
 * Learns from events of the cases log what became of first dispatches, in the transaction that also moves the place.
 * The number of statements does not depend on the number of events.
 */
export async function followCases(tx: Tx, events: readonly LoggedEvent[]): Promise<void> {
  const told = events.flatMap((event) => {
    const number = event.data['case']
    return typeof number === 'string' ? [{ number, event }] : []
  })
  const numbers = [...new Set(told.map(({ number }) => number))].toSorted()
  const before = new Map((await lockFollowedCases(tx, numbers)).map((each) => [each.caseNumber, each]))
  const after = new Map<string, FollowedCase>(before)
  for (const { number, event } of told)
    after.set(number, followCase(after.get(number) ?? null, number, event))
  const changed = [...after.values()].filter((each) => each !== before.get(each.caseNumber))
  await saveFollowedCases(
    tx,
    changed.toSorted((a, b) => (a.caseNumber < b.caseNumber ? -1 : 1)),
  )
  await addOutcomes(tx, counted(changed.flatMap((each) => newlyKnown(each, before.get(each.caseNumber)))))
}

/** What is known of a case counts once, when it becomes known. */
function newlyKnown(after: FollowedCase, before: FollowedCase | undefined): RoutingOutcome[] {
  const outcome = outcomeOf(after)
  return outcome && !(before && outcomeOf(before)) ? [outcome] : []
}

/** One row per key, in a fixed order, so that two writers never wait for each other crosswise. */
function counted(outcomes: readonly RoutingOutcome[]): RoutingOutcome[] {
  const keyOf = ({ district, department, takenBy }: RoutingOutcome): string =>
    `${district} ${department} ${takenBy}`
  return [...Map.groupBy(outcomes, keyOf)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => (group[0] ? [{ ...group[0], cases: group.length }] : []))
}
