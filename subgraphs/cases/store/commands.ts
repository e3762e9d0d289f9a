import type { Db, Tx } from '@hub/kit/postgres.ts'
import type { RequestMark } from '@hub/kit/request-mark.ts'
import { desc, eq } from 'drizzle-orm'
import { command } from './tables-log.ts'

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
