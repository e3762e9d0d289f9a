import type { Db, Tx } from '@hub/kit/postgres.ts'
import { and, asc, eq, gt, or } from 'drizzle-orm'
import type { Notice, NoticeDay } from '../domain/announced-calendar.ts'
import type { CityPolicy, Policy } from '../domain/policy.ts'
import { calendarDay, calendarNotice, policy } from './tables-rules.ts'
import { assignment } from './tables.ts'

/** The policies of a city, oldest first. */
export async function listPolicies(db: Db, city: string): Promise<Policy[]> {
  const rows = await db.select().from(policy).where(eq(policy.city, city)).orderBy(asc(policy.effectiveFrom))
  return rows.map(({ city: _city, ...version }) => version)
}

/** The versions of every city, each city's oldest first. */
export function listCityPolicies(db: Db): Promise<CityPolicy[]> {
  return db.select().from(policy).orderBy(asc(policy.city), asc(policy.effectiveFrom))
}

/** Writes a version; there is no other way to change a policy. */
export async function savePolicy(tx: Tx, version: CityPolicy): Promise<void> {
  await tx.insert(policy).values({ ...version, legalBasis: [...version.legalBasis] })
}

/** The notices that were imported, by year. */
export async function listNotices(db: Db): Promise<Notice[]> {
  const [notices, days] = await Promise.all([
    db.select().from(calendarNotice).orderBy(asc(calendarNotice.year)),
    db.select().from(calendarDay).orderBy(asc(calendarDay.day)),
  ])
  return notices.map(({ year, version }) => ({
    year,
    version,
    days: days
      .filter((one) => one.year === year)
      .map(({ day, kind, name }): NoticeDay => ({ day, kind, name })),
  }))
}

/** Writes a notice in place of the one of its year. */
export async function saveNotice(
  tx: Tx,
  { year, version, days }: Notice,
  mark: { readonly source: string; readonly importedAt: Date; readonly importedBy: string },
): Promise<void> {
  const row = { year, version, ...mark }
  await tx.insert(calendarNotice).values(row).onConflictDoUpdate({ target: calendarNotice.year, set: row })
  await tx.delete(calendarDay).where(eq(calendarDay.year, year))
  await tx.insert(calendarDay).values(days.map((one) => ({ ...one, year })))
}

/** Numbers of cases with a date that may still move, after a number. */
export async function listProvisionalCases(db: Db, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ number: assignment.caseNumber })
    .from(assignment)
    .where(
      and(
        or(eq(assignment.dueProvisional, true), eq(assignment.capProvisional, true)),
        gt(assignment.caseNumber, after),
      ),
    )
    .orderBy(asc(assignment.caseNumber))
    .limit(limit)
  return rows.map(({ number }) => number)
}
