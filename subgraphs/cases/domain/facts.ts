import { requireAssignmentChange } from './assignment-transitions.ts'
import { requireCaseChange } from './case-transitions.ts'
import { statusOfHandling, withAssignment } from './handling.ts'
import { refuse } from './errors.ts'
import type { AssignmentEventBase, EventBase } from './events.ts'
import type { Context } from './context.ts'
import type { Operation } from './operations.ts'
import type { AssignmentRecord, CaseState, NoticeRecord } from './state.ts'
import type { CaseStatus, NoticeReason } from './values.ts'

/** The common part of an event that leaves the case in a status, which the table must allow. */
export function caseFact<Kind extends string>(
  kind: Kind,
  operation: Operation,
  state: CaseState,
  caseStatus: CaseStatus,
  context: Context,
): EventBase<Kind> {
  requireCaseChange(state.case, caseStatus, operation)
  return stamped(kind, state.case.number, caseStatus, context)
}

/** The common part of an event on an assignment; the status of the case follows from that of its assignments. */
export function assignmentFact<Kind extends string>(
  kind: Kind,
  operation: Operation,
  state: CaseState,
  assignment: AssignmentRecord,
  change: Partial<AssignmentRecord>,
  context: Context,
): AssignmentEventBase<Kind> {
  const assignmentStatus = change.status ?? assignment.status
  requireAssignmentChange(assignment, assignmentStatus, operation)
  const caseStatus = statusOfHandling(withAssignment(state, assignment.id, change))
  return {
    ...caseFact(kind, operation, state, caseStatus, context),
    assignmentId: assignment.id,
    department: assignment.department,
    assignmentStatus,
  }
}

/** Who, when and under which id: what every event begins with. */
export function stamped<Kind extends string>(
  kind: Kind,
  caseNumber: string,
  caseStatus: CaseStatus,
  context: Context,
): EventBase<Kind> {
  const { subject, role, department } = context.actor
  const who = { by: subject, byRole: role, byDepartment: department }
  return { kind, eventId: context.newId(), at: context.now, caseNumber, caseStatus, ...who }
}

/** The caller is to be told (R51, R60): possible only where a way to reach them is known. */
export function noticeOf(about: NoticeReason, state: CaseState, context: Context): NoticeRecord {
  const possible = state.caller !== null && state.caller.phone !== null && state.caller.phoneValid
  const { number } = state.case
  return { id: context.newId(), caseNumber: number, about, possible, owedSince: context.now }
}

/** The assignment of that id, or a refusal. */
export function getAssignment(state: CaseState, id: string): AssignmentRecord {
  const found = state.assignments.find((assignment) => assignment.id === id)
  if (!found) throw refuse('ASSIGNMENT_NOT_FOUND', { assignment: id })
  return found
}
