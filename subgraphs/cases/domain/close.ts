import { dayOf, plusDays } from '@hub/kit/day.ts'
import { requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { refuse } from './errors.ts'
import { caseFact } from './facts.ts'
import { unsettled } from './handling.ts'
import { requireText } from './text.ts'
import type { Context } from './context.ts'
import type { CaseClosed, CaseReopened } from './events.ts'
import type { CaseState } from './state.ts'

/** Closes a case that had its echo and its outcome (R29), and on which no supervision is open. */
export function decideClose(state: CaseState, context: Context): readonly [CaseClosed] {
  requireRole(context, 'close')
  const { number } = state.case
  const open = unsettled(state)
  if (open.length > 0)
    throw refuse('CLOSE_WITHOUT_REPLY', {
      number,
      departments: open.map(({ department }) => department).join(', '),
    })
  if (state.case.status === 'APPROVED') throw refuse('CLOSE_WITHOUT_FEEDBACK', { number })
  requireCaseOpenFor(state.case, 'close')
  if (!hasEcho(state)) throw refuse('CLOSE_WITHOUT_FEEDBACK', { number })
  const count = state.openSupervisionOrders
  if (count > 0) throw refuse('CLOSE_UNDER_SUPERVISION', { number, count })
  return [{ ...caseFact('CaseClosed', 'close', state, 'CLOSED', context), echoed: true }]
}

/** The caller was answered, at once or in the end, or it stands recorded why that was impossible. */
export function hasEcho(state: CaseState): boolean {
  const answered = state.case.status === 'ANSWERED' && state.directAnswers.length > 0
  const refused = state.case.status === 'REFUSED' && state.refusals.some(({ confirmed }) => confirmed)
  return answered || refused || state.feedbacks.length > 0
}

export interface ReopenCase {
  readonly reason: string
}

/** Takes up a closed case again, within the window; it is handled anew, from a dispatch of its own. */
export function decideReopen(
  state: CaseState,
  command: ReopenCase,
  context: Context,
): readonly [CaseReopened] {
  requireRole(context, 'reopen')
  requireCaseOpenFor(state.case, 'reopen')
  const { number, closedAt } = state.case
  if (closedAt === null) throw new Error(`case ${number} is closed without a time`)
  const closedOn = dayOf(closedAt)
  const until = plusDays(closedOn, context.policy.reopenWithinDays)
  if (dayOf(context.now) > until) throw refuse('REOPEN_TOO_LATE', { number, closedOn, until })
  const reason = requireText('reason', command.reason)
  return [{ ...caseFact('CaseReopened', 'reopen', state, 'REGISTERED', context), reason }]
}
