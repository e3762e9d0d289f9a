import { requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { refuse } from './errors.ts'
import { caseFact } from './facts.ts'
import { optionalText } from './text.ts'
import type { Context } from './context.ts'
import type { CallbackRecorded } from './events.ts'
import type { CaseState } from './state.ts'
import type { Satisfaction } from './values.ts'

export interface RecordCallback {
  readonly contacted: boolean
  readonly solved?: boolean | null | undefined
  readonly satisfaction?: Satisfaction | null | undefined
  readonly note?: string | null | undefined
}

/** The office asks the caller whether it is solved and how satisfied they are 回访 (R30). */
export function decideCallback(
  state: CaseState,
  command: RecordCallback,
  context: Context,
): readonly [CallbackRecorded] {
  requireRole(context, 'recordCallback')
  requireCaseOpenFor(state.case, 'recordCallback')
  const { number, status } = state.case
  const { contacted } = command
  const solved = command.solved ?? null
  const satisfaction = command.satisfaction ?? null
  if (contacted && (solved === null || satisfaction === null))
    throw refuse('CALLBACK_WITHOUT_RESULT', { number })
  if (!contacted && (solved !== null || satisfaction !== null))
    throw refuse('CALLBACK_CONTRADICTS', { number })
  const note = optionalText('note', command.note)
  const who = { calledAt: context.now, calledBy: context.actor.subject }
  const results = { contacted, solved, satisfaction, note }
  const callback = { id: context.newId(), caseNumber: number, ...results, ...who }
  return [{ ...caseFact('CallbackRecorded', 'recordCallback', state, status, context), callback }]
}
