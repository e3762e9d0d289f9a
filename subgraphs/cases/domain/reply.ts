import { requireAssignmentOpenFor } from './assignment-transitions.ts'
import { requireOwnUnit, requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { refuse } from './errors.ts'
import { assignmentFact, getAssignment } from './facts.ts'
import { activeAssignments, owesReply } from './handling.ts'
import { isBlank, optionalText, requireText } from './text.ts'
import type { Context } from './context.ts'
import type { AssignmentReplied } from './events.ts'
import type { AssignmentRecord, CaseState } from './state.ts'
import type { AssignmentStatus, Disposition } from './values.ts'

export interface ReplyToAssignment {
  readonly assignment: string
  readonly disposition: Disposition
  readonly text: string
  readonly publicText: string
  readonly legalBasis: readonly string[]
  readonly explanation?: string | null | undefined
  readonly contactedCaller: boolean
}

/** A unit says what it did and on what ground (R31–R33); the lead after those it leads. */
export function decideReply(
  state: CaseState,
  command: ReplyToAssignment,
  context: Context,
): readonly [AssignmentReplied] {
  requireRole(context, 'reply')
  const assignment = getAssignment(state, command.assignment)
  requireOwnUnit(context, assignment, 'reply')
  requireCaseOpenFor(state.case, 'reply')
  requireAssignmentOpenFor(assignment, 'reply')
  const { id } = assignment
  requireOthersFirst(state, assignment)
  const legalBasis = command.legalBasis.filter((line) => !isBlank(line))
  if (legalBasis.length === 0) throw refuse('REPLY_WITHOUT_BASIS', { assignment: id })
  const explanation = optionalText('explanation', command.explanation)
  if (command.disposition === 'NON_CONFORMING' && explanation === null)
    throw refuse('REPLY_WITHOUT_EXPLANATION', { assignment: id })
  const change = { status: 'REPLIED', repliedAt: context.now } as const
  return [
    {
      ...assignmentFact('AssignmentReplied', 'reply', state, assignment, change, context),
      reply: {
        id: context.newId(),
        caseNumber: state.case.number,
        assignmentId: id,
        disposition: command.disposition,
        text: requireText('text', command.text),
        publicText: requireText('publicText', command.publicText),
        legalBasis: legalBasis.map((line) => requireText('legalBasis', line)),
        explanation,
        contactedCaller: command.contactedCaller,
        repliedAt: context.now,
        repliedBy: context.actor.subject,
        accepted: null,
        reviewedAt: null,
        reviewedBy: null,
        requirements: null,
        redoBy: null,
      },
    },
  ]
}

const given: ReadonlySet<AssignmentStatus> = new Set(['REPLIED', 'REPLY_ACCEPTED'])

/** The lead answers for the co-handlers, and a unit for those under it: it replies when they have. */
function requireOthersFirst(state: CaseState, assignment: AssignmentRecord): void {
  const waitsFor = activeAssignments(state).filter(
    (other) =>
      owesReply(other) &&
      !given.has(other.status) &&
      (other.parentId === assignment.id || (assignment.role === 'LEAD' && other.role === 'CO_HANDLER')),
  )
  if (waitsFor.length === 0) return
  const departments = waitsFor.map(({ department }) => department).join(', ')
  throw refuse('REPLY_BEFORE_CO_HANDLERS', { departments })
}
