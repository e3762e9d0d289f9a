import type { Day } from '@hub/kit/day.ts'
import type { CaseStatus, PaperKind, MatterType, ReferralKind, RefusalReason, Urgency } from './values.ts'

/** The caller was sent to a unit, or the unit was phoned; the office follows up (R46–R48). */
export interface ReferralRecord {
  readonly id: string
  readonly caseNumber: string
  readonly kind: ReferralKind
  readonly department: string
  readonly note: string | null
  readonly followUpOn: Day
  readonly referredAt: Date
  readonly referredBy: string
}

/** A matter refused with the right route told (R4); it counts once the office has confirmed it. */
export interface RefusalRecord {
  readonly id: string
  readonly caseNumber: string
  readonly reason: RefusalReason
  readonly route: string
  readonly proposedAt: Date
  readonly proposedBy: string
  readonly confirmed: boolean | null
  readonly decidedAt: Date | null
  readonly decidedBy: string | null
}

/** A case joined to a master (decision 6), and perhaps parted from it again. */
export interface MergeRecord {
  readonly id: string
  readonly caseNumber: string
  readonly master: string
  readonly statusBefore: CaseStatus
  readonly mergedAt: Date
  readonly mergedBy: string
  readonly undoneAt: Date | null
  readonly undoneBy: string | null
}

/** What was verified of a major sudden incident, and every entry after it (R56–R58, R62). */
export interface VerificationRecord {
  readonly id: string
  readonly caseNumber: string
  readonly text: string
  readonly handedTo: string | null
  readonly verifiedAt: Date
  readonly verifiedBy: string
}

/** A report to the leaders and the instruction that came back 批示 (R52, R53, R71, R72). */
export interface InstructionRecord {
  readonly id: string
  readonly caseNumber: string
  readonly report: string
  readonly reportedAt: Date
  readonly reportedBy: string
  readonly leader: string | null
  readonly text: string | null
  readonly instructedOn: Day | null
  readonly targets: readonly string[]
  readonly recordedAt: Date | null
  readonly recordedBy: string | null
}

export interface DisputePosition {
  readonly department: string
  readonly text: string
}

/** Units disagree (R71): nothing is dispatched again before a leader's instruction (R72). */
export interface DisputeRecord {
  readonly id: string
  readonly caseNumber: string
  readonly positions: readonly DisputePosition[]
  readonly raisedAt: Date
  readonly raisedBy: string
  readonly settledBy: string | null
}

export interface SuspensionRecord {
  readonly id: string
  readonly caseNumber: string
  readonly reason: string
  readonly statusBefore: CaseStatus
  readonly suspendedAt: Date
  readonly suspendedBy: string
  readonly resumedAt: Date | null
}

/** A paper kept with a case 归档材料 (R88, R90). */
export interface PaperRecord {
  readonly id: string
  readonly caseNumber: string
  readonly kind: PaperKind
  readonly title: string
  readonly text: string
  readonly filedAt: Date
  readonly filedBy: string
}

/** What the office arranged among the units of a case 协调记录 (R54, R55). */
export interface CoordinationRecord {
  readonly id: string
  readonly caseNumber: string
  readonly text: string
  readonly departments: readonly string[]
  readonly coordinatedAt: Date
  readonly coordinatedBy: string
}

/** What of a case can be corrected. */
export interface Amended {
  readonly title: string
  readonly content: string
  readonly urgency: Urgency
  readonly district: string | null
  readonly matterType: MatterType
}

/** A correction before the case was passed on, with what stood there (R44). */
export interface AmendmentRecord {
  readonly id: string
  readonly caseNumber: string
  readonly reason: string
  readonly fields: readonly string[]
  readonly former: Partial<Amended>
  readonly amendedAt: Date
  readonly amendedBy: string
}
