import type { Db } from '@hub/kit/postgres.ts'
import { and, asc, count, eq, inArray } from 'drizzle-orm'
import type { Delivery, Feedback } from '../domain/report-delivery.ts'
import { reportDelivery, reportFeedback } from './tables-reports.ts'

/** Records a delivery; false: it was recorded before, and stays as it was. */
export async function saveDelivery(db: Db, delivery: Delivery): Promise<boolean> {
  const saved = await db
    .insert(reportDelivery)
    .values(delivery)
    .onConflictDoNothing()
    .returning({ reportId: reportDelivery.reportId })
  return saved.length > 0
}

/** The deliveries of some reports, oldest first. */
export function listDeliveries(db: Db, reports: readonly string[]): Promise<Delivery[]> {
  return db
    .select()
    .from(reportDelivery)
    .where(inArray(reportDelivery.reportId, [...reports]))
    .orderBy(asc(reportDelivery.sentAt), asc(reportDelivery.organisation))
}

/** Saves what a person says; false: that person has spoken before. */
export async function saveFeedback(db: Db, feedback: Feedback): Promise<boolean> {
  const saved = await db
    .insert(reportFeedback)
    .values(feedback)
    .onConflictDoNothing()
    .returning({ reportId: reportFeedback.reportId })
  return saved.length > 0
}

/** What a person said to a bulletin, or null. */
export async function findFeedback(db: Db, reportId: string, person: string): Promise<string | null> {
  const [row] = await db
    .select({ text: reportFeedback.text })
    .from(reportFeedback)
    .where(and(eq(reportFeedback.reportId, reportId), eq(reportFeedback.person, person)))
  return row?.text ?? null
}

/** What people said to a bulletin, sorted, so that the order tells nothing. */
export async function listFeedback(db: Db, reportId: string): Promise<string[]> {
  const rows = await db
    .select({ text: reportFeedback.text })
    .from(reportFeedback)
    .where(eq(reportFeedback.reportId, reportId))
    .orderBy(asc(reportFeedback.text))
  return rows.map(({ text }) => text)
}

/** How many people spoke to some bulletins. */
export function countFeedback(
  db: Db,
  reports: readonly string[],
): Promise<{ reportId: string; people: number }[]> {
  return db
    .select({ reportId: reportFeedback.reportId, people: count() })
    .from(reportFeedback)
    .where(inArray(reportFeedback.reportId, [...reports]))
    .groupBy(reportFeedback.reportId)
}
