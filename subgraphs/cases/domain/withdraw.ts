import { forbid, requireRole } from './authority.ts'
import { assignmentTransitions } from './assignment-transitions.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { refuse } from './errors.ts'
import { caseFact, stamped } from './facts.ts'
import { activeAssignments } from './handling.ts'
import { normalisePhone } from './phone.ts'
import { requireText } from './text.ts'
import type { Context } from './context.ts'
import type { CaseEvent } from './events.ts'
import type { AssignmentRecord, CaseState } from './state.ts'

/** The caller takes the matter back, by a portal or by telling the desk; never a report of danger or crime (R5). */
export function decideWithdraw(
  state: CaseState,
  command: { readonly reason: string },
  context: Context,
): readonly CaseEvent[] {
  requireRole(context, 'withdraw')
  requireOwnCall(state, context)
  const { number, matterType, urgency } = state.case
  if (matterType === 'REPORT' || urgency === 'CRITICAL' || state.verifications.length > 0)
    throw refuse('WITHDRAW_FORBIDDEN', { number })
  requireCaseOpenFor(state.case, 'withdraw')
  const reason = requireText('reason', command.reason)
  const cancelled = activeAssignments(state)
    .filter(({ status }) => assignmentTransitions[status].includes('CANCELLED'))
    .map((assignment) => cancelledBy(assignment, context))
  return [{ ...caseFact('CaseWithdrawn', 'withdraw', state, 'WITHDRAWN', context), reason }, ...cancelled]
}

function cancelledBy({ id, department, caseNumber }: AssignmentRecord, context: Context): CaseEvent {
  const fact = stamped('AssignmentCancelled', caseNumber, 'WITHDRAWN', context)
  return { ...fact, assignmentId: id, department, assignmentStatus: 'CANCELLED' }
}

function requireOwnCall({ caller }: CaseState, { actor }: Context): void {
  if (actor.role !== 'PORTAL') return
  const own = actor.citizen === null ? null : normalisePhone(actor.citizen).phone
  if (own === null || caller?.phone !== own) throw forbid('citizen', 'withdraw', {})
}
