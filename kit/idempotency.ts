import { and, eq, type SQL } from 'drizzle-orm'
import { pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { Caller } from './caller.ts'
import { refuse } from './errors.ts'
import type { Tx } from './postgres.ts'
import type { RequestMark } from './request-mark.ts'

/** The idempotency keys of clients; a room that takes commands has this table. */
const idempotency = pgTable('idempotency', {
  client: text('client').notNull(),
  key: text('key').notNull(),
  requestHash: text('request_hash').notNull(),
  result: text('result'),
  at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
})

/**
 * What came of the caller's idempotency key before, or null when it is new or none was sent; the key is then taken for
 * this transaction. Two requests with one key at once: the second waits here until the first has committed or failed.
 * Another request under the same key is refused, `IDEMPOTENCY_MISMATCH`.
 */
export async function keyedBefore(
  tx: Tx,
  { idempotencyKey: key }: Caller,
  { client, requestHash }: RequestMark,
  at: Date,
): Promise<string | null> {
  if (!key) return null
  const taken = await tx
    .insert(idempotency)
    .values({ client, key, requestHash, at })
    .onConflictDoNothing()
    .returning({ key: idempotency.key })
  if (taken.length > 0) return null
  const [known] = await tx
    .select({ requestHash: idempotency.requestHash, result: idempotency.result })
    .from(idempotency)
    .where(keyOf(client, key))
  if (known && known.requestHash !== requestHash) throw refuse('IDEMPOTENCY_MISMATCH', { key })
  return known?.result ?? null
}

/** Writes down what came of a keyed request: the name of what it made or changed. Without a key, nothing. */
export async function saveKeyResult(
  tx: Tx,
  { idempotencyKey: key }: Caller,
  { client }: RequestMark,
  result: string,
): Promise<void> {
  if (key) await tx.update(idempotency).set({ result }).where(keyOf(client, key))
}

function keyOf(client: string, key: string): SQL | undefined {
  return and(eq(idempotency.client, client), eq(idempotency.key, key))
}
