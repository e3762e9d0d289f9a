import type { Day } from '@hub/kit/day.ts'
import type { Db } from '@hub/kit/postgres.ts'
import { and, arrayOverlaps, asc, desc, eq, inArray, ne, or, sql, type SQL } from 'drizzle-orm'
import type { OrderStatus, SupervisionOrder } from '../domain/order.ts'
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

/** An order, held until the transaction ends. */
export async function lockOrder(db: Db, id: string): Promise<SupervisionOrder | null> {
  const [row] = await db.select().from(supervisionOrder).where(eq(supervisionOrder.id, id)).for('update')
  return row ?? null
}

/** An order that is known to be there. */
export async function getOrder(db: Db, id: string): Promise<SupervisionOrder> {
  const [row] = await db.select().from(supervisionOrder).where(eq(supervisionOrder.id, id))
  if (!row) throw new Error(`the supervision order ${id} is gone`)
  return row
}

/** The written order for a breach, or one that is open on the assignment. */
export async function findWritten(
  db: Db,
  assignment: string,
  breachOn: Day | null,
): Promise<SupervisionOrder | null> {
  const [row] = await db
    .select()
    .from(supervisionOrder)
    .where(
      and(
        eq(supervisionOrder.assignment, assignment),
        eq(supervisionOrder.kind, 'WRITTEN'),
        or(
          eq(supervisionOrder.status, 'ISSUED'),
          breachOn ? eq(supervisionOrder.breachOn, breachOn) : undefined,
        ),
      ),
    )
    .limit(1)
  return row ?? null
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

export interface RegisterFilter {
  /** null: every department. */
  readonly departments: readonly string[] | null
  /** null: every status. */
  readonly status: readonly OrderStatus[] | null
  readonly after: { readonly issuedAt: Date; readonly id: string } | null
  readonly limit: number
}

/** The register of orders, newest first, by keyset. */
export function listOrders(db: Db, filter: RegisterFilter): Promise<SupervisionOrder[]> {
  const { departments, status, after, limit } = filter
  const { departments: urged, issuedAt, id } = supervisionOrder
  const conditions: SQL[] = []
  if (departments) conditions.push(arrayOverlaps(urged, [...departments]))
  if (status) conditions.push(inArray(supervisionOrder.status, [...status]))
  if (after)
    conditions.push(
      sql`(${issuedAt}, ${id}) < (${after.issuedAt.toISOString()}::timestamptz, ${after.id}::uuid)`,
    )
  return db
    .select()
    .from(supervisionOrder)
    .where(and(...conditions))
    .orderBy(desc(issuedAt), desc(id))
    .limit(limit)
}
