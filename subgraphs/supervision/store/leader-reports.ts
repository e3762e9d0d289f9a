import type { Db } from '@hub/kit/postgres.ts'
import { and, asc, inArray, isNotNull, isNull, notInArray, sql } from 'drizzle-orm'
import type { LeaderReport } from '../domain/leader-report.ts'
import { followedAssignment, followedCase } from './tables.ts'

const OVER = ['CLOSED', 'ARCHIVED', 'WITHDRAWN', 'MERGED', 'REFUSED']

export interface LeaderReportFilter {
  /** Only where units disagree. */
  readonly disputed: boolean
  /** false: the instruction is waited for; true: it came and is not carried out yet. */
  readonly instructed: boolean
  readonly limit: number
}

/** Cases before a leader, the longest waiting first. */
export async function listLeaderReports(
  db: Db,
  { disputed, instructed, limit }: LeaderReportFilter,
): Promise<LeaderReport[]> {
  const { number, disputedAt, reportedAt, instructedAt, instructionActedAt, status } = followedCase
  const rows = await db
    .select({ number, disputedAt, reportedAt, instructedAt })
    .from(followedCase)
    .where(
      and(
        isNotNull(reportedAt),
        isNull(instructionActedAt),
        instructed ? isNotNull(instructedAt) : isNull(instructedAt),
        disputed ? sql`${disputedAt} >= ${reportedAt}` : undefined,
        notInArray(status, OVER),
      ),
    )
    .orderBy(asc(reportedAt), asc(number))
    .limit(limit)
  return rows.flatMap((row) => (row.reportedAt ? [{ ...row, reportedAt: row.reportedAt }] : []))
}

/** The units that were given some cases, by case. */
export function listUnitsOfCases(
  db: Db,
  numbers: readonly string[],
): Promise<{ caseNumber: string; department: string }[]> {
  const { caseNumber, department } = followedAssignment
  return db
    .selectDistinct({ caseNumber, department })
    .from(followedAssignment)
    .where(inArray(caseNumber, [...numbers]))
    .orderBy(asc(caseNumber), asc(department))
}

/** Those of some numbers that are cases this room knows. */
export async function listKnownCases(db: Db, numbers: readonly string[]): Promise<string[]> {
  if (numbers.length === 0) return []
  const rows = await db
    .select({ number: followedCase.number })
    .from(followedCase)
    .where(inArray(followedCase.number, [...numbers]))
  return rows.map(({ number }) => number)
}
