import { randomUUID } from 'node:crypto'
import { dayOf, type Day } from '@hub/kit/day.ts'
import { appendEvents } from '@hub/kit/event-log.ts'
import type { Tx } from '@hub/kit/postgres.ts'
import type { Calendar } from '@hub/kit/working-days.ts'
import { cityOf, type CityPolicy } from '../domain/city-policy.ts'
import { decideWritten, yearOf, type SupervisionOrder } from '../domain/order.ts'
import { policyOn } from '../domain/policy.ts'
import { saveSteps } from '../store/ladder.ts'
import { saveNewOrders, takeSerials } from '../store/orders.ts'
import { markSupervised, takeBreaches } from '../store/overdue.ts'
import { takenStep } from './climb-ladder.ts'
import { eventOf } from './order-events.ts'

/** The step of the ladder that a written order is. */
export const WRITTEN = { step: 'WRITTEN', mark: 'RED' } as const

export interface SuperviseInput {
  readonly now: Date
  /** Dates before this day are missed. */
  readonly today: Day
  readonly calendar: Calendar
  readonly policies: readonly CityPolicy[]
  readonly limit: number
}

/**
 * Issues the written supervision for up to `limit` breaches that have none (R66 R67): order, mark and event in the
 * transaction given. Many processes may do this at once: a row that one holds, another passes over.
 */
export async function superviseBreaches(tx: Tx, input: SuperviseInput): Promise<SupervisionOrder[]> {
  const { now, today, calendar, policies, limit } = input
  const breaches = await takeBreaches(tx, today, limit)
  if (breaches.length === 0) return []
  const first = await takeSerials(tx, yearOf(now), breaches.length)
  const issued = breaches.map((breach, index) => {
    const policy = policyOn(dayOf(now), policies, cityOf(breach.caseNumber))
    const serial = first + index
    return { breach, order: decideWritten(breach, { id: randomUUID(), serial, now, policy, calendar }) }
  })
  const orders = issued.map(({ order }) => order)
  await saveNewOrders(tx, orders)
  await markSupervised(
    tx,
    breaches.map(({ assignment }) => assignment),
  )
  await saveSteps(
    tx,
    issued.map(({ breach: { missedOn, ...about }, order }) =>
      takenStep({ ...about, deadlineOn: missedOn }, WRITTEN, { ...order, at: now }),
    ),
  )
  await appendEvents(
    tx,
    orders.map((order) => eventOf(order, now)),
  )
  return orders
}
