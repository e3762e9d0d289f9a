import type { Day } from '@hub/kit/day.ts'
import type { EventBase } from './events.ts'
import type {
  Amended,
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
import type { NoticeRecord } from './state.ts'
import type { RefusalReason } from './values.ts'

export interface CaseReferred extends EventBase<'CaseReferred'> {
  readonly referral: ReferralRecord
}
export interface RefusalProposed extends EventBase<'RefusalProposed'> {
  readonly refusal: RefusalRecord
}
export interface RefusalDecided extends EventBase<'RefusalDecided'> {
  readonly refusalId: string
  readonly confirmed: boolean
  readonly reasonClass: RefusalReason
  readonly notice: NoticeRecord | null
}
export interface CaseMerged extends EventBase<'CaseMerged'> {
  readonly merge: MergeRecord
}
export interface CaseUnmerged extends EventBase<'CaseUnmerged'> {
  readonly mergeId: string
  readonly master: string
}
export interface EmergencyRaised extends EventBase<'EmergencyRaised'> {
  readonly verification: VerificationRecord
  readonly departments: readonly string[]
}
export interface EmergencyProgressed extends EventBase<'EmergencyProgressed'> {
  readonly verification: VerificationRecord
}
export interface ReportedToLeader extends EventBase<'ReportedToLeader'> {
  readonly instruction: InstructionRecord
}
export interface LeaderInstructed extends EventBase<'LeaderInstructed'> {
  readonly instructionId: string
  readonly leader: string
  readonly text: string
  readonly on: Day
  readonly targets: readonly string[]
}
export interface DisputeRaised extends EventBase<'DisputeRaised'> {
  readonly dispute: DisputeRecord
}
export interface CaseSuspended extends EventBase<'CaseSuspended'> {
  readonly suspension: SuspensionRecord
}
export interface CaseResumed extends EventBase<'CaseResumed'> {
  readonly suspensionId: string
}
export interface CaseWithdrawn extends EventBase<'CaseWithdrawn'> {
  readonly reason: string
}
export interface CaseAmended extends EventBase<'CaseAmended'> {
  readonly amendment: AmendmentRecord
  readonly amended: Partial<Amended>
  readonly confidential: boolean
}
export interface PaperFiled extends EventBase<'PaperFiled'> {
  readonly paper: PaperRecord
}
export interface CoordinationRecorded extends EventBase<'CoordinationRecorded'> {
  readonly coordination: CoordinationRecord
}
export interface CaseArchived extends EventBase<'CaseArchived'> {}

/** What happens off the main road. */
export type SeldomEvent =
  | CaseReferred
  | RefusalProposed
  | RefusalDecided
  | CaseMerged
  | CaseUnmerged
  | EmergencyRaised
  | EmergencyProgressed
  | ReportedToLeader
  | LeaderInstructed
  | DisputeRaised
  | CaseSuspended
  | CaseResumed
  | CaseWithdrawn
  | CaseArchived
  | CaseAmended
  | CoordinationRecorded
  | PaperFiled
