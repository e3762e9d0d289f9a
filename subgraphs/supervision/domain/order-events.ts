import type { EventData } from './event-data.ts'
import type { SupervisionOrder } from './order.ts'

/** The stream that other rooms follow: who is under supervision. */
export const SUPERVISION_STREAM = 'supervision'

export type OrderEventKind = 'SupervisionOrdered' | 'SupervisionAnswered' | 'SupervisionClosed'

/** What the other rooms may know of an order. */
export function orderData(order: SupervisionOrder): EventData {
  return {
    order: order.id,
    documentNumber: order.documentNumber,
    case: order.caseNumber,
    // An order that a person issued stands until a person closes it, whatever becomes of the assignment.
    assignment: order.issuedBy === null ? order.assignment : null,
    department: order.department,
    departments: order.departments.join(','),
    kind: order.kind,
    status: order.status,
    dueOn: order.dueOn,
    outcome: order.outcome,
  }
}

/** What happened to an order, by the status that it is in now. */
export function orderEventKind({ status }: SupervisionOrder): OrderEventKind {
  return KINDS[status]
}

const KINDS: Readonly<Record<SupervisionOrder['status'], OrderEventKind>> = {
  ISSUED: 'SupervisionOrdered',
  ANSWERED: 'SupervisionAnswered',
  CLOSED: 'SupervisionClosed',
}
