import { dayOf, type Day } from '@hub/kit/day.ts'
import { addWorkingDays, type Calendar, type Deadline } from '@hub/kit/working-days.ts'
import type { Policy } from './policy.ts'

/** The cap: working days in all from the first dispatch (R61), whatever happens after it. */
export function capFrom(calendar: Calendar, policy: Policy, firstDispatchedAt: Date): Deadline {
  return addWorkingDays(calendar, dayOf(firstDispatchedAt), policy.capWorkingDays)
}

/** When a reply is due (R59): the day of dispatch is not counted, and the cap is never passed (R61). */
export function replyDue(calendar: Calendar, policy: Policy, dispatchedAt: Date, cap: Deadline): Deadline {
  return earlier(addWorkingDays(calendar, dayOf(dispatchedAt), policy.replyWorkingDays), cap)
}

/** The last day on which a unit may ask to return what was dispatched to it. */
export function returnWindow(calendar: Calendar, policy: Policy, dispatchedAt: Date): Day {
  return addWorkingDays(calendar, dayOf(dispatchedAt), policy.returnWithinWorkingDays).on
}

/** The latest day a redo ordered now may be due (R70). It is a deadline of its own, not bound by the cap (decision 3). */
export function latestRedo(calendar: Calendar, policy: Policy, now: Date): Day {
  return addWorkingDays(calendar, dayOf(now), policy.redoWorkingDays).on
}

/** Whether a day chosen by a person may still turn out wrong, because its year's calendar is not announced. */
export function isProvisional(calendar: Calendar, day: Day): boolean {
  return !calendar.isAnnounced(Number(day.slice(0, 4)))
}

function earlier(one: Deadline, other: Deadline): Deadline {
  return one.on <= other.on ? one : other
}
