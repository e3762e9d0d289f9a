import { dayOf } from '@hub/kit/day.ts'
import { TRANSITIONS, type OrderOutcome, type SupervisionOrder } from './order.ts'
import { deadlineOf, owesReply } from './overdue.ts'
import type { FollowedAssignment } from './standing.ts'

/** What an event of an assignment means for the written order that may be open on it. */
export interface OrderChange {
  readonly assignment: string
  readonly at: Date
  /** null: answered by a reply that is still to be reviewed. */
  readonly closedAs: OrderOutcome | null
}

const CLOSED_AS: Readonly<Record<string, OrderOutcome>> = {
  REPLY_ACCEPTED: 'REPLY_ACCEPTED',
  REDO: 'REDO',
  RETURNED: 'RETURNED',
  CANCELLED: 'CANCELLED',
}

/** Compares an assignment before and after an event. */
export function orderChangeOf(
  before: FollowedAssignment,
  after: FollowedAssignment,
  at: Date,
): OrderChange | null {
  const base = { assignment: after.id, at }
  if (after.status !== before.status) {
    const closedAs = CLOSED_AS[after.status]
    if (closedAs) return { ...base, closedAs }
    if (after.status === 'REPLIED')
      // The reply came in time and its event after the tick: the order has no ground.
      return dayOf(at) <= deadlineOf(before)
        ? { ...base, closedAs: 'REPLIED_IN_TIME' }
        : { ...base, closedAs: null }
  }
  const moved = owesReply(after) && deadlineOf(after) > deadlineOf(before)
  return moved ? { ...base, closedAs: 'DEADLINE_MOVED' } : null
}

/** The order after a change, or the same one when the change is not for it or the table does not allow it. */
export function changeOrder(order: SupervisionOrder, change: OrderChange): SupervisionOrder {
  // What a person issued, the units answer in words and the office closes.
  if (order.issuedBy !== null) return order
  const { assignment, at, closedAs } = change
  const status = closedAs ? 'CLOSED' : 'ANSWERED'
  if (order.assignment !== assignment || !TRANSITIONS[order.status].includes(status)) return order
  return closedAs
    ? { ...order, status, closedAt: at, outcome: closedAs }
    : { ...order, status, answeredAt: at }
}
