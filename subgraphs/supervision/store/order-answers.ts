import type { Db } from '@hub/kit/postgres.ts'
import { asc, inArray } from 'drizzle-orm'
import type { OrderAnswer } from '../domain/order-answer.ts'
import { supervisionAnswer } from './tables.ts'

/** The answers to some orders, oldest first. */
export function listAnswers(db: Db, orders: readonly string[]): Promise<OrderAnswer[]> {
  return db
    .select()
    .from(supervisionAnswer)
    .where(inArray(supervisionAnswer.orderId, [...orders]))
    .orderBy(asc(supervisionAnswer.answeredAt), asc(supervisionAnswer.department))
}

/** Saves the answer of a unit; the key refuses a second one. */
export async function saveAnswer(db: Db, answer: OrderAnswer): Promise<void> {
  await db.insert(supervisionAnswer).values(answer)
}
