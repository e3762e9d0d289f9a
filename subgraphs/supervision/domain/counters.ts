import { dayOf, type Day } from '@hub/kit/day.ts'
import type { FollowedAssignment, FollowedCase, Standing } from './standing.ts'

/**
 * What is counted per department and day. Every counter is a plain sum, so a period is the sum of its days, and
 * whether a date has passed is decided when the question is asked: an open one before it is not a breach.
 * After the slash: the day that the counter stands under.
 */
export const COUNTERS = [
  'assigned', // / dispatch
  'returned', // / dispatch
  'returnWaiting', // / dispatch
  'cancelled', // / dispatch
  'firstAssigned', // / dispatch
  'firstReturned', // / dispatch
  'firstExcluded', // / dispatch
  'dueInTime', // / due date
  'dueLate', // / due date
  'dueOpen', // / due date
  'dueContacted', // / due date
  'dueExcluded', // / due date
  'redoInTime', // / redo date
  'redoLate', // / redo date
  'redoOpen', // / redo date
  'replied', // / first reply
  'replyWorkingDays', // / first reply
  'unreviewed', // / first reply
  'reviewed', // / first review
  'redone', // / first review
  'moves', // / decision of the return
  'returnDaysLost', // / decision of the return
  'callbacks', // / callback
  'uncontacted', // / callback
  'solved', // / callback
  'unsolved', // / callback
  'satisfied', // / callback
  'dissatisfied', // / callback
  'registered', // / registration
  'answeredDirectly', // / registration
  'praised', // / dispatch
] as const
export type Counter = (typeof COUNTERS)[number]
export type Counts = Readonly<Record<Counter, number>>

/** Counters of the whole city stand under this key; the office that answers the line is measured by them. */
export const CITY = '*'

/** One sum to add to. */
export interface Contribution {
  readonly department: string
  readonly day: Day
  readonly counter: Counter
  readonly count: number
}

type Add = (day: Day, counter: Counter, count?: number) => void

/** Everything that one case adds to the sums. */
export function contributionsOf({ case: followed, assignments }: Standing): Contribution[] {
  const list: Contribution[] = []
  const into =
    (department: string): Add =>
    (day, counter, count = 1) =>
      list.push({ department, day, counter, count })
  countCase(followed, into)
  for (const assignment of assignments) {
    countAssignment(assignment, into(assignment.department))
    if (followed.matterType === 'PRAISE' && !isGone(assignment))
      into(assignment.department)(dayOf(assignment.dispatchedAt), 'praised')
  }
  return list
}

function countCase(followed: FollowedCase, into: (department: string) => Add): void {
  if (followed.registeredAt) {
    const day = dayOf(followed.registeredAt)
    into(CITY)(day, 'registered')
    if (followed.answeredDirectlyAt) into(CITY)(day, 'answeredDirectly')
  }
  if (!followed.callbackAt || !followed.callbackDepartment) return
  const add = into(followed.callbackDepartment)
  const day = dayOf(followed.callbackAt)
  add(day, 'callbacks')
  if (!followed.contacted) return add(day, 'uncontacted')
  if (followed.solved !== null) add(day, followed.solved ? 'solved' : 'unsolved')
  if (followed.satisfaction) add(day, followed.satisfaction === 'DISSATISFIED' ? 'dissatisfied' : 'satisfied')
}

function countAssignment(assignment: FollowedAssignment, add: Add): void {
  const gone = isGone(assignment)
  countDispatch(assignment, add)
  if (assignment.returnedAt) {
    add(dayOf(assignment.returnedAt), 'moves')
    add(dayOf(assignment.returnedAt), 'returnDaysLost', assignment.returnDaysLost ?? 0)
  }
  if (assignment.replyRequired) countDue(assignment, gone, add)
  for (const { by, repliedOn } of assignment.redoClocks)
    if (repliedOn) add(by, repliedOn <= by ? 'redoInTime' : 'redoLate')
    else if (!gone) add(by, 'redoOpen')
  countReply(assignment, add)
}

function isGone({ status }: FollowedAssignment): boolean {
  return status === 'RETURNED' || status === 'CANCELLED'
}

function countDispatch(assignment: FollowedAssignment, add: Add): void {
  const { status, firstDispatch } = assignment
  const day = dayOf(assignment.dispatchedAt)
  add(day, 'assigned')
  if (status === 'RETURNED') add(day, 'returned')
  if (status === 'RETURN_REQUESTED') add(day, 'returnWaiting')
  if (status === 'CANCELLED') add(day, 'cancelled')
  if (!firstDispatch) return
  if (status === 'CANCELLED' || status === 'RETURN_REQUESTED') return add(day, 'firstExcluded')
  add(day, 'firstAssigned')
  if (status === 'RETURNED') add(day, 'firstReturned')
}

function countDue({ dueOn, firstReplyAt, contactedAt }: FollowedAssignment, gone: boolean, add: Add): void {
  if (firstReplyAt) add(dueOn, dayOf(firstReplyAt) <= dueOn ? 'dueInTime' : 'dueLate')
  else return add(dueOn, gone ? 'dueExcluded' : 'dueOpen')
  if (contactedAt && dayOf(contactedAt) <= dueOn) add(dueOn, 'dueContacted')
}

function countReply(assignment: FollowedAssignment, add: Add): void {
  const { firstReplyAt, firstReplyDays, firstReviewedAt, redoCount } = assignment
  if (!firstReplyAt) return
  add(dayOf(firstReplyAt), 'replied')
  add(dayOf(firstReplyAt), 'replyWorkingDays', firstReplyDays ?? 0)
  if (!firstReviewedAt) return add(dayOf(firstReplyAt), 'unreviewed')
  add(dayOf(firstReviewedAt), 'reviewed')
  if (redoCount > 0) add(dayOf(firstReviewedAt), 'redone')
}

/** What changes in the sums when a case goes from one standing to another: sorted, without zeros. */
export function differenceOf(before: readonly Contribution[], after: readonly Contribution[]): DayCounts[] {
  const rows = new Map<string, { department: string; day: Day; counts: Partial<Record<Counter, number>> }>()
  const put = (list: readonly Contribution[], sign: number) => {
    for (const { department, day, counter, count } of list) {
      const key = `${department} ${day}`
      const row = rows.get(key) ?? { department, day, counts: {} }
      row.counts[counter] = (row.counts[counter] ?? 0) + sign * count
      rows.set(key, row)
    }
  }
  put(before, -1)
  put(after, 1)
  // Sorted, so that two followers that touch the same days lock them in the same order.
  return [...rows.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row)
    .filter(({ counts }) => Object.values(counts).some((count) => count !== 0))
}

/** Sums to add for one department and day. */
export interface DayCounts {
  readonly department: string
  readonly day: Day
  readonly counts: Partial<Record<Counter, number>>
}
