import { requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { capFrom } from './clocks.ts'
import { refuse } from './errors.ts'
import { caseFact, noticeOf } from './facts.ts'
import { activeAssignments, statusOfWork } from './handling.ts'
import { assignmentFor, issued, type Terms } from './issue.ts'
import { changesOfLead, leadOf } from './lead.ts'
import { requireTarget } from './targets.ts'
import { optionalText } from './text.ts'
import type { Context } from './context.ts'
import type { CaseEvent } from './events.ts'
import type { CaseState } from './state.ts'
import type { DispatchMode } from './values.ts'

export interface DispatchCase {
  readonly departments: readonly string[]
  readonly lead?: string | null | undefined
  readonly mode: DispatchMode
  readonly replyRequired?: boolean | null | undefined
  readonly instruction?: string | null | undefined
  readonly note?: string | null | undefined
}

/** Sends a case to units with a deadline (R49–R55), or further units to a case that is being handled. */
export function decideDispatch(
  state: CaseState,
  command: DispatchCase,
  context: Context,
): readonly CaseEvent[] {
  requireRole(context, 'dispatch')
  requireCaseOpenFor(state.case, 'dispatch')
  requireInstruction(state, command.instruction ?? null)
  return eventsOfDispatch(state, command, 'dispatch', context)
}

/** The events that send a case to units, for an operation that allows it. */
export function eventsOfDispatch(
  state: CaseState,
  command: DispatchCase,
  operation: 'dispatch' | 'markEmergency',
  context: Context,
): readonly CaseEvent[] {
  const { number } = state.case
  const codes = [...new Set(command.departments)]
  if (codes.length === 0) throw refuse('DISPATCH_WITHOUT_UNIT', { number })
  for (const code of codes) requireTarget(state, code, context)

  const lead = leadOf(state, codes, command.lead ?? null)
  const terms = termsOf(state, command, context)
  const fresh = codes.map((code) =>
    assignmentFor(state, code, code === lead ? 'LEAD' : 'CO_HANDLER', terms, context),
  )
  const status = operation === 'markEmergency' ? 'EMERGENCY' : statusAfter(state, fresh)
  const dispatched = {
    ...caseFact('CaseDispatched', operation, state, status, context),
    departments: codes,
    lead,
    firstDispatchedAt: terms.firstDispatchedAt,
    capOn: terms.cap.on,
    capProvisional: terms.cap.provisional,
    notice: noticeOf('DISPATCHED', state, context),
  } as const
  return [
    dispatched,
    ...changesOfLead(state, lead, status, context),
    ...fresh.map((assignment) => issued(assignment, status, context)),
  ]
}

function termsOf(state: CaseState, command: DispatchCase, context: Context): Terms {
  const { calendar, policy, now } = context
  const firstDispatchedAt = state.case.firstDispatchedAt ?? now
  return {
    mode: command.mode,
    // R7: praise is passed on, without a clock.
    replyRequired: state.case.matterType !== 'PRAISE' && command.replyRequired !== false,
    firstDispatchedAt,
    // R61: a later dispatch of the same case does not lift the cap of the first.
    cap: capFrom(calendar, policy, firstDispatchedAt),
    parentId: null,
    instructionId: command.instruction ?? null,
    note: optionalText('note', command.note),
  }
}

function statusAfter(state: CaseState, fresh: CaseState['assignments']) {
  return statusOfWork([...activeAssignments(state), ...fresh])
}

/** What went to the leaders comes back with an instruction before it goes on (R53, R72). */
function requireInstruction(state: CaseState, instruction: string | null): void {
  const { number, status } = state.case
  if (state.disputes.some(({ settledBy }) => settledBy === null)) throw refuse('DISPUTE_OPEN', { number })
  const given = state.instructions.filter(({ recordedAt }) => recordedAt !== null)
  if (instruction !== null && !given.some(({ id }) => id === instruction))
    throw refuse('INSTRUCTION_NOT_FOUND', { number, instruction })
  if (status === 'REPORTED' && state.instructions.some(({ recordedAt }) => recordedAt === null))
    throw refuse('INSTRUCTION_AWAITED', { number })
}
