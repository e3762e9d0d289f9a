import type { Db, Tx } from '@hub/kit/postgres.ts'
import { eq, sql } from 'drizzle-orm'
import type { DepartmentRef } from '../domain/departments.ts'
import { articleRef, departmentRef, supervisionRef } from './tables-log.ts'

export type ArticleRef = typeof articleRef.$inferSelect

export function listDepartmentRefs(db: Db): Promise<DepartmentRef[]> {
  return db.select().from(departmentRef)
}

export async function saveDepartmentRef(tx: Tx, ref: DepartmentRef): Promise<void> {
  await tx.insert(departmentRef).values(ref).onConflictDoUpdate({ target: departmentRef.code, set: ref })
}

export async function removeDepartmentRef(tx: Tx, code: string): Promise<void> {
  await tx.delete(departmentRef).where(eq(departmentRef.code, code))
}

export async function saveArticleRef(tx: Tx, ref: ArticleRef): Promise<void> {
  await tx
    .insert(articleRef)
    .values(ref)
    .onConflictDoUpdate({ target: [articleRef.id, articleRef.version], set: ref })
}

/** The version of each article that is in force on a day; an article without one is missing from the answer. */
export async function listArticlesInForce(
  db: Db,
  ids: readonly string[],
  on: string,
): Promise<{ id: string; version: number }[]> {
  const rows = await db.execute<{ id: string; version: number }>(sql`
    select distinct on (id) id, version from article_ref
    where id = any(array(select json_array_elements_text(${JSON.stringify(ids)}::text::json)))
      and status in ('PUBLISHED', 'SUPERSEDED')
      and in_force_from <= ${on}::date and (in_force_until is null or in_force_until >= ${on}::date)
    order by id, version desc`)
  return [...rows]
}

/** Writes what the supervision room says of an order. */
export async function saveSupervisionRef(tx: Tx, ref: typeof supervisionRef.$inferInsert): Promise<void> {
  await tx.insert(supervisionRef).values(ref).onConflictDoUpdate({ target: supervisionRef.orderId, set: ref })
}

/**
 * How many orders stand in the way of closing a case. One on an assignment that is settled here is closed by that very
 * fact: the supervision room only has not said so yet.
 */
export async function countOpenOrders(tx: Tx, caseNumber: string): Promise<number> {
  const [row] = await tx.execute<{ open: number }>(sql`
    select count(*)::int as open from supervision_ref s left join assignment a on a.id = s.assignment_id
    where s.case_number = ${caseNumber} and s.status <> 'CLOSED'
      and (a.id is null or a.status not in ('REPLY_ACCEPTED', 'RETURNED', 'CANCELLED'))`)
  return row?.open ?? 0
}
