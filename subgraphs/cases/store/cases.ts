import type { Db } from '@hub/kit/postgres.ts'
import { and, desc, eq, getTableColumns, inArray } from 'drizzle-orm'
import type { CaseRecord } from '../domain/state.ts'
import type { CaseFilter } from './case-conditions.ts'
import { findNumbers } from './case-search.ts'
import { reaches, type Reach } from './reach.ts'
import { caseTable } from './tables.ts'

const { textIndex: _textIndex, ...columns } = getTableColumns(caseTable)

/** A page of cases, newest number first, after a number; one row more than asked for tells whether more follow. */
export async function listCases(
  db: Db,
  reach: Reach,
  filter: CaseFilter,
  limit: number,
  after: string | null,
): Promise<CaseRecord[]> {
  const numbers = await findNumbers(db, { reach, filter, limit, after })
  if (numbers.length === 0) return []
  return db
    .select(columns)
    .from(caseTable)
    .where(inArray(caseTable.number, numbers))
    .orderBy(desc(caseTable.number))
}

/** Those of some cases that the viewer reaches. */
export function findCases(db: Db, reach: Reach, numbers: readonly string[]): Promise<CaseRecord[]> {
  return db
    .select(columns)
    .from(caseTable)
    .where(and(inArray(caseTable.number, [...numbers]), reaches(reach)))
}

/** How many cases are joined to one as their master. */
export async function countMergedInto(db: Db, master: string): Promise<number> {
  return db.$count(caseTable, eq(caseTable.mergedInto, master))
}
