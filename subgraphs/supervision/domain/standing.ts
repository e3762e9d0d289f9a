import type { Day } from '@hub/kit/day.ts'

/** Statuses of a case as the cases room announces them; what this room does not know is kept as it came. */
export type CaseStatus = string

/** Statuses of an assignment (charter, "Case and assignment"). */
export type AssignmentStatus = string

/** A date for doing the work again, and the day on which the new reply came (R70). */
export interface RedoClock {
  readonly by: Day
  readonly repliedOn: Day | null
}

/** A case as this room knows it from the log: enumerated values and dates only. */
export interface FollowedCase {
  readonly number: string
  readonly status: CaseStatus
  readonly matterType: string | null
  readonly urgency: string | null
  readonly registeredAt: Date | null
  readonly firstDispatchedAt: Date | null
  readonly answeredDirectlyAt: Date | null
  /** A reply, a direct answer, a route told: what the citizen hears (回音). */
  readonly echoAt: Date | null
  /** Feedback given, or why it was impossible; a direct answer and a route told are outcomes too (落实). */
  readonly outcomeAt: Date | null
  readonly callbackAt: Date | null
  /** The lead unit at the time of the callback: whose work the citizen judged. */
  readonly callbackDepartment: string | null
  readonly contacted: boolean | null
  readonly solved: boolean | null
  readonly satisfaction: string | null
  readonly closedAt: Date | null
  readonly district: string | null
  /** When units last disagreed (R71). */
  readonly disputedAt: Date | null
  /** When it was last put before a leader (R52, R71). */
  readonly reportedAt: Date | null
  /** When the leader answered that report; null while it is waited for. */
  readonly instructedAt: Date | null
  /** When the instruction was carried out (R72). */
  readonly instructionActedAt: Date | null
}

/** An assignment as this room knows it from the log. */
export interface FollowedAssignment {
  readonly id: string
  readonly caseNumber: string
  readonly department: string
  readonly role: string
  readonly status: AssignmentStatus
  readonly dispatchedAt: Date
  /** Whether it was made by the first dispatch of its case: 首派. */
  readonly firstDispatch: boolean
  readonly replyRequired: boolean
  readonly dueOn: Day
  readonly capOn: Day | null
  readonly redoBy: Day | null
  readonly redoCount: number
  readonly redoClocks: readonly RedoClock[]
  readonly signedForAt: Date | null
  readonly firstReplyAt: Date | null
  readonly firstReplyDays: number | null
  readonly contactedAt: Date | null
  readonly firstReviewedAt: Date | null
  readonly returnRequestedAt: Date | null
  readonly returnedAt: Date | null
  readonly returnDaysLost: number | null
  /** The missed date for which the written supervision was issued last: a breach is supervised once (R66). */
  readonly breachOn: Day | null
  /** What made its date: the policy whose marks it is reminded by (R8), and the calendar; null when it was not told. */
  readonly policyVersion: string | null
  readonly calendarVersion: string | null
}

/** What is known of one case and its assignments; the unit that events are applied to. */
export interface Standing {
  readonly case: FollowedCase
  readonly assignments: readonly FollowedAssignment[]
}
