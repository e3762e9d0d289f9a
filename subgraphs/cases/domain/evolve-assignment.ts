import type { AssignmentEvent } from './events.ts'
import type { AssignmentRecord, CaseState, NoticeRecord } from './state.ts'

/** The part of `evolve` for what happens to one assignment. */
export function evolveAssignment(state: CaseState, event: AssignmentEvent): CaseState {
  if (event.kind === 'AssignmentIssued')
    return { ...state, assignments: [...state.assignments, event.assignment] }
  const assignments = replaced(state.assignments, event.assignmentId, (assignment) => ({
    ...assignment,
    ...changeOf(assignment, event),
    status: event.assignmentStatus,
  }))
  return { ...state, assignments, ...besides(state, event) }
}

type Later = Exclude<AssignmentEvent, { kind: 'AssignmentIssued' }>

function changeOf(assignment: AssignmentRecord, event: Later): Partial<AssignmentRecord> {
  switch (event.kind) {
    case 'LeadChanged':
      return { role: event.role }
    case 'AssignmentSignedFor':
      return { signedForAt: event.at, signedForBy: event.by }
    case 'AssignmentReplied':
      return { repliedAt: event.at }
    case 'RedoOrdered':
      return { redoCount: assignment.redoCount + 1, redoBy: event.redoBy }
    case 'ExtensionDecided': {
      if (!event.granted) return {}
      const { dueOn, dueProvisional } = event
      return { dueOn, dueProvisional, extensionCount: assignment.extensionCount + 1 }
    }
    case 'DueMoved': {
      const { dueOn, dueProvisional, capOn, capProvisional, calendarVersion } = event
      return { dueOn, dueProvisional, capOn, capProvisional, calendarVersion }
    }
    default:
      return {}
  }
}

/** What changes beside the assignment itself: the request, the reply, the notice to the caller. */
function besides(state: CaseState, event: Later): Partial<CaseState> {
  const decided = { decidedAt: event.at, decidedBy: event.by }
  const reviewed = { reviewedAt: event.at, reviewedBy: event.by }
  switch (event.kind) {
    case 'ExtensionRequested':
      return { extensions: [...state.extensions, event.extension] }
    case 'ExtensionDecided': {
      const status = event.granted ? 'GRANTED' : 'REFUSED'
      const change = { status, decisionReason: event.reason, ...decided } as const
      return {
        extensions: replaced(state.extensions, event.extensionId, (one) => ({ ...one, ...change })),
        notices: withNotice(state.notices, event.notice),
      }
    }
    case 'ReturnRequested':
      return { returns: [...state.returns, event.request] }
    case 'ReturnDecided': {
      const status = event.accepted ? 'GRANTED' : 'REFUSED'
      const change = { status, decisionReason: event.reason, ...decided } as const
      return { returns: replaced(state.returns, event.returnId, (one) => ({ ...one, ...change })) }
    }
    case 'AssignmentReplied':
      return { replies: [...state.replies, event.reply] }
    case 'ReplyAccepted': {
      const change = { accepted: true, ...reviewed }
      return { replies: replaced(state.replies, event.replyId, (one) => ({ ...one, ...change })) }
    }
    case 'RedoOrdered': {
      const { requirements, redoBy } = event
      const change = { accepted: false, requirements, redoBy, ...reviewed }
      return { replies: replaced(state.replies, event.replyId, (one) => ({ ...one, ...change })) }
    }
    // The calendar was announced: the case's cap moves with that of its assignments.
    case 'DueMoved': {
      const { capOn, capProvisional } = event
      return { case: { ...state.case, capOn, capProvisional } }
    }
    default:
      return {}
  }
}

function withNotice(notices: readonly NoticeRecord[], notice: NoticeRecord | null) {
  return notice === null ? notices : [...notices, notice]
}

/** The list with one record changed; the others keep their identity. */
export function replaced<Row extends { readonly id: string }>(
  rows: readonly Row[],
  id: string,
  change: (row: Row) => Row,
): readonly Row[] {
  return rows.map((row) => (row.id === id ? change(row) : row))
}
