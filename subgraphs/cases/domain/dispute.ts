import { forbid, requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { refuse } from './errors.ts'
import { caseFact } from './facts.ts'
import { activeAssignments } from './handling.ts'
import { reportOf } from './report-to-leader.ts'
import { requireText } from './text.ts'
import type { Context } from './context.ts'
import type { CaseEvent } from './events.ts'
import type { DisputePosition } from './state-seldom.ts'
import type { CaseState } from './state.ts'

export interface RaiseDispute {
  readonly positions: readonly DisputePosition[]
}

/** Units disagree: both positions are written down, and the leaders are asked (R71). */
export function decideRaiseDispute(
  state: CaseState,
  command: RaiseDispute,
  context: Context,
): readonly CaseEvent[] {
  requireRole(context, 'raiseDispute')
  requireParty(state, context)
  requireCaseOpenFor(state.case, 'raiseDispute')
  const positions = command.positions.map(({ department, text }) => {
    if (!context.departments.find(department)) throw refuse('DEPARTMENT_NOT_FOUND', { department })
    return { department, text: requireText('positions.text', text) }
  })
  if (new Set(positions.map(({ department }) => department)).size < 2)
    throw refuse('DISPUTE_NEEDS_TWO', { number: state.case.number })
  return eventsOfDispute(state, positions, context)
}

/** A dispute, and with it the report to the leaders that an instruction will answer (R71, R72). */
export function eventsOfDispute(
  state: CaseState,
  positions: readonly DisputePosition[],
  context: Context,
): readonly CaseEvent[] {
  const dispute = {
    id: context.newId(),
    caseNumber: state.case.number,
    positions,
    raisedAt: context.now,
    raisedBy: context.actor.subject,
    settledBy: null,
  }
  const report = positions.map(({ department, text }) => `${department}:${text}`).join('\n')
  return [
    { ...caseFact('DisputeRaised', 'raiseDispute', state, 'REPORTED', context), dispute },
    {
      ...caseFact('ReportedToLeader', 'raiseDispute', state, 'REPORTED', context),
      instruction: reportOf(state, report, context),
    },
  ]
}

function requireParty(state: CaseState, { actor, departments }: Context): void {
  if (actor.role !== 'DEPARTMENT') return
  const own = actor.department ?? '—'
  const held = activeAssignments(state)
  if (held.some(({ department }) => departments.isWithin(department, own))) return
  const department = held.map((one) => one.department).join(', ')
  throw forbid('unit', 'raiseDispute', { assignment: '—', department, own })
}
