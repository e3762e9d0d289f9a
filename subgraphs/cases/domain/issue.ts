import type { Deadline } from '@hub/kit/working-days.ts'
import { replyDue } from './clocks.ts'
import { stamped } from './facts.ts'
import type { Context } from './context.ts'
import type { AssignmentIssued } from './events.ts'
import type { AssignmentRecord, CaseState } from './state.ts'
import type { AssignmentRole, CaseStatus, DispatchMode } from './values.ts'

/** What all assignments of one dispatch share. */
export interface Terms {
  readonly mode: DispatchMode
  readonly replyRequired: boolean
  readonly firstDispatchedAt: Date
  readonly cap: Deadline
  readonly parentId: string | null
  readonly instructionId: string | null
  readonly note: string | null
}

/** A unit's task as it is issued, with the date it is due (R59) and the cap it never passes (R61). */
export function assignmentFor(
  state: CaseState,
  department: string,
  role: AssignmentRole,
  terms: Terms,
  context: Context,
): AssignmentRecord {
  const { calendar, policy, now } = context
  const due = replyDue(calendar, policy, now, terms.cap)
  return {
    id: context.newId(),
    caseNumber: state.case.number,
    department,
    role,
    status: 'ISSUED',
    mode: terms.mode,
    replyRequired: terms.replyRequired,
    parentId: terms.parentId,
    instructionId: terms.instructionId,
    note: terms.note,
    dispatchedAt: now,
    dueOn: due.on,
    dueProvisional: due.provisional,
    capOn: terms.cap.on,
    capProvisional: terms.cap.provisional,
    policyVersion: policy.version,
    calendarVersion: calendar.version,
    signedForAt: null,
    signedForBy: null,
    repliedAt: null,
    redoCount: 0,
    redoBy: null,
    extensionCount: 0,
  }
}

/** The event that brings an assignment to its unit's stream. */
export function issued(
  assignment: AssignmentRecord,
  caseStatus: CaseStatus,
  context: Context,
): AssignmentIssued {
  const { id, department, status, caseNumber } = assignment
  const fact = stamped('AssignmentIssued', caseNumber, caseStatus, context)
  return { ...fact, assignmentId: id, department, assignmentStatus: status, assignment }
}
