import type { Day } from '@hub/kit/day.ts'
import type { Db } from '@hub/kit/postgres.ts'
import { and, asc, desc, eq, gte, inArray, isNull, lt, lte, notInArray, or, sql, type SQL } from 'drizzle-orm'
import type { LadderStep, TakenStep } from '../domain/ladder.ts'
import type { Breach } from '../domain/order.ts'
import { followedAssignment } from './tables.ts'
import { ladderStep } from './tables-ladder.ts'

export interface StepQuestion {
  readonly step: LadderStep
  readonly needs: LadderStep | null
  /** The policy that made the dates. */
  readonly policy: string
  /** Dates of no version of this list are taken as the policy's too; null: only its own. */
  readonly others: readonly string[] | null
  readonly from: Day | null
  readonly to: Day
  readonly limit: number
}

const { id, caseNumber, department, deadlineOn, owesReply, policyVersion } = followedAssignment

const taken = (step: LadderStep): SQL => sql`exists (select from ladder_step as taken
  where taken.assignment = ${id} and taken.deadline_on = ${deadlineOn} and taken.step = ${step})`

/** Assignments for which a step is reached and not taken, held until the transaction ends; what others hold is passed over. */
export function takeReached(
  db: Db,
  { step, needs, policy, others, from, to, limit }: StepQuestion,
): Promise<Breach[]> {
  return db
    .select({ assignment: id, caseNumber, department, missedOn: deadlineOn })
    .from(followedAssignment)
    .where(
      and(
        eq(owesReply, true),
        others
          ? or(isNull(policyVersion), notInArray(policyVersion, [...others]))
          : eq(policyVersion, policy),
        lte(deadlineOn, to),
        from ? gte(deadlineOn, from) : undefined,
        sql`not ${taken(step)}`,
        needs ? taken(needs) : undefined,
      ),
    )
    .orderBy(asc(deadlineOn), asc(id))
    .limit(limit)
    .for('update', { skipLocked: true })
}

/** Writes steps down; one that stands already is left as it is. */
export async function saveSteps(db: Db, steps: readonly Omit<TakenStep, 'id'>[]): Promise<void> {
  if (steps.length > 0)
    await db
      .insert(ladderStep)
      .values([...steps])
      .onConflictDoNothing()
}

export interface StepFilter {
  /** null: every department. */
  readonly departments: readonly string[] | null
  readonly steps: readonly LadderStep[] | null
  /** Only where the date still stands and the reply is still owed. */
  readonly open: boolean
  readonly before: number | null
  readonly limit: number
}

/** Steps taken, newest first, by keyset. */
export function listSteps(
  db: Db,
  { departments, steps, open, before, limit }: StepFilter,
): Promise<TakenStep[]> {
  return db
    .select()
    .from(ladderStep)
    .where(
      and(
        departments ? inArray(ladderStep.department, [...departments]) : undefined,
        steps ? inArray(ladderStep.step, [...steps]) : undefined,
        before === null ? undefined : lt(ladderStep.id, before),
        open
          ? sql`exists (select from followed_assignment as owed where owed.id = ${ladderStep.assignment}
              and owed.owes_reply and owed.deadline_on = ${ladderStep.deadlineOn})`
          : undefined,
      ),
    )
    .orderBy(desc(ladderStep.id))
    .limit(limit)
}
