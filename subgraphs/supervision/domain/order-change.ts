import { dayOf } from '@hub/kit/day.ts'
import type { OrderOutcome, SupervisionOrder } from './order.ts'
import { deadlineOf, owesReply } from './overdue.ts'
import type { FollowedAssignment } from './standing.ts'

/** What an event of an assignment means for the written order that may be open on it. */
export interface OrderChange {
  readonly assignment: string
  readonly at: Date
  readonly answered: boolean
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
  const base = { assignment: after.id, at, answered: false, closedAs: null }
  if (after.status !== before.status) {
    const closedAs = CLOSED_AS[after.status]
    if (closedAs) return { ...base, closedAs }
    if (after.status === 'REPLIED')
      // The reply came in time and its event after the tick: the order has no ground.
      return dayOf(at) <= deadlineOf(before)
        ? { ...base, closedAs: 'REPLIED_IN_TIME' }
        : { ...base, answered: true }
  }
  const moved = owesReply(after) && deadlineOf(after) > deadlineOf(before)
  return moved ? { ...base, closedAs: 'DEADLINE_MOVED' } : null
}

/** The order after a change, or the same one when the change is not for it. */
export function changeOrder(order: SupervisionOrder, change: OrderChange): SupervisionOrder {
  if (order.assignment !== change.assignment || order.status === 'CLOSED') return order
  if (change.closedAs) return { ...order, status: 'CLOSED', closedAt: change.at, outcome: change.closedAs }
  if (change.answered && order.status === 'ISSUED')
    return { ...order, status: 'ANSWERED', answeredAt: change.at }
  return order
}
