import { dayOf, type Day } from '@hub/kit/day.ts'
import { requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { refuse } from './errors.ts'
import { caseFact, noticeOf } from './facts.ts'
import { isComplainedOf } from './targets.ts'
import { optionalText, requireText } from './text.ts'
import type { Context } from './context.ts'
import type { CaseReferred, RefusalDecided, RefusalProposed } from './events-seldom.ts'
import type { CaseState } from './state.ts'
import type { ReferralKind, RefusalReason } from './values.ts'

export interface ReferCase {
  readonly kind: ReferralKind
  readonly department: string
  readonly followUpOn: Day
  readonly note?: string | null | undefined
}

/** Points the caller to a unit, or phones the unit; stays open with a day to follow up (R46–R48). */
export function decideRefer(state: CaseState, command: ReferCase, context: Context): readonly [CaseReferred] {
  requireRole(context, 'refer')
  requireCaseOpenFor(state.case, 'refer')
  const { number, complainedOf } = state.case
  const { department, followUpOn } = command
  if (!context.departments.find(department)) throw refuse('DEPARTMENT_NOT_FOUND', { department })
  if (isComplainedOf(complainedOf, department, context.departments))
    throw refuse('COMPLAINED_OF', { number, department })
  const today = dayOf(context.now)
  if (followUpOn < today) throw refuse('DATE_PAST', { field: 'followUpOn', date: followUpOn, today })
  const referral = {
    id: context.newId(),
    caseNumber: number,
    kind: command.kind,
    department,
    note: optionalText('note', command.note),
    followUpOn,
    referredAt: context.now,
    referredBy: context.actor.subject,
  }
  return [{ ...caseFact('CaseReferred', 'refer', state, 'REFERRED', context), referral }]
}

export interface ProposeRefusal {
  readonly reason: RefusalReason
  /** The right route, as the caller is told it (R4). */
  readonly route: string
}

/** The operator says that a matter is not for the hub, and which route is right (R4, R93–R95). */
export function decideProposeRefusal(
  state: CaseState,
  command: ProposeRefusal,
  context: Context,
): readonly [RefusalProposed] {
  requireRole(context, 'proposeRefusal')
  requireCaseOpenFor(state.case, 'proposeRefusal')
  const refusal = {
    id: context.newId(),
    caseNumber: state.case.number,
    reason: command.reason,
    route: requireText('route', command.route),
    proposedAt: context.now,
    proposedBy: context.actor.subject,
    confirmed: null,
    decidedAt: null,
    decidedBy: null,
  }
  const fact = caseFact('RefusalProposed', 'proposeRefusal', state, state.case.status, context)
  return [{ ...fact, refusal }]
}

/** The office confirms the refusal, or leaves the case with the desk. */
export function decideDecideRefusal(
  state: CaseState,
  command: { readonly confirm: boolean },
  context: Context,
): readonly [RefusalDecided] {
  requireRole(context, 'decideRefusal')
  requireCaseOpenFor(state.case, 'decideRefusal')
  const pending = state.refusals.findLast(({ confirmed }) => confirmed === null)
  if (!pending) throw refuse('REFUSAL_NOT_PROPOSED', { number: state.case.number })
  const { confirm } = command
  return [
    {
      ...caseFact('RefusalDecided', 'decideRefusal', state, confirm ? 'REFUSED' : 'REGISTERED', context),
      refusalId: pending.id,
      confirmed: confirm,
      reasonClass: pending.reason,
      notice: confirm ? noticeOf('REFUSED', state, context) : null,
    },
  ]
}
