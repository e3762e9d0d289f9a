import type { Db, Tx } from '@hub/kit/postgres.ts'
import type { RequestMark } from '@hub/kit/request-mark.ts'
import { and, desc, eq } from 'drizzle-orm'
import { command, idempotency } from './tables-log.ts'

/** Remembers what was carried out on a case or an assignment. */
export async function saveCommand(
  tx: Tx,
  mark: RequestMark,
  subject: string,
  caseNumber: string,
  at: Date,
): Promise<void> {
  await tx.insert(command).values({ ...mark, subject, caseNumber, at })
}

/** When this very request of this client was carried out, if it is the last thing that was on this case or assignment. */
export async function findRepeat(
  db: Db,
  { client, requestHash }: RequestMark,
  subject: string,
): Promise<Date | null> {
  const [last] = await db
    .select({ client: command.client, requestHash: command.requestHash, at: command.at })
    .from(command)
    .where(eq(command.subject, subject))
    .orderBy(desc(command.id))
    .limit(1)
  return last?.client === client && last.requestHash === requestHash ? last.at : null
}

export interface KeyedRequest {
  readonly requestHash: string
  readonly result: string | null
}

/**
 * Takes a client's idempotency key for this transaction: null when it is new, else what it was used for. Two requests
 * with one key at once: the second waits here until the first has committed or failed.
 */
export async function takeKey(
  tx: Tx,
  key: string,
  { client, requestHash }: RequestMark,
  at: Date,
): Promise<KeyedRequest | null> {
  const taken = await tx
    .insert(idempotency)
    .values({ client, key, requestHash, at })
    .onConflictDoNothing()
    .returning({ key: idempotency.key })
  if (taken.length > 0) return null
  const [row] = await tx
    .select({ requestHash: idempotency.requestHash, result: idempotency.result })
    .from(idempotency)
    .where(and(eq(idempotency.client, client), eq(idempotency.key, key)))
  return row ?? null
}

/** Writes down what came of a keyed request: the number of the case or the id of the assignment. */
export async function saveKeyResult(tx: Tx, key: string, client: string, result: string): Promise<void> {
  await tx
    .update(idempotency)
    .set({ result })
    .where(and(eq(idempotency.client, client), eq(idempotency.key, key)))
}
