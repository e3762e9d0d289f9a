import { appendEvents, type LoggedEvent } from '@hub/kit/event-log.ts'
import type { Tx } from '@hub/kit/postgres.ts'
import type { Calendar } from '@hub/kit/working-days.ts'
import { contributionsOf, differenceOf } from '../domain/counters.ts'
import { caseNumberOf, follow } from '../domain/follow.ts'
import { changeOrder, type OrderChange } from '../domain/order-change.ts'
import type { SupervisionOrder } from '../domain/order.ts'
import type { Standing } from '../domain/standing.ts'
import { addToDays } from '../store/department-days.ts'
import { lockOpenOrders, saveOrders } from '../store/orders.ts'
import { lockStandings, saveStandings } from '../store/standings.ts'
import { eventOf } from './order-events.ts'

/**
 * Applies events of the cases log: projection, sums and orders, in the transaction that also moves the cursor. The
 * number of statements does not depend on the number of events.
 */
export async function followCases(tx: Tx, events: readonly LoggedEvent[], calendar: Calendar): Promise<void> {
  const numbers = [...new Set(events.map(caseNumberOf))].toSorted()
  const before = await lockStandings(tx, numbers)
  const after = new Map<string, Standing>(before)
  const changes: OrderChange[] = []
  for (const event of events) {
    const number = caseNumberOf(event)
    const { standing, orderChange } = follow(after.get(number) ?? null, event, calendar)
    after.set(number, standing)
    if (orderChange) changes.push(orderChange)
  }
  await saveStandings(tx, [...after.values()])
  await addToDays(
    tx,
    differenceOf([...before.values()].flatMap(contributionsOf), [...after.values()].flatMap(contributionsOf)),
  )
  await changeOrders(tx, changes)
}

async function changeOrders(tx: Tx, changes: readonly OrderChange[]): Promise<void> {
  const open = await lockOpenOrders(tx, [...new Set(changes.map(({ assignment }) => assignment))])
  const now = new Map(open.map((order) => [order.id, order]))
  const steps: { order: SupervisionOrder; at: Date }[] = []
  for (const change of changes)
    for (const order of now.values()) {
      const changed = changeOrder(order, change)
      if (changed === order) continue
      now.set(order.id, changed)
      steps.push({ order: changed, at: change.at })
    }
  if (steps.length === 0) return
  await saveOrders(
    tx,
    [...now.values()].filter((order) => !open.includes(order)),
  )
  await appendEvents(
    tx,
    steps.map(({ order, at }) => eventOf(order, at)),
  )
}
