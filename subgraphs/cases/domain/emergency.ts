import { forbid, requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { eventsOfDispatch } from './dispatch.ts'
import { refuse } from './errors.ts'
import { caseFact } from './facts.ts'
import { activeAssignments } from './handling.ts'
import { optionalText, requireText } from './text.ts'
import type { Context } from './context.ts'
import type { CaseEvent } from './events.ts'
import type { EmergencyProgressed } from './events-seldom.ts'
import type { VerificationRecord } from './state-seldom.ts'
import type { CaseState } from './state.ts'

export interface MarkEmergency {
  /** What was verified, how and with whom (R57). */
  readonly verification: string
  /** Units told at once. */
  readonly departments: readonly string[]
  readonly lead?: string | null | undefined
  /** The emergency line it was handed over to (R9): 110, 119, 120, 122. */
  readonly handedTo?: string | null | undefined
}

/** A major sudden incident is verified and acted on at once, past the ordinary queue (R56–R58). */
export function decideMarkEmergency(
  state: CaseState,
  command: MarkEmergency,
  context: Context,
): readonly CaseEvent[] {
  requireRole(context, 'markEmergency')
  requireCaseOpenFor(state.case, 'markEmergency')
  const handedTo = optionalText('handedTo', command.handedTo)
  if (command.departments.length === 0 && handedTo === null)
    throw refuse('EMERGENCY_TELLS_NOBODY', { number: state.case.number })
  const verification = verificationOf(state, command.verification, handedTo, context)
  const raised = {
    ...caseFact('EmergencyRaised', 'markEmergency', state, 'EMERGENCY', context),
    verification,
    departments: [...new Set(command.departments)],
  } as const
  if (command.departments.length === 0) return [raised]
  const order = { departments: command.departments, lead: command.lead ?? null, mode: 'PHONE' } as const
  return [raised, ...eventsOfDispatch(state, order, 'markEmergency', context)]
}

/** Word of how it goes on, at any time (R62). */
export function decideProgressEmergency(
  state: CaseState,
  command: { readonly text: string },
  context: Context,
): readonly [EmergencyProgressed] {
  requireRole(context, 'progressEmergency')
  requireCaseOpenFor(state.case, 'progressEmergency')
  requireParty(state, context)
  if (state.verifications.length === 0) throw refuse('EMERGENCY_NOT_RAISED', { number: state.case.number })
  const verification = verificationOf(state, command.text, null, context)
  const { status } = state.case
  return [{ ...caseFact('EmergencyProgressed', 'progressEmergency', state, status, context), verification }]
}

function verificationOf(
  state: CaseState,
  text: string,
  handedTo: string | null,
  context: Context,
): VerificationRecord {
  return {
    id: context.newId(),
    caseNumber: state.case.number,
    text: requireText('verification', text),
    handedTo,
    verifiedAt: context.now,
    verifiedBy: context.actor.subject,
  }
}

function requireParty(state: CaseState, { actor, departments }: Context): void {
  if (actor.role !== 'DEPARTMENT') return
  const own = actor.department ?? '—'
  const held = activeAssignments(state)
  if (held.some(({ department }) => departments.isWithin(department, own))) return
  const department = held.map((one) => one.department).join(', ') || '—'
  throw forbid('unit', 'progressEmergency', { assignment: '—', department, own })
}
