import { appendEvents, type NewEvent } from '@hub/kit/event-log.ts'
import type { Db, Tx } from '@hub/kit/postgres.ts'
import { sql } from 'drizzle-orm'
import {
  assignmentEventKindOf,
  departmentsToldOf,
  isEmergencyEvent,
  publicDataOf,
} from '../domain/events-published.ts'
import type { CaseEvent } from '../domain/events.ts'
import { caseStream, departmentStream, EMERGENCY_STREAM } from '../domain/stream-names.ts'

/** Every stream that an event goes to. */
function streamEventsOf(event: CaseEvent): NewEvent[] {
  const { at, eventId, kind } = event
  const data = publicDataOf(event)
  const streams: NewEvent[] = [{ stream: caseStream(event.caseNumber), eventId, kind, at, data }]
  const assignmentKind = assignmentEventKindOf(event)
  if (assignmentKind) {
    for (const code of departmentsToldOf(event)) {
      streams.push({ stream: departmentStream(code), eventId, kind: assignmentKind, at, data })
    }
  }
  if (isEmergencyEvent(event)) streams.push({ stream: EMERGENCY_STREAM, eventId, kind, at, data })
  return streams
}

/**
 * Appends what happened to all its streams, and answers which these are, to be rung after the commit. It has to be
 * the last statement of the transaction.
 */
export async function publishEvents(tx: Tx, events: readonly CaseEvent[]): Promise<readonly string[]> {
  const logged = await appendEvents(tx, events.flatMap(streamEventsOf))
  return [...new Set(logged.map(({ stream }) => stream))]
}

/** The streams of a unit and of all units under it, the unit's own first. */
export async function listSubtreeStreams(db: Db, department: string): Promise<string[]> {
  const rows = await db.execute<{ code: string }>(sql`
    with recursive under as (
      select ${department}::text as code
      union select d.code from department_ref d join under u on d.parent = u.code
    )
    select code from under order by code <> ${department}, code`)
  return rows.map(({ code }) => departmentStream(code))
}

/** Whether a unit is known here: by the departments room's word, or because it has been told something before. */
export async function isKnownDepartment(db: Db, code: string): Promise<boolean> {
  const [row] = await db.execute<{ known: boolean }>(sql`
    select exists (select from department_ref where code = ${code})
      or exists (select from stream where stream = ${departmentStream(code)}) as known`)
  return row?.known === true
}
