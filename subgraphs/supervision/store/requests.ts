import type { Db, Tx } from '@hub/kit/postgres.ts'
import type { RequestMark } from '@hub/kit/request-mark.ts'
import { desc, eq, sql } from 'drizzle-orm'
import { request } from './tables-requests.ts'

/** Requests on one subject take turns until their transaction ends: the second of two alike finds the first. */
export async function holdSubject(tx: Tx, subject: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${subject}, 0))`)
}

/** When this very request of this client was carried out and what came of it, if it was the last on its subject. */
export async function findRepeat(
  db: Db,
  mark: RequestMark,
  subject: string,
): Promise<{ at: Date; result: string } | null> {
  const [last] = await db
    .select()
    .from(request)
    .where(eq(request.subject, subject))
    .orderBy(desc(request.id))
    .limit(1)
  return last?.client === mark.client && last.requestHash === mark.requestHash ? last : null
}

/** Remembers what was carried out. */
export async function saveRequest(
  tx: Tx,
  mark: RequestMark,
  subject: string,
  result: string,
  at: Date,
): Promise<void> {
  await tx.insert(request).values({ ...mark, subject, result, at })
}
