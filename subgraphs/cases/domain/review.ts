import { dayOf, type Day } from '@hub/kit/day.ts'
import { requireAssignmentOpenFor } from './assignment-transitions.ts'
import { requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { latestRedo } from './clocks.ts'
import { refuse } from './errors.ts'
import { assignmentFact, getAssignment } from './facts.ts'
import { isBlank, requireText } from './text.ts'
import type { Context } from './context.ts'
import type { RedoOrdered, ReplyAccepted } from './events.ts'
import type { AssignmentRecord, CaseState, ReplyRecord } from './state.ts'

export interface ReviewReply {
  readonly assignment: string
  readonly accept: boolean
  readonly requirements?: string | null | undefined
  readonly redoBy?: Day | null | undefined
}

/** The office accepts a reply, or sends it back with requirements and a date (R68–R70). */
export function decideReview(
  state: CaseState,
  command: ReviewReply,
  context: Context,
): readonly [ReplyAccepted | RedoOrdered] {
  requireRole(context, 'reviewReply')
  const assignment = getAssignment(state, command.assignment)
  requireCaseOpenFor(state.case, 'reviewReply')
  requireAssignmentOpenFor(assignment, 'reviewReply')
  const reply = state.replies.findLast(({ assignmentId }) => assignmentId === assignment.id)
  if (!reply) throw new Error(`assignment ${assignment.id} is ${assignment.status} without a reply`)
  requireOtherReviewer(assignment, reply, context)
  return command.accept
    ? [accepted(state, assignment, reply, context)]
    : [sentBack(state, assignment, reply, command, context)]
}

function accepted(state: CaseState, assignment: AssignmentRecord, reply: ReplyRecord, context: Context) {
  const change = { status: 'REPLY_ACCEPTED' } as const
  // Accepting what is accepted already changes nothing: the table has no such step.
  if (assignment.status === 'REPLY_ACCEPTED') requireFreshReply(assignment)
  const fact = assignmentFact('ReplyAccepted', 'reviewReply', state, assignment, change, context)
  return { ...fact, replyId: reply.id }
}

function sentBack(
  state: CaseState,
  assignment: AssignmentRecord,
  reply: ReplyRecord,
  command: ReviewReply,
  context: Context,
): RedoOrdered {
  const { id } = assignment
  if (isBlank(command.requirements)) throw refuse('REDO_WITHOUT_REQUIREMENTS', { assignment: id })
  const requirements = requireText('requirements', command.requirements)
  const redoBy = command.redoBy ?? null
  if (redoBy === null) throw refuse('REDO_WITHOUT_DATE', { assignment: id })
  requireRedoDate(redoBy, context)
  if (assignment.status === 'REPLY_ACCEPTED') requireUnsatisfied(state, assignment, reply)
  const change = { status: 'REDO' } as const
  const fact = assignmentFact('RedoOrdered', 'reviewReply', state, assignment, change, context)
  return { ...fact, replyId: reply.id, requirements, redoBy }
}

function requireRedoDate(redoBy: Day, { calendar, policy, now }: Context): void {
  const today = dayOf(now)
  if (redoBy < today) throw refuse('REDO_DATE_PAST', { redoBy, today })
  const latest = latestRedo(calendar, policy, now)
  if (redoBy > latest) throw refuse('REDO_DATE_TOO_FAR', { redoBy, latest, limit: policy.redoWorkingDays })
}

/** Nobody judges a reply of their own or of their own unit. */
function requireOtherReviewer(assignment: AssignmentRecord, reply: ReplyRecord, context: Context): void {
  const { subject, department } = context.actor
  const own = department !== null && context.departments.isWithin(assignment.department, department)
  if (own || subject === reply.repliedBy) throw refuse('REVIEW_OF_OWN_REPLY', { by: department ?? subject })
}

/** An accepted reply goes back only when a callback after it found the caller rightly dissatisfied (R30). */
function requireUnsatisfied(state: CaseState, { id }: AssignmentRecord, reply: ReplyRecord): void {
  const last = state.callbacks.findLast(({ contacted }) => contacted)
  const since = reply.reviewedAt?.getTime() ?? 0
  const unsatisfied = last?.solved === false || last?.satisfaction === 'DISSATISFIED'
  if (!last || !unsatisfied || last.calledAt.getTime() < since)
    throw refuse('REDO_WITHOUT_GROUND', { assignment: id })
}

function requireFreshReply({ id, status }: AssignmentRecord): void {
  throw refuse('REPLY_REVIEWED', { assignment: id, status })
}
