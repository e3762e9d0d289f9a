import { dayOf, type Day } from '@hub/kit/day.ts'
import { requireAssignmentOpenFor } from './assignment-transitions.ts'
import { requireOwnUnit, requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { isProvisional } from './clocks.ts'
import { refuse } from './errors.ts'
import { assignmentFact, getAssignment, noticeOf } from './facts.ts'
import { requireText } from './text.ts'
import type { Context } from './context.ts'
import type { ExtensionDecided, ExtensionRequested } from './events.ts'
import type { AssignmentRecord, CaseState } from './state.ts'

export interface RequestExtension {
  readonly assignment: string
  readonly until: Day
  readonly reason: string
}

export interface DecideExtension {
  readonly assignment: string
  readonly grant: boolean
  readonly reason: string
}

/** The lead asks for more time (R60): before the deadline, to a day within the cap (R61). */
export function decideRequestExtension(
  state: CaseState,
  command: RequestExtension,
  context: Context,
): readonly [ExtensionRequested] {
  requireRole(context, 'requestExtension')
  const assignment = getAssignment(state, command.assignment)
  requireOwnUnit(context, assignment, 'requestExtension')
  requireCaseOpenFor(state.case, 'requestExtension')
  requireAssignmentOpenFor(assignment, 'requestExtension')
  const { id, department, dueOn, role } = assignment
  const { number } = state.case
  if (role !== 'LEAD') throw refuse('EXTENSION_NOT_LEAD', { number, department })
  if (dayOf(context.now) > dueOn) throw refuse('EXTENSION_TOO_LATE', { assignment: id, dueOn })
  const pending = pendingOf(state, id)
  if (pending) throw refuse('EXTENSION_PENDING', { assignment: id, until: pending.until })
  requireWithinLimits(assignment, command.until, context)
  const reason = requireText('reason', command.reason)
  return [
    {
      ...assignmentFact('ExtensionRequested', 'requestExtension', state, assignment, {}, context),
      extension: {
        id: context.newId(),
        caseNumber: number,
        assignmentId: id,
        status: 'REQUESTED',
        until: command.until,
        reason,
        requestedAt: context.now,
        requestedBy: context.actor.subject,
        decidedAt: null,
        decidedBy: null,
        decisionReason: null,
      },
    },
  ]
}

/** The office alone consents (R60). A request made in time is decided also after the deadline. */
export function decideDecideExtension(
  state: CaseState,
  command: DecideExtension,
  context: Context,
): readonly [ExtensionDecided] {
  requireRole(context, 'decideExtension')
  const assignment = getAssignment(state, command.assignment)
  const { id } = assignment
  const request = pendingOf(state, id)
  if (!request) throw refuse('EXTENSION_NOT_REQUESTED', { assignment: id })
  const reason = requireText('reason', command.reason)
  if (command.grant) {
    requireCaseOpenFor(state.case, 'decideExtension')
    requireAssignmentOpenFor(assignment, 'decideExtension')
    requireWithinLimits(assignment, request.until, context)
  }
  const { calendar } = context
  const due = command.grant
    ? { dueOn: request.until, dueProvisional: isProvisional(calendar, request.until) }
    : { dueOn: assignment.dueOn, dueProvisional: assignment.dueProvisional }
  return [
    {
      ...assignmentFact('ExtensionDecided', 'decideExtension', state, assignment, {}, context),
      extensionId: request.id,
      granted: command.grant,
      reason,
      ...due,
      notice: command.grant ? noticeOf('EXTENDED', state, context) : null,
    },
  ]
}

function pendingOf(state: CaseState, assignment: string) {
  return state.extensions.find(
    ({ assignmentId, status }) => assignmentId === assignment && status === 'REQUESTED',
  )
}

function requireWithinLimits(assignment: AssignmentRecord, until: Day, { policy }: Context): void {
  const { id, dueOn, capOn, extensionCount: count } = assignment
  if (count >= policy.extensions)
    throw refuse('EXTENSION_USED_UP', { assignment: id, count, limit: policy.extensions })
  if (until <= dueOn) throw refuse('EXTENSION_NOT_LATER', { until, dueOn })
  if (until > capOn) throw refuse('EXTENSION_PAST_CAP', { until, capOn, limit: policy.capWorkingDays })
}
