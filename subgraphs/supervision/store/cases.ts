import type { Day } from '@hub/kit/day.ts'
import type { Db } from '@hub/kit/postgres.ts'
import { and, asc, eq, inArray, isNull, lt, or } from 'drizzle-orm'
import { followedAssignment, followedCase } from './tables.ts'

/** Closed cases in which the reply or the outcome is missing (R29). */
export async function listCasesWithoutEcho(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .select({ number: followedCase.number })
    .from(followedCase)
    .where(
      and(
        inArray(followedCase.status, ['CLOSED', 'ARCHIVED']),
        or(isNull(followedCase.echoAt), isNull(followedCase.outcomeAt)),
      ),
    )
    .orderBy(asc(followedCase.number))
    .limit(limit)
  return rows.map(({ number }) => number)
}

/** The overdue assignments of some cases. */
export function listOverdueOfCases(
  db: Db,
  numbers: readonly string[],
  today: Day,
): Promise<{ caseNumber: string; department: string }[]> {
  return db
    .select({ caseNumber: followedAssignment.caseNumber, department: followedAssignment.department })
    .from(followedAssignment)
    .where(
      and(
        inArray(followedAssignment.caseNumber, [...numbers]),
        eq(followedAssignment.owesReply, true),
        lt(followedAssignment.deadlineOn, today),
      ),
    )
}
