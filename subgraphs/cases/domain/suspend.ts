import { requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { caseFact } from './facts.ts'
import { requireText } from './text.ts'
import type { Context } from './context.ts'
import type { CaseResumed, CaseSuspended } from './events-seldom.ts'
import type { CaseState } from './state.ts'

/** Halts a case for a reason; the clock and its cap go on counting (R61). */
export function decideSuspend(
  state: CaseState,
  command: { readonly reason: string },
  context: Context,
): readonly [CaseSuspended] {
  requireRole(context, 'suspend')
  requireCaseOpenFor(state.case, 'suspend')
  const suspension = {
    id: context.newId(),
    caseNumber: state.case.number,
    reason: requireText('reason', command.reason),
    statusBefore: state.case.status,
    suspendedAt: context.now,
    suspendedBy: context.actor.subject,
    resumedAt: null,
  }
  return [{ ...caseFact('CaseSuspended', 'suspend', state, 'SUSPENDED', context), suspension }]
}

/** Takes a halted case up where it was. */
export function decideResume(state: CaseState, context: Context): readonly [CaseResumed] {
  requireRole(context, 'resume')
  requireCaseOpenFor(state.case, 'resume')
  const suspension = state.suspensions.findLast(({ resumedAt }) => resumedAt === null)
  if (!suspension) throw new Error(`case ${state.case.number} is suspended without a record of it`)
  const fact = caseFact('CaseResumed', 'resume', state, suspension.statusBefore, context)
  return [{ ...fact, suspensionId: suspension.id }]
}
