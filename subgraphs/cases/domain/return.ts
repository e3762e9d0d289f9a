import { dayOf } from '@hub/kit/day.ts'
import { requireAssignmentOpenFor } from './assignment-transitions.ts'
import { requireOwnUnit, requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { returnWindow } from './clocks.ts'
import { refuse } from './errors.ts'
import { assignmentFact, getAssignment } from './facts.ts'
import { eventsOfReturn } from './return-accepted.ts'
import { isComplainedOf } from './targets.ts'
import { requireText } from './text.ts'
import type { Context } from './context.ts'
import type { CaseEvent, ReturnRequested } from './events.ts'
import type { AssignmentRecord, CaseState } from './state.ts'

export interface RequestReturn {
  readonly assignment: string
  readonly reason: string
  readonly basis: string
  readonly suggested?: string | null | undefined
}

export interface DecideReturn {
  readonly assignment: string
  readonly accept: boolean
  readonly reason: string
}

/** A unit says that the matter is not its own 退单, within the window. The clock runs on. */
export function decideRequestReturn(
  state: CaseState,
  command: RequestReturn,
  context: Context,
): readonly [ReturnRequested] {
  requireRole(context, 'requestReturn')
  const assignment = getAssignment(state, command.assignment)
  requireOwnUnit(context, assignment, 'requestReturn')
  requireCaseOpenFor(state.case, 'requestReturn')
  requireAssignmentOpenFor(assignment, 'requestReturn')
  const { id, department, status } = assignment
  const { policy, now } = context
  const until = returnWindow(context.calendar, policy, assignment.dispatchedAt)
  if (dayOf(now) > until)
    throw refuse('RETURN_TOO_LATE', { assignment: id, until, limit: policy.returnWithinWorkingDays })
  const suggested = command.suggested ?? null
  if (suggested !== null) requireSuggestion(state, department, suggested, context)
  const change = { status: 'RETURN_REQUESTED' } as const
  return [
    {
      ...assignmentFact('ReturnRequested', 'requestReturn', state, assignment, change, context),
      request: {
        id: context.newId(),
        caseNumber: state.case.number,
        assignmentId: id,
        status: 'REQUESTED',
        reason: requireText('reason', command.reason),
        basis: requireText('basis', command.basis),
        suggested,
        statusBefore: status === 'ACCEPTED' ? 'ACCEPTED' : 'ISSUED',
        disputed: isSecondReturn(state, assignment),
        requestedAt: now,
        requestedBy: context.actor.subject,
        decidedAt: null,
        decidedBy: null,
        decisionReason: null,
      },
    },
  ]
}

/** The office lets the unit go, or sends it back to work. */
export function decideDecideReturn(
  state: CaseState,
  command: DecideReturn,
  context: Context,
): readonly CaseEvent[] {
  requireRole(context, 'decideReturn')
  const assignment = getAssignment(state, command.assignment)
  requireCaseOpenFor(state.case, 'decideReturn')
  requireAssignmentOpenFor(assignment, 'decideReturn')
  const request = state.returns.find(
    ({ assignmentId, status }) => assignmentId === assignment.id && status === 'REQUESTED',
  )
  if (!request) throw new Error(`assignment ${assignment.id} waits for a return that nobody asked for`)
  const reason = requireText('reason', command.reason)
  if (command.accept) return eventsOfReturn(state, assignment, request, reason, context)
  const change = { status: request.statusBefore }
  return [
    {
      ...assignmentFact('ReturnDecided', 'decideReturn', state, assignment, change, context),
      returnId: request.id,
      accepted: false,
      reason,
    },
  ]
}

function requireSuggestion(state: CaseState, own: string, suggested: string, context: Context): void {
  const unit = context.departments.find(suggested)
  if (!unit) throw refuse('DEPARTMENT_NOT_FOUND', { department: suggested })
  if (suggested === own) throw refuse('RETURN_TO_SELF', { department: suggested })
  if (!unit.acceptsDispatch) throw refuse('DISPATCH_NOT_ACCEPTED', { department: suggested, name: unit.name })
  const { number, complainedOf } = state.case
  if (isComplainedOf(complainedOf, suggested, context.departments))
    throw refuse('COMPLAINED_OF', { number, department: suggested })
}

/** A second unit that sends the same case back: the units disagree, and it goes to dispute review (R71). */
function isSecondReturn(state: CaseState, { department }: AssignmentRecord): boolean {
  return state.returns.some(({ status, assignmentId }) => {
    const other = state.assignments.find((assignment) => assignment.id === assignmentId)
    return status !== 'REFUSED' && other !== undefined && other.department !== department
  })
}
