import { requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { hasEcho } from './close.ts'
import { refuse } from './errors.ts'
import { caseFact } from './facts.ts'
import type { Context } from './context.ts'
import type { CaseArchived } from './events-seldom.ts'
import type { CaseState } from './state.ts'

/** Puts a complete case away for good: call, assignments and replies, instructions (R86–R90). Then it is read-only. */
export function decideArchive(state: CaseState, context: Context): readonly [CaseArchived] {
  requireRole(context, 'archive')
  requireCaseOpenFor(state.case, 'archive')
  const { number } = state.case
  const missing = missingFrom(state)
  if (missing.length > 0) throw refuse('ARCHIVE_INCOMPLETE', { number, missing: missing.join(', ') })
  return [caseFact('CaseArchived', 'archive', state, 'ARCHIVED', context)]
}

function missingFrom(state: CaseState): readonly string[] {
  const closed = state.case.status === 'CLOSED'
  const unanswered = closed && !hasEcho(state) && state.directAnswers.length === 0 && !isRefused(state)
  return [
    ...(unanswered ? ['答复记录 (reply record)'] : []),
    ...(state.instructions.some(({ recordedAt }) => recordedAt === null) ? ['领导批示 (instruction)'] : []),
    ...(state.openSupervisionOrders > 0 ? ['督办回复 (supervision answer)'] : []),
  ]
}

function isRefused({ refusals }: CaseState): boolean {
  return refusals.some(({ confirmed }) => confirmed)
}
