import type { AssignmentRecord, CaseState } from './state.ts'
import type { AssignmentStatus, CaseStatus } from './values.ts'

const gone: ReadonlySet<AssignmentStatus> = new Set(['RETURNED', 'CANCELLED'])
const answered: ReadonlySet<AssignmentStatus> = new Set(['REPLIED', 'REPLY_ACCEPTED', 'REDO'])

/** The assignments that count: not let go, and of the present round (a reopened case begins a new one). */
export function activeAssignments(state: CaseState): readonly AssignmentRecord[] {
  const since = state.case.firstDispatchedAt?.getTime()
  if (since === undefined) return []
  return state.assignments.filter(
    ({ status, dispatchedAt }) => !gone.has(status) && dispatchedAt.getTime() >= since,
  )
}

/** Whether a unit owes a reply: where one is required (R59), or where it has begun to give one. */
export function owesReply({ replyRequired, status }: AssignmentRecord): boolean {
  return replyRequired || answered.has(status)
}

/** Assignments that stand in the way of closing (R29): a reply not accepted, or never even signed for. */
export function unsettled(state: CaseState): readonly AssignmentRecord[] {
  return activeAssignments(state).filter((assignment) =>
    owesReply(assignment) ? assignment.status !== 'REPLY_ACCEPTED' : assignment.signedForAt === null,
  )
}

/** Where the units' work leaves the case. */
export function statusOfHandling(state: CaseState): CaseStatus {
  const { status } = state.case
  // A leader has been asked (R71): the units go on, the case waits for the instruction.
  if (status === 'REPORTED') return status
  const computed = statusOfWork(activeAssignments(state))
  return status === 'EMERGENCY' && computed === 'DISPATCHED' ? status : computed
}

/** The same, whatever status the case has now. */
export function statusOfWork(active: readonly AssignmentRecord[]): CaseStatus {
  if (active.length === 0) return 'REGISTERED'
  if (active.some(({ status }) => status === 'REDO')) return 'REDO'
  const owing = active.filter(owesReply)
  if (owing.length > 0) {
    if (owing.every(({ status }) => status === 'REPLY_ACCEPTED')) return 'APPROVED'
    if (owing.every(({ status }) => answered.has(status))) return 'REPLIED'
  }
  return active.some(({ signedForAt }) => signedForAt !== null) ? 'HANDLING' : 'DISPATCHED'
}

/** The state as if one assignment had changed: to see where that leaves the case before it is decided. */
export function withAssignment(state: CaseState, id: string, change: Partial<AssignmentRecord>): CaseState {
  const assignments = state.assignments.map((one) => (one.id === id ? { ...one, ...change } : one))
  return { ...state, assignments }
}
