import { randomUUID } from 'node:crypto'
import type { NewEvent } from '@hub/kit/event-log.ts'
import { orderData, orderEventKind, SUPERVISION_STREAM } from '../domain/order-events.ts'
import type { SupervisionOrder } from '../domain/order.ts'

/** The event that tells the other rooms what became of an order. */
export function eventOf(order: SupervisionOrder, at: Date): NewEvent {
  return {
    stream: SUPERVISION_STREAM,
    eventId: randomUUID(),
    kind: orderEventKind(order),
    at,
    data: orderData(order),
  }
}
