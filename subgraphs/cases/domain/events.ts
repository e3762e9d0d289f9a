import type { Day } from '@hub/kit/day.ts'
import type { SeldomEvent } from './events-seldom.ts'
import type {
  AssignmentRecord,
  CallbackRecord,
  CallerRecord,
  CaseRecord,
  DirectAnswerRecord,
  ExtensionRecord,
  FeedbackRecord,
  NoticeRecord,
  ReplyRecord,
  ReturnRecord,
} from './state.ts'
import type { AssignmentStatus, CaseStatus, Role } from './values.ts'

/** What every event says: when, by whom, and where it leaves the case. */
export interface EventBase<Kind extends string> {
  readonly kind: Kind
  readonly eventId: string
  readonly at: Date
  readonly caseNumber: string
  readonly caseStatus: CaseStatus
  readonly by: string
  readonly byRole: Role
  readonly byDepartment: string | null
}

/** An event on one assignment, and where it leaves that one. */
export interface AssignmentEventBase<Kind extends string> extends EventBase<Kind> {
  readonly assignmentId: string
  readonly department: string
  readonly assignmentStatus: AssignmentStatus
}

export interface CaseRegistered extends EventBase<'CaseRegistered'> {
  readonly case: CaseRecord
  readonly caller: CallerRecord | null
}
export interface CaseAnsweredDirectly extends EventBase<'CaseAnsweredDirectly'> {
  readonly answer: DirectAnswerRecord
}
/** The case goes to units; one AssignmentIssued follows for each. */
export interface CaseDispatched extends EventBase<'CaseDispatched'> {
  readonly departments: readonly string[]
  readonly lead: string
  readonly firstDispatchedAt: Date
  readonly capOn: Day
  readonly capProvisional: boolean
  readonly notice: NoticeRecord
}
export interface AssignmentIssued extends AssignmentEventBase<'AssignmentIssued'> {
  readonly assignment: AssignmentRecord
}
export interface LeadChanged extends AssignmentEventBase<'LeadChanged'> {
  readonly role: AssignmentRecord['role']
}
export interface AssignmentSignedFor extends AssignmentEventBase<'AssignmentSignedFor'> {}
export interface ExtensionRequested extends AssignmentEventBase<'ExtensionRequested'> {
  readonly extension: ExtensionRecord
}
export interface ExtensionDecided extends AssignmentEventBase<'ExtensionDecided'> {
  readonly extensionId: string
  readonly granted: boolean
  readonly reason: string
  /** The date that holds from now on: moved when granted, as before when not. */
  readonly dueOn: Day
  readonly dueProvisional: boolean
  readonly notice: NoticeRecord | null
}
export interface ReturnRequested extends AssignmentEventBase<'ReturnRequested'> {
  readonly request: ReturnRecord
}
export interface ReturnDecided extends AssignmentEventBase<'ReturnDecided'> {
  readonly returnId: string
  readonly accepted: boolean
  readonly reason: string
}
export interface AssignmentReplied extends AssignmentEventBase<'AssignmentReplied'> {
  readonly reply: ReplyRecord
}
export interface ReplyAccepted extends AssignmentEventBase<'ReplyAccepted'> {
  readonly replyId: string
}
export interface RedoOrdered extends AssignmentEventBase<'RedoOrdered'> {
  readonly replyId: string
  readonly requirements: string
  readonly redoBy: Day
}
export interface AssignmentCancelled extends AssignmentEventBase<'AssignmentCancelled'> {}
export interface DueMoved extends AssignmentEventBase<'DueMoved'> {
  readonly dueOn: Day
  readonly dueProvisional: boolean
  readonly capOn: Day
  readonly capProvisional: boolean
  readonly calendarVersion: string
}
export interface FeedbackRecorded extends EventBase<'FeedbackRecorded'> {
  readonly feedback: FeedbackRecord
}
export interface CallbackRecorded extends EventBase<'CallbackRecorded'> {
  readonly callback: CallbackRecord
}
export interface CaseClosed extends EventBase<'CaseClosed'> {
  /** Whether a reply and an outcome stand recorded (R29); the rule allows no other value. */
  readonly echoed: boolean
}
export interface CaseReopened extends EventBase<'CaseReopened'> {
  readonly reason: string
}

export type AssignmentEvent =
  | AssignmentIssued
  | LeadChanged
  | AssignmentSignedFor
  | ExtensionRequested
  | ExtensionDecided
  | ReturnRequested
  | ReturnDecided
  | AssignmentReplied
  | ReplyAccepted
  | RedoOrdered
  | AssignmentCancelled
  | DueMoved

/** Everything that can happen to a case. Some carry a person's data or free text: only `publicDataOf` leaves the room. */
export type CaseEvent =
  | CaseRegistered
  | CaseAnsweredDirectly
  | CaseDispatched
  | AssignmentEvent
  | FeedbackRecorded
  | CallbackRecorded
  | CaseClosed
  | CaseReopened
  | SeldomEvent
