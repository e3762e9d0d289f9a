import type { Db } from '@hub/kit/postgres.ts'
import { inArray } from 'drizzle-orm'
import { deadlineOf, owesReply } from '../domain/overdue.ts'
import type { FollowedAssignment, FollowedCase, Standing } from '../domain/standing.ts'
import { allExcluded } from './excluded.ts'
import { followedAssignment, followedCase } from './tables.ts'

/**
 * What is known of some cases, by number, locked until the transaction ends: the tick and the followers of one case
 * take turns. A case that was never heard of is absent.
 */
export async function lockStandings(db: Db, numbers: readonly string[]): Promise<Map<string, Standing>> {
  if (numbers.length === 0) return new Map()
  const cases = await db
    .select()
    .from(followedCase)
    .where(inArray(followedCase.number, [...numbers]))
    .orderBy(followedCase.number)
    .for('update')
  const assignments = await db
    .select()
    .from(followedAssignment)
    .where(inArray(followedAssignment.caseNumber, [...numbers]))
    .orderBy(followedAssignment.id)
    .for('update')
  const byCase = Map.groupBy(assignments, ({ caseNumber }) => caseNumber)
  return new Map(
    cases.map((found) => [
      found.number,
      { case: found, assignments: (byCase.get(found.number) ?? []).map(withoutClock) },
    ]),
  )
}

/** Saves what is known of cases now: two statements, however many. */
export async function saveStandings(db: Db, standings: readonly Standing[]): Promise<void> {
  const cases = standings.map((standing) => standing.case)
  if (cases.length > 0)
    await db
      .insert(followedCase)
      .values(cases.toSorted(byNumber))
      .onConflictDoUpdate({ target: followedCase.number, set: allExcluded(followedCase) })
  const assignments = standings.flatMap((standing) =>
    standing.assignments.map((assignment) => withClock(assignment, standing.case)),
  )
  if (assignments.length > 0)
    await db
      .insert(followedAssignment)
      .values(assignments)
      .onConflictDoUpdate({ target: followedAssignment.id, set: allExcluded(followedAssignment) })
}

function byNumber(a: FollowedCase, b: FollowedCase): number {
  return a.number < b.number ? -1 : 1
}

/** The clock is the domain's rule, kept in columns for the index; a suspended case has its cap only ("the cap still counts"). */
function withClock(assignment: FollowedAssignment, { status }: FollowedCase) {
  const deadline = deadlineOf(assignment)
  const cap = assignment.capOn
  const deadlineOn = status === 'SUSPENDED' && cap && cap > deadline ? cap : deadline
  return {
    ...assignment,
    redoClocks: [...assignment.redoClocks],
    owesReply: owesReply(assignment),
    deadlineOn,
  }
}

function withoutClock({
  owesReply: _owes,
  deadlineOn: _on,
  ...assignment
}: typeof followedAssignment.$inferSelect): FollowedAssignment {
  return assignment
}
