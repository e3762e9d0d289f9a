import type { Day } from '@hub/kit/day.ts'
import { workingDaysBetween, type Calendar } from '@hub/kit/working-days.ts'

/** Statuses in which the unit owes a reply. A request to return does not stop the clock (decision 1). */
const RUNNING = ['ISSUED', 'ACCEPTED', 'REDO', 'RETURN_REQUESTED'] as const

/** What the rule needs of an assignment. */
export interface Clocked {
  readonly status: string
  readonly dueOn: Day
  readonly redoBy?: Day | null | undefined
  readonly replyRequired?: boolean | null | undefined
  /** The case is on hold: until the cap, which still counts. */
  readonly suspended?: boolean | null | undefined
  readonly capOn?: Day | null | undefined
}

/** Whether a reply is owed now: without a clock (R7, R59) and after a reply, none is. */
export function owesReply({ status, replyRequired }: Clocked): boolean {
  return replyRequired !== false && RUNNING.some((running) => running === status)
}

/** The date that counts: a redo has one of its own, which never lifts the cap of the first clock (decision 3). */
export function deadlineOf({ status, dueOn, redoBy, suspended, capOn }: Clocked): Day {
  const deadline = status === 'REDO' && redoBy ? redoBy : dueOn
  return suspended && capOn && capOn > deadline ? capOn : deadline
}

/** Due at 24:00 Asia/Shanghai of the deadline: late from the first instant of the next day (R66). */
export function isOverdue(assignment: Clocked, today: Day): boolean {
  return owesReply(assignment) && today > deadlineOf(assignment)
}

/** Working days after today up to and including the deadline; negative when late, 0 when nothing is owed. */
export function workingDaysLeft(assignment: Clocked, today: Day, calendar: Calendar): number {
  return owesReply(assignment) ? workingDaysBetween(calendar, today, deadlineOf(assignment)) : 0
}
