import type { Acting } from './acting.ts'
import { refuse } from './errors.ts'
import { TRANSITIONS, type SupervisionOrder } from './order.ts'
import { requireText } from './text.ts'

/** What one unit answered. */
export interface OrderAnswer {
  readonly orderId: string
  readonly department: string
  readonly text: string
  readonly answeredAt: Date
  readonly answeredBy: string
}

/** Decides the answer of a unit that the order names; the order is answered when all have. */
export function decideAnswer(
  order: SupervisionOrder,
  given: readonly OrderAnswer[],
  text: string,
  { now, actor }: Acting,
): { order: SupervisionOrder; answer: OrderAnswer } {
  const { documentNumber } = order
  const { department } = actor
  if (!department || !order.departments.includes(department))
    throw refuse('ORDER_NOT_ADDRESSED', { documentNumber })
  if (order.status === 'CLOSED') throw refuse('ORDER_CLOSED', { documentNumber })
  if (given.some((answer) => answer.department === department))
    throw refuse('ORDER_ANSWERED', { documentNumber })
  const answer = {
    orderId: order.id,
    department,
    text: requireText('text', text, 8_000),
    answeredAt: now,
    answeredBy: actor.subject,
  }
  const whole =
    unanswered(order, [...given, answer]).length === 0 && TRANSITIONS[order.status].includes('ANSWERED')
  return { order: whole ? { ...order, status: 'ANSWERED', answeredAt: now } : order, answer }
}

/** How a person ends an order. */
export interface CloseOrder {
  readonly outcome: 'SETTLED' | 'WITHDRAWN'
  readonly opinion: string
}

/** Decides the end of an order: settled when every unit has answered, or withdrawn, either with the office's opinion. */
export function decideClose(
  order: SupervisionOrder,
  given: readonly OrderAnswer[],
  { outcome, opinion }: CloseOrder,
  { now, actor }: Acting,
): SupervisionOrder {
  const { documentNumber } = order
  if (!TRANSITIONS[order.status].includes('CLOSED')) throw refuse('ORDER_CLOSED', { documentNumber })
  const open = unanswered(order, given)
  if (outcome === 'SETTLED' && order.status !== 'ANSWERED' && open.length > 0)
    throw refuse('ORDER_UNANSWERED', { documentNumber, departments: open.join(', ') })
  return {
    ...order,
    status: 'CLOSED',
    closedAt: now,
    outcome,
    opinion: requireText('opinion', opinion, 4_000),
    closedBy: actor.subject,
  }
}

/** Whether the date of an order has passed without its answer. */
export function isOrderOverdue({ status, dueOn }: SupervisionOrder, today: string): boolean {
  return status === 'ISSUED' && today > dueOn
}

function unanswered({ departments }: SupervisionOrder, given: readonly OrderAnswer[]): readonly string[] {
  return departments.filter((code) => !given.some(({ department }) => department === code))
}
