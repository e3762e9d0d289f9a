import type { Db } from '@hub/kit/postgres.ts'
import { and, desc, eq, gte, inArray, lte, or, sql, type SQL } from 'drizzle-orm'
import type { Period } from '../domain/bulletin-periods.ts'
import type { ReportScope } from '../domain/report-delivery.ts'
import type { Report, ReportKind } from '../domain/report.ts'
import { allExcluded } from './excluded.ts'
import { report, reportDelivery, reportSerial } from './tables-reports.ts'

/** Takes the next number of a kind in a year; held until the transaction ends: no gaps. */
export async function takeReportSerial(db: Db, kind: ReportKind, year: number): Promise<number> {
  const [row] = await db
    .insert(reportSerial)
    .values({ kind, year, last: 1 })
    .onConflictDoUpdate({
      target: [reportSerial.kind, reportSerial.year],
      set: { last: sql`${reportSerial.last} + 1` },
    })
    .returning({ last: reportSerial.last })
  if (!row) throw new Error('the serial of reports was not returned')
  return row.last
}

/** Saves a report as it stands now; the database refuses to change what was issued. */
export async function saveReport(db: Db, row: Report): Promise<void> {
  await db
    .insert(report)
    .values(row)
    .onConflictDoUpdate({ target: report.id, set: allExcluded(report) })
}

/** A report, held until the transaction ends. */
export async function lockReport(db: Db, id: string): Promise<Report | null> {
  const [row] = await db.select().from(report).where(eq(report.id, id)).for('update')
  return row ?? null
}

/** Reports by id. */
export function listReportsById(db: Db, ids: readonly string[]): Promise<Report[]> {
  return db
    .select()
    .from(report)
    .where(inArray(report.id, [...ids]))
}

/** The corrections of some reports that were not withdrawn. */
export function listCorrections(db: Db, ids: readonly string[]): Promise<Report[]> {
  return db
    .select()
    .from(report)
    .where(and(inArray(report.corrects, [...ids]), sql`${report.status} <> 'WITHDRAWN'`))
}

/** Bulletins that are out and have days in common with a period. */
export function listIssuedBulletins(db: Db, { from, to }: Period): Promise<Report[]> {
  return db
    .select()
    .from(report)
    .where(
      and(
        eq(report.kind, 'BULLETIN'),
        eq(report.status, 'ISSUED'),
        gte(report.to, from),
        lte(report.from, to),
      ),
    )
}

export interface ReportFilter {
  readonly scope: ReportScope
  readonly id: string | null
  readonly kinds: readonly ReportKind[] | null
  readonly after: { readonly draftedAt: Date; readonly id: string } | null
  readonly limit: number
}

/** Reports that a role reads, newest first, by keyset. */
export function listReports(db: Db, { scope, id, kinds, after, limit }: ReportFilter): Promise<Report[]> {
  const conditions: (SQL | undefined)[] = []
  if (id !== null) conditions.push(eq(report.id, id))
  if (kinds) conditions.push(inArray(report.kind, [...kinds]))
  if (scope.status) conditions.push(inArray(report.status, [...scope.status]))
  if (scope.kinds)
    conditions.push(
      or(inArray(report.kind, [...scope.kinds]), scope.deliveredTo.length > 0 ? sent(scope) : undefined),
    )
  if (after)
    conditions.push(
      sql`(${report.draftedAt}, ${report.id}) < (${after.draftedAt.toISOString()}::timestamptz, ${after.id}::uuid)`,
    )
  return db
    .select()
    .from(report)
    .where(and(...conditions))
    .orderBy(desc(report.draftedAt), desc(report.id))
    .limit(limit)
}

function sent({ deliveredTo }: ReportScope): SQL {
  return sql`exists (select from ${reportDelivery} as sent where sent.report_id = ${report.id}
    and sent.recipient in (select json_array_elements_text(${JSON.stringify(deliveredTo)}::text::json)))`
}
