import { requireAssignmentOpenFor } from './assignment-transitions.ts'
import { requireOwnUnit, requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { assignmentFact, getAssignment } from './facts.ts'
import type { Context } from './context.ts'
import type { AssignmentSignedFor } from './events.ts'
import type { CaseState } from './state.ts'

export interface SignForAssignment {
  readonly assignment: string
}

/** A unit takes its assignment in hand. The clock has run since dispatch and does not notice (decision 1). */
export function decideSignFor(
  state: CaseState,
  command: SignForAssignment,
  context: Context,
): readonly [AssignmentSignedFor] {
  requireRole(context, 'signFor')
  const assignment = getAssignment(state, command.assignment)
  requireOwnUnit(context, assignment, 'signFor')
  requireCaseOpenFor(state.case, 'signFor')
  requireAssignmentOpenFor(assignment, 'signFor')
  const change = { status: 'ACCEPTED', signedForAt: context.now } as const
  return [assignmentFact('AssignmentSignedFor', 'signFor', state, assignment, change, context)]
}
