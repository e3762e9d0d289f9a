import { caseFact, stamped } from './facts.ts'
import { eventsOfDispute } from './dispute.ts'
import { activeAssignments, statusOfWork, withAssignment } from './handling.ts'
import { changesOfLead, topAssignments } from './lead.ts'
import { requireAssignmentChange } from './assignment-transitions.ts'
import type { Context } from './context.ts'
import type { AssignmentCancelled, CaseEvent } from './events.ts'
import type { DisputePosition } from './state-seldom.ts'
import type { AssignmentRecord, CaseState, ReturnRecord } from './state.ts'
import type { CaseStatus } from './values.ts'

/** A unit is let go: what it passed down is called back, another unit leads if it led, and a dispute goes up. */
export function eventsOfReturn(
  state: CaseState,
  assignment: AssignmentRecord,
  request: ReturnRecord,
  reason: string,
  context: Context,
): readonly CaseEvent[] {
  requireAssignmentChange(assignment, 'RETURNED', 'decideReturn')
  const children = activeAssignments(state).filter(({ parentId }) => parentId === assignment.id)
  let after = withAssignment(state, assignment.id, { status: 'RETURNED' })
  for (const { id } of children) after = withAssignment(after, id, { status: 'CANCELLED' })
  const status = statusAfter(after, request)
  return [
    {
      ...caseFact('ReturnDecided', 'decideReturn', state, status, context),
      assignmentId: assignment.id,
      department: assignment.department,
      assignmentStatus: 'RETURNED',
      returnId: request.id,
      accepted: true,
      reason,
    },
    ...children.map((child) => cancelled(child, status, context)),
    ...successionOf(after, status, context),
    ...(request.disputed ? eventsOfDispute(state, positionsOf(state), context) : []),
  ]
}

/** R71, R72: a disputed case goes to the leaders. The rest of the work decides where any other is left. */
function statusAfter(after: CaseState, request: ReturnRecord): CaseStatus {
  if (request.disputed || after.case.status === 'REPORTED') return 'REPORTED'
  const computed = statusOfWork(activeAssignments(after))
  return after.case.status === 'EMERGENCY' && computed === 'DISPATCHED' ? 'EMERGENCY' : computed
}

/** R54: when the lead is let go, the unit that has had the case longest leads, until the office names another. */
function successionOf(after: CaseState, status: CaseStatus, context: Context): readonly CaseEvent[] {
  const remaining = topAssignments(after)
  const [first] = remaining
  if (!first || remaining.some(({ role }) => role === 'LEAD')) return []
  return changesOfLead(after, first.department, status, context)
}

function cancelled(child: AssignmentRecord, status: CaseStatus, context: Context): AssignmentCancelled {
  const fact = stamped('AssignmentCancelled', child.caseNumber, status, context)
  return { ...fact, assignmentId: child.id, department: child.department, assignmentStatus: 'CANCELLED' }
}

/** The positions are what the units wrote when they returned the case. */
function positionsOf(state: CaseState): readonly DisputePosition[] {
  return state.returns.flatMap(({ assignmentId, reason, status }) => {
    const unit = state.assignments.find(({ id }) => id === assignmentId)
    return unit && status !== 'REFUSED' ? [{ department: unit.department, text: reason }] : []
  })
}
