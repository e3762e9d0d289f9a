import type { Day } from '@hub/kit/day.ts'
import type {
  AssignmentRole,
  AssignmentStatus,
  CallerType,
  CaseStatus,
  Channel,
  DispatchMode,
  Disposition,
  FeedbackBy,
  FeedbackMode,
  MatterType,
  NoticeReason,
  RequestStatus,
  Satisfaction,
  Urgency,
} from './values.ts'
import type {
  AmendmentRecord,
  CoordinationRecord,
  PaperRecord,
  DisputeRecord,
  InstructionRecord,
  MergeRecord,
  ReferralRecord,
  RefusalRecord,
  SuspensionRecord,
  VerificationRecord,
} from './state-seldom.ts'

/** A case 诉求工单. Fields are columns; instants are Dates, calendar days are texts. */
export interface CaseRecord {
  readonly number: string
  readonly title: string
  readonly content: string
  readonly channel: Channel
  readonly matterType: MatterType
  readonly urgency: Urgency
  readonly status: CaseStatus
  readonly callerType: CallerType
  readonly anonymous: boolean
  readonly confidential: boolean
  readonly district: string | null
  /** The number of the line it came over from (R9). */
  readonly sourceHotline: string | null
  /** Units or bodies complained of: never handlers (R97). */
  readonly complainedOf: readonly string[]
  readonly receivedAt: Date
  readonly registeredAt: Date
  readonly registeredBy: string
  /** The first dispatch starts the clock whose cap nothing lifts (R61). */
  readonly firstDispatchedAt: Date | null
  readonly capOn: Day | null
  readonly capProvisional: boolean
  readonly closedAt: Date | null
  readonly mergedInto: string | null
  /** How many events have happened to it: whoever acts on what they saw names it, and a case that changed says so. */
  readonly version: number
}

/** A caller's data, apart from the case: encrypted, and absent for an anonymous call. */
export interface CallerRecord {
  readonly caseNumber: string
  readonly name: string | null
  readonly organisation: string | null
  /** Normalised when it could be read as a Chinese number, else as given. */
  readonly phone: string | null
  readonly phoneValid: boolean
}

/** One unit's task in a case 承办任务. */
export interface AssignmentRecord {
  readonly id: string
  readonly caseNumber: string
  readonly department: string
  readonly role: AssignmentRole
  readonly status: AssignmentStatus
  readonly mode: DispatchMode
  readonly replyRequired: boolean
  /** The assignment of the unit that passed it down, which stays answerable (R35). */
  readonly parentId: string | null
  readonly instructionId: string | null
  readonly note: string | null
  readonly dispatchedAt: Date
  readonly dueOn: Day
  readonly dueProvisional: boolean
  readonly capOn: Day
  readonly capProvisional: boolean
  readonly policyVersion: string
  readonly calendarVersion: string
  readonly signedForAt: Date | null
  readonly signedForBy: string | null
  readonly repliedAt: Date | null
  readonly redoCount: number
  /** The deadline of the redo under way or last ordered; the first clock stays as it was. */
  readonly redoBy: Day | null
  readonly extensionCount: number
}

/** A unit's reply, with what its review said (R31–R33, R68–R70). */
export interface ReplyRecord {
  readonly id: string
  readonly caseNumber: string
  readonly assignmentId: string
  readonly disposition: Disposition
  readonly text: string
  readonly publicText: string
  readonly legalBasis: readonly string[]
  readonly explanation: string | null
  readonly contactedCaller: boolean
  readonly repliedAt: Date
  readonly repliedBy: string
  readonly accepted: boolean | null
  readonly reviewedAt: Date | null
  readonly reviewedBy: string | null
  readonly requirements: string | null
  readonly redoBy: Day | null
}

export interface ExtensionRecord {
  readonly id: string
  readonly caseNumber: string
  readonly assignmentId: string
  readonly status: RequestStatus
  readonly until: Day
  readonly reason: string
  readonly requestedAt: Date
  readonly requestedBy: string
  readonly decidedAt: Date | null
  readonly decidedBy: string | null
  readonly decisionReason: string | null
}

export interface ReturnRecord {
  readonly id: string
  readonly caseNumber: string
  readonly assignmentId: string
  readonly status: RequestStatus
  readonly reason: string
  readonly basis: string
  readonly suggested: string | null
  /** Where the assignment goes back to when the return is refused. */
  readonly statusBefore: 'ISSUED' | 'ACCEPTED'
  /** A second unit sends the same case back: units disagree (R71). */
  readonly disputed: boolean
  readonly requestedAt: Date
  readonly requestedBy: string
  readonly decidedAt: Date | null
  readonly decidedBy: string | null
  readonly decisionReason: string | null
}

export interface CitedArticle {
  readonly id: string
  readonly version: number
}

/** An answer given at once (R45), with the article versions it rests on. */
export interface DirectAnswerRecord {
  readonly id: string
  readonly caseNumber: string
  readonly text: string
  readonly articles: readonly CitedArticle[]
  readonly reason: string | null
  readonly answeredAt: Date
  readonly answeredBy: string
}

export interface FeedbackRecord {
  readonly id: string
  readonly caseNumber: string
  readonly by: FeedbackBy
  readonly mode: FeedbackMode
  readonly text: string | null
  readonly impossibleBecause: string | null
  readonly recordedAt: Date
  readonly recordedBy: string
}

export interface CallbackRecord {
  readonly id: string
  readonly caseNumber: string
  readonly contacted: boolean
  readonly solved: boolean | null
  readonly satisfaction: Satisfaction | null
  readonly note: string | null
  readonly calledAt: Date
  readonly calledBy: string
}

/** That the caller is to be told of something (R51); `possible` is false without a way to reach them. */
export interface NoticeRecord {
  readonly id: string
  readonly caseNumber: string
  readonly about: NoticeReason
  readonly possible: boolean
  readonly owedSince: Date
}

/** Everything one case decides upon. A record that an event changes gets a new identity; the others keep theirs. */
export interface CaseState {
  readonly case: CaseRecord
  readonly caller: CallerRecord | null
  readonly assignments: readonly AssignmentRecord[]
  readonly replies: readonly ReplyRecord[]
  readonly extensions: readonly ExtensionRecord[]
  readonly returns: readonly ReturnRecord[]
  readonly directAnswers: readonly DirectAnswerRecord[]
  readonly feedbacks: readonly FeedbackRecord[]
  readonly callbacks: readonly CallbackRecord[]
  readonly notices: readonly NoticeRecord[]
  readonly referrals: readonly ReferralRecord[]
  readonly refusals: readonly RefusalRecord[]
  readonly merges: readonly MergeRecord[]
  readonly verifications: readonly VerificationRecord[]
  readonly instructions: readonly InstructionRecord[]
  readonly disputes: readonly DisputeRecord[]
  readonly suspensions: readonly SuspensionRecord[]
  readonly amendments: readonly AmendmentRecord[]
  readonly coordinations: readonly CoordinationRecord[]
  readonly papers: readonly PaperRecord[]
  /** How many supervision orders are open on it, as the supervision room last said; no event of a case changes it. */
  readonly openSupervisionOrders: number
}
