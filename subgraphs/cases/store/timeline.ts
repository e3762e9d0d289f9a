import type { Db, Tx } from '@hub/kit/postgres.ts'
import { asc, inArray, sql } from 'drizzle-orm'
import { publicDataOf } from '../domain/events-published.ts'
import type { CaseEvent } from '../domain/events.ts'
import { caseEvent } from './tables-log.ts'

export type TimelineRow = typeof caseEvent.$inferSelect

/** Adds to the timeline of a case; its row is locked, so places are taken one after the other. */
export async function saveTimeline(tx: Tx, events: readonly CaseEvent[]): Promise<void> {
  const [first] = events
  if (!first) return
  const rows = events.map((event) => ({
    caseNumber: event.caseNumber,
    eventId: event.eventId,
    kind: event.kind,
    at: event.at,
    by: event.by,
    byRole: event.byRole,
    byDepartment: event.byDepartment,
    caseStatus: event.caseStatus,
    assignmentId: 'assignmentId' in event ? event.assignmentId : null,
    data: publicDataOf(event),
  }))
  const next = sql<number>`(select coalesce(max(place), 0) from case_event where case_number = ${first.caseNumber})`
  await tx
    .insert(caseEvent)
    .values(rows.map((row, index) => ({ ...row, place: sql`${next} + ${index + 1}::int` })))
}

/** The timelines of several cases, each in order. */
export function listTimelines(db: Db, numbers: readonly string[]): Promise<TimelineRow[]> {
  return db
    .select()
    .from(caseEvent)
    .where(inArray(caseEvent.caseNumber, [...numbers]))
    .orderBy(asc(caseEvent.caseNumber), asc(caseEvent.place))
}
