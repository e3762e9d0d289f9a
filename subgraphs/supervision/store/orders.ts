import type { Db } from '@hub/kit/postgres.ts'
import { and, asc, inArray, ne, sql } from 'drizzle-orm'
import type { SupervisionOrder } from '../domain/order.ts'
import { allExcluded } from './excluded.ts'
import { orderSerial, supervisionOrder } from './tables.ts'

/** Takes the next `count` document numbers of a year; answers the first. Held until the transaction ends: no gaps. */
export async function takeSerials(db: Db, year: number, count: number): Promise<number> {
  const [row] = await db
    .insert(orderSerial)
    .values({ year, last: count })
    .onConflictDoUpdate({
      target: orderSerial.year,
      set: { last: sql`${orderSerial.last} + excluded.last` },
    })
    .returning({ last: orderSerial.last })
  if (!row) throw new Error('the serial of supervision orders was not returned')
  return row.last - count + 1
}

/** Issues new orders. The unique index refuses a second written order for one breach. */
export async function saveNewOrders(db: Db, orders: readonly SupervisionOrder[]): Promise<void> {
  if (orders.length > 0) await db.insert(supervisionOrder).values([...orders])
}

/** Saves orders that were answered or closed. */
export async function saveOrders(db: Db, orders: readonly SupervisionOrder[]): Promise<void> {
  if (orders.length === 0) return
  await db
    .insert(supervisionOrder)
    .values([...orders])
    .onConflictDoUpdate({ target: supervisionOrder.id, set: allExcluded(supervisionOrder) })
}

/** The orders of some assignments that are not closed, held until the transaction ends. */
export async function lockOpenOrders(db: Db, assignments: readonly string[]): Promise<SupervisionOrder[]> {
  if (assignments.length === 0) return []
  return db
    .select()
    .from(supervisionOrder)
    .where(and(inArray(supervisionOrder.assignment, [...assignments]), ne(supervisionOrder.status, 'CLOSED')))
    .orderBy(asc(supervisionOrder.id))
    .for('update')
}

/** All orders of some cases, oldest first. */
export function listOrdersOfCases(db: Db, numbers: readonly string[]): Promise<SupervisionOrder[]> {
  return db
    .select()
    .from(supervisionOrder)
    .where(inArray(supervisionOrder.caseNumber, [...numbers]))
    .orderBy(asc(supervisionOrder.issuedAt), asc(supervisionOrder.documentNumber))
}

/** All orders on some assignments, oldest first. */
export function listOrdersOfAssignments(db: Db, ids: readonly string[]): Promise<SupervisionOrder[]> {
  return db
    .select()
    .from(supervisionOrder)
    .where(inArray(supervisionOrder.assignment, [...ids]))
    .orderBy(asc(supervisionOrder.issuedAt), asc(supervisionOrder.documentNumber))
}
