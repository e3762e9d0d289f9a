import type { FieldCipher } from '@hub/kit/crypt.ts'
import type { Db, Tx } from '@hub/kit/postgres.ts'
import { eq, inArray, sql, type SQL } from 'drizzle-orm'
import type { CaseRecord, CaseState } from '../domain/state.ts'
import { findCaller, saveCaller } from './callers.ts'
import { PARTS, readParts, writePart } from './case-parts.ts'
import { countOpenOrders } from './refs.ts'
import { caseTable } from './tables.ts'

/**
 * Everything one case decides upon, with its row locked until the transaction ends: two commands on one case take turns.
 * Null when there is no such case.
 */
export async function lockCaseState(tx: Tx, number: string, cipher: FieldCipher): Promise<CaseState | null> {
  const [row] = await tx.select().from(caseTable).where(eq(caseTable.number, number)).for('update')
  if (!row) return null
  const { textIndex: _textIndex, ...record } = row
  const [caller, parts, openSupervisionOrders] = await Promise.all([
    findCaller(tx, number, cipher),
    readParts(tx, number),
    countOpenOrders(tx, number),
  ])
  return { case: record, caller, openSupervisionOrders, ...parts }
}

/** Locks several cases, always in the same order: two commands that need the same two wait for each other in turn. */
export async function lockCases(tx: Tx, numbers: readonly string[]): Promise<void> {
  await tx
    .select({ number: caseTable.number })
    .from(caseTable)
    .where(inArray(caseTable.number, [...numbers]))
    .orderBy(caseTable.number)
    .for('update')
}

/** Writes what a command changed: the records whose identity is not what it was before; words only where the text is new. */
export async function saveCaseState(
  tx: Tx,
  before: CaseState | null,
  after: CaseState,
  words: readonly string[] | null,
  cipher: FieldCipher,
): Promise<void> {
  if (!before) await insertCase(tx, after.case, words ?? [])
  else if (before.case !== after.case) await updateCase(tx, after.case, words)
  if (after.caller && before?.caller !== after.caller) await saveCaller(tx, after.caller, cipher)
  for (const name of PARTS) {
    const known = new Set<unknown>(before?.[name])
    await writePart(
      tx,
      name,
      after[name].filter((record) => !known.has(record)),
    )
  }
}

async function insertCase(tx: Tx, record: CaseRecord, words: readonly string[]): Promise<void> {
  await tx.insert(caseTable).values({ ...rowOf(record), textIndex: wordVector(words) })
}

async function updateCase(
  tx: Tx,
  { number, ...record }: CaseRecord,
  words: readonly string[] | null,
): Promise<void> {
  const found = words === null ? {} : { textIndex: wordVector(words) }
  await tx
    .update(caseTable)
    .set({ ...record, ...found, complainedOf: [...record.complainedOf] })
    .where(eq(caseTable.number, number))
}

function rowOf(record: CaseRecord): Omit<typeof caseTable.$inferInsert, 'textIndex'> {
  return { ...record, complainedOf: [...record.complainedOf] }
}

function wordVector(words: readonly string[]): SQL {
  return sql`array_to_tsvector(array(select json_array_elements_text(${JSON.stringify(words)}::text::json)))`
}

/** The next serial of a day's register (R38). Locks the day until the transaction ends: take it late. */
export async function takeSerial(db: Db, day: string): Promise<number> {
  const [row] = await db.execute<{ last: number }>(sql`
    insert into daily_serial as d (day, last) values (${day}, 1)
    on conflict (day) do update set last = d.last + 1 returning last`)
  return row?.last ?? 1
}
