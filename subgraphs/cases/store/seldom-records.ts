import type { Db } from '@hub/kit/postgres.ts'
import { asc, inArray } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import {
  caseAmendment,
  coordination,
  paper,
  dispute,
  instruction,
  referral,
  refusal,
  suspension,
  verification,
} from './tables-seldom.ts'
import { caseTable, extension, notice, returnRequest } from './tables.ts'

type OfCase = PgTable & { readonly id: PgColumn; readonly caseNumber: PgColumn }
type OfAssignment = PgTable & { readonly id: PgColumn; readonly assignmentId: PgColumn }

/** A statement that lists the records of several cases, each oldest first. */
function ofCases<Table extends OfCase>(table: Table) {
  return async (db: Db, numbers: readonly string[]): Promise<Table['$inferSelect'][]> => {
    const wanted: OfCase = table
    return db
      .select()
      .from(wanted)
      .where(inArray(wanted.caseNumber, [...numbers]))
      .orderBy(asc(wanted.id))
  }
}

/** The same for the records of several assignments. */
function ofAssignments<Table extends OfAssignment>(table: Table) {
  return async (db: Db, ids: readonly string[]): Promise<Table['$inferSelect'][]> => {
    const wanted: OfAssignment = table
    return db
      .select()
      .from(wanted)
      .where(inArray(wanted.assignmentId, [...ids]))
      .orderBy(asc(wanted.id))
  }
}

export const listReferrals = ofCases(referral)
export const listRefusals = ofCases(refusal)
export const listVerifications = ofCases(verification)
export const listInstructions = ofCases(instruction)
export const listDisputes = ofCases(dispute)
export const listSuspensions = ofCases(suspension)
export const listAmendments = ofCases(caseAmendment)
export const listCoordinations = ofCases(coordination)
export const listPapers = ofCases(paper)
export const listNotices = ofCases(notice)
export const listExtensions = ofAssignments(extension)
export const listReturns = ofAssignments(returnRequest)

/** Numbers of the cases that are joined to some masters. */
export function listMergedInto(
  db: Db,
  masters: readonly string[],
): Promise<{ number: string; master: string | null }[]> {
  return db
    .select({ number: caseTable.number, master: caseTable.mergedInto })
    .from(caseTable)
    .where(inArray(caseTable.mergedInto, [...masters]))
    .orderBy(asc(caseTable.number))
}
