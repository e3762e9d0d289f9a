import type { Db } from '@hub/kit/postgres.ts'
import { and, asc, desc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import type { AssignmentRecord, ReplyRecord } from '../domain/state.ts'
import type { AssignmentStatus } from '../domain/values.ts'
import { assignment, reply } from './tables.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Ids come from clients: what is no id finds nothing. */
function idsOf(texts: readonly string[]): string[] {
  return texts.filter((text) => UUID.test(text))
}

/** The case that an assignment belongs to. */
export async function findCaseNumber(db: Db, id: string): Promise<string | null> {
  const [row] = await db
    .select({ caseNumber: assignment.caseNumber })
    .from(assignment)
    .where(inArray(assignment.id, idsOf([id])))
  return row?.caseNumber ?? null
}

export function listAssignmentsById(db: Db, ids: readonly string[]): Promise<AssignmentRecord[]> {
  return db
    .select()
    .from(assignment)
    .where(inArray(assignment.id, idsOf(ids)))
}

/** The assignments of several cases, each in the order in which they were issued. */
export function listAssignmentsOfCases(db: Db, numbers: readonly string[]): Promise<AssignmentRecord[]> {
  return db
    .select()
    .from(assignment)
    .where(inArray(assignment.caseNumber, [...numbers]))
    .orderBy(asc(assignment.id))
}

export interface AssignmentPlace {
  readonly dispatchedAt: Date
  readonly id: string
}

/** A page of what a unit has or had to handle, newest dispatch first. */
export function listAssignmentsOfDepartment(
  db: Db,
  department: string,
  statuses: readonly AssignmentStatus[] | null,
  limit: number,
  after: AssignmentPlace | null,
): Promise<AssignmentRecord[]> {
  return db
    .select()
    .from(assignment)
    .where(
      and(
        eq(assignment.department, department),
        statuses ? inArray(assignment.status, [...statuses]) : undefined,
        after ? isAfter(after) : undefined,
      ),
    )
    .orderBy(desc(assignment.dispatchedAt), desc(assignment.id))
    .limit(limit)
}

function isAfter({ dispatchedAt, id }: AssignmentPlace): SQL {
  return sql`(${assignment.dispatchedAt}, ${assignment.id}) < (${dispatchedAt.toISOString()}::timestamptz, ${id}::uuid)`
}

/** The replies of several assignments, each oldest first. */
export function listReplies(db: Db, ids: readonly string[]): Promise<ReplyRecord[]> {
  return db
    .select()
    .from(reply)
    .where(inArray(reply.assignmentId, [...ids]))
    .orderBy(asc(reply.id))
}
