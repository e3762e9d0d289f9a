import { forbid, requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { refuse } from './errors.ts'
import { caseFact } from './facts.ts'
import { activeAssignments, unsettled } from './handling.ts'
import { optionalText } from './text.ts'
import type { Context } from './context.ts'
import type { FeedbackRecorded } from './events.ts'
import type { CaseState } from './state.ts'
import type { FeedbackBy, FeedbackMode } from './values.ts'

export interface RecordFeedback {
  readonly by: FeedbackBy
  readonly mode: FeedbackMode
  readonly text?: string | null | undefined
  readonly impossibleBecause?: string | null | undefined
}

/** The caller is told the result, by the office or the unit, or it is written down why not (R63–R65). */
export function decideFeedback(
  state: CaseState,
  command: RecordFeedback,
  context: Context,
): readonly [FeedbackRecorded] {
  requireRole(context, 'recordFeedback')
  requireGiver(state, command, context)
  requireCaseOpenFor(state.case, 'recordFeedback')
  requireOutcome(state)
  const { number } = state.case
  const text = optionalText('text', command.text)
  const impossibleBecause = optionalText('impossibleBecause', command.impossibleBecause)
  if (command.mode === 'IMPOSSIBLE') {
    if (impossibleBecause === null) throw refuse('FEEDBACK_WITHOUT_REASON', { number })
  } else {
    if (impossibleBecause !== null) throw refuse('FEEDBACK_CONTRADICTS', { number, mode: command.mode })
    if (text === null) throw refuse('FEEDBACK_WITHOUT_TEXT', { number })
  }
  const feedback = {
    id: context.newId(),
    caseNumber: number,
    by: command.by,
    mode: command.mode,
    text,
    impossibleBecause,
    recordedAt: context.now,
    recordedBy: context.actor.subject,
  }
  return [{ ...caseFact('FeedbackRecorded', 'recordFeedback', state, 'FED_BACK', context), feedback }]
}

/** A unit speaks for itself, of a case it handles; who called in confidence hears from the office only. */
function requireGiver(state: CaseState, { by }: RecordFeedback, { actor, departments }: Context): void {
  const { number, confidential } = state.case
  if (actor.role === 'DEPARTMENT') {
    if (by !== 'DEPARTMENT') throw refuse('FEEDBACK_BY_OTHER', { role: actor.role, by })
    const own = actor.department
    const held = activeAssignments(state)
    if (own === null || !held.some(({ department }) => departments.isWithin(department, own))) {
      const assignment = held.map(({ id }) => id).join(', ') || '—'
      const department = held.map((one) => one.department).join(', ') || '—'
      throw forbid('unit', 'recordFeedback', { assignment, department, own: own ?? '—' })
    }
  }
  if (by === 'DEPARTMENT' && confidential) throw refuse('FEEDBACK_THROUGH_OFFICE', { number })
}

/** There is a result to tell only when every unit's reply was accepted (R29). */
function requireOutcome(state: CaseState): void {
  const open = unsettled(state)
  if (open.length === 0) return
  const departments = open.map(({ department }) => department).join(', ')
  throw refuse('FEEDBACK_WITHOUT_REPLY', { number: state.case.number, departments })
}
