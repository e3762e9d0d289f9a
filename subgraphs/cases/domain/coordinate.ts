import { requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { refuse } from './errors.ts'
import { caseFact } from './facts.ts'
import { activeAssignments } from './handling.ts'
import { requireText } from './text.ts'
import type { Context } from './context.ts'
import type { CoordinationRecorded } from './events-seldom.ts'
import type { CaseState } from './state.ts'

export interface CoordinateCase {
  /** What was arranged. */
  readonly text: string
  /** The units that took part. */
  readonly departments: readonly string[]
}

/** The office brings the units of a case together and writes down what they arranged (R54, R55). */
export function decideCoordinate(
  state: CaseState,
  command: CoordinateCase,
  context: Context,
): readonly [CoordinationRecorded] {
  requireRole(context, 'coordinate')
  requireCaseOpenFor(state.case, 'coordinate')
  const { number, status } = state.case
  const departments = [...new Set(command.departments)]
  const holding = new Set(activeAssignments(state).map(({ department }) => department))
  for (const department of departments)
    if (!holding.has(department)) throw refuse('COORDINATION_OF_OTHERS', { number, department })
  if (departments.length < 2) throw refuse('COORDINATION_NEEDS_TWO', { number })
  const coordination = {
    id: context.newId(),
    caseNumber: number,
    text: requireText('text', command.text),
    departments,
    coordinatedAt: context.now,
    coordinatedBy: context.actor.subject,
  }
  return [{ ...caseFact('CoordinationRecorded', 'coordinate', state, status, context), coordination }]
}
