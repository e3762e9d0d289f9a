import { operations, type Operation } from './operations.ts'
import { refuse } from './errors.ts'
import type { AssignmentStatus } from './values.ts'

/** From each status of an assignment, the statuses that may follow. */
export const assignmentTransitions: Readonly<Record<AssignmentStatus, readonly AssignmentStatus[]>> = {
  ISSUED: ['ACCEPTED', 'RETURN_REQUESTED', 'CANCELLED'],
  ACCEPTED: ['REPLIED', 'RETURN_REQUESTED', 'CANCELLED'],
  REPLIED: ['REPLY_ACCEPTED', 'REDO', 'CANCELLED'],
  // R30: only after a callback found it unsolved or unsatisfactory.
  REPLY_ACCEPTED: ['REDO'],
  REDO: ['REPLIED', 'CANCELLED'],
  // Back to where it was when the office refuses the return.
  RETURN_REQUESTED: ['RETURNED', 'ISSUED', 'ACCEPTED', 'CANCELLED'],
  RETURNED: [],
  CANCELLED: [],
}

export type UnitOperation =
  | 'signFor'
  | 'requestExtension'
  | 'decideExtension'
  | 'requestReturn'
  | 'decideReturn'
  | 'reply'
  | 'reviewReply'
  | 'subDispatch'
  | 'recomputeDue'

/** The statuses of an assignment in which an operation on it may be tried. */
export const assignmentOpenFor: Readonly<Record<UnitOperation, readonly AssignmentStatus[]>> = {
  signFor: ['ISSUED'],
  requestExtension: ['ISSUED', 'ACCEPTED'],
  decideExtension: ['ISSUED', 'ACCEPTED', 'RETURN_REQUESTED'],
  requestReturn: ['ISSUED', 'ACCEPTED'],
  decideReturn: ['RETURN_REQUESTED'],
  reply: ['ACCEPTED', 'REDO'],
  reviewReply: ['REPLIED', 'REPLY_ACCEPTED'],
  subDispatch: ['ACCEPTED', 'REDO'],
  recomputeDue: ['ISSUED', 'ACCEPTED', 'RETURN_REQUESTED', 'REPLIED', 'REDO'],
}

export interface IdentifiedAssignment {
  readonly id: string
  readonly status: AssignmentStatus
}

/** Refuses an operation that the status of the assignment does not allow. */
export function requireAssignmentOpenFor(subject: IdentifiedAssignment, operation: UnitOperation): void {
  if (!assignmentOpenFor[operation].includes(subject.status)) throw refusedBy(subject, operation)
}

/** Refuses a change of status that the table does not hold. */
export function requireAssignmentChange(
  subject: IdentifiedAssignment,
  to: AssignmentStatus,
  operation: Operation,
): void {
  if (to !== subject.status && !assignmentTransitions[subject.status].includes(to))
    throw refusedBy(subject, operation)
}

function refusedBy({ id, status }: IdentifiedAssignment, operation: Operation) {
  const { zh, passive } = operations[operation]
  return refuse('ASSIGNMENT_STATUS_FORBIDS', {
    assignment: id,
    status,
    statusZh: assignmentStatusTerms[status],
    operation: passive,
    operationZh: zh,
  })
}

/** What the duty office calls each status. */
const assignmentStatusTerms: Readonly<Record<AssignmentStatus, string>> = {
  ISSUED: '待签收',
  ACCEPTED: '已签收',
  REPLIED: '已答复待审核',
  REPLY_ACCEPTED: '答复已通过',
  REDO: '重办中',
  RETURN_REQUESTED: '申请退单中',
  RETURNED: '已退单',
  CANCELLED: '已取消',
}
