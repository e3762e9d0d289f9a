import { inArray, sql } from 'drizzle-orm'
import type { Db, Tx } from '@hub/kit/postgres.ts'
import type { FollowedCase, RoutingOutcome } from '../domain/outcome.ts'
import { followedCase, routingOutcome } from './tables.ts'

/** The followed cases of these numbers, locked until the end of the transaction. */
export async function lockFollowedCases(tx: Tx, numbers: readonly string[]): Promise<FollowedCase[]> {
  if (numbers.length === 0) return []
  return tx
    .select()
    .from(followedCase)
    .where(inArray(followedCase.caseNumber, [...numbers]))
    .orderBy(followedCase.caseNumber)
    .for('update')
}

export async function saveFollowedCases(tx: Tx, cases: readonly FollowedCase[]): Promise<void> {
  if (cases.length === 0) return
  await tx
    .insert(followedCase)
    .values([...cases])
    .onConflictDoUpdate({
      target: followedCase.caseNumber,
      set: {
        district: sql`excluded.district`,
        lead: sql`excluded.lead`,
        assignment: sql`excluded.assignment`,
        outcome: sql`excluded.outcome`,
        takenBy: sql`excluded.taken_by`,
      },
    })
}

/** Adds to the counts; one row per district, unit and taker. */
export async function addOutcomes(tx: Tx, added: readonly RoutingOutcome[]): Promise<void> {
  if (added.length === 0) return
  await tx
    .insert(routingOutcome)
    .values([...added])
    .onConflictDoUpdate({
      target: [routingOutcome.district, routingOutcome.department, routingOutcome.takenBy],
      set: { cases: sql`${routingOutcome.cases} + excluded.cases` },
    })
}

/** All counts: districts times units times takers, some thousands at most. */
export function listOutcomes(db: Db): Promise<RoutingOutcome[]> {
  return db.select().from(routingOutcome)
}
