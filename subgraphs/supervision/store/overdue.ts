import type { Day } from '@hub/kit/day.ts'
import type { Db } from '@hub/kit/postgres.ts'
import { and, asc, eq, inArray, lt, sql, type SQL } from 'drizzle-orm'
import type { Breach } from '../domain/order.ts'
import { followedAssignment } from './tables.ts'

const { id, caseNumber, department, deadlineOn, owesReply, breachOn } = followedAssignment

/** An overdue assignment as the list shows it. */
export interface OverdueRow {
  readonly id: string
  readonly caseNumber: string
  readonly department: string
  readonly deadlineOn: Day
}

export interface OverdueFilter {
  readonly today: Day
  /** null: every department. */
  readonly departments: readonly string[] | null
  readonly after: { readonly deadlineOn: Day; readonly id: string } | null
  readonly limit: number
}

/** Assignments past their date, oldest breach first, by keyset. */
export function listOverdue(db: Db, filter: OverdueFilter): Promise<OverdueRow[]> {
  const { today, departments, after, limit } = filter
  const conditions: (SQL | undefined)[] = [eq(owesReply, true), lt(deadlineOn, today)]
  if (departments) conditions.push(inArray(department, [...departments]))
  if (after) conditions.push(sql`(${deadlineOn}, ${id}) > (${after.deadlineOn}::date, ${after.id})`)
  return db
    .select({ id, caseNumber, department, deadlineOn })
    .from(followedAssignment)
    .where(and(...conditions))
    .orderBy(asc(deadlineOn), asc(id))
    .limit(limit)
}

/**
 * Takes breaches without a written supervision, oldest first, and holds them until the transaction ends. What
 * another process holds is passed over: it is being supervised there.
 */
export async function takeBreaches(db: Db, today: Day, limit: number): Promise<Breach[]> {
  const rows = await db
    .select({ assignment: id, caseNumber, department, missedOn: deadlineOn })
    .from(followedAssignment)
    .where(
      and(
        eq(owesReply, true),
        lt(deadlineOn, today),
        sql`${breachOn} is distinct from ${deadlineOn}`,
        // A deadline that was moved back to a date supervised before is no new breach.
        sql`not exists (select from supervision_order as written
          where written.assignment = ${id} and written.kind = 'WRITTEN'
            and (written.status = 'ISSUED' or written.breach_on = ${deadlineOn}))`,
      ),
    )
    .orderBy(asc(deadlineOn), asc(id))
    .limit(limit)
    .for('update', { skipLocked: true })
  return rows
}

/** Marks breaches as supervised, so that no tick takes them again. */
export async function markSupervised(db: Db, assignments: readonly string[]): Promise<void> {
  await db
    .update(followedAssignment)
    .set({ breachOn: sql`${deadlineOn}` })
    .where(inArray(id, [...assignments]))
}
