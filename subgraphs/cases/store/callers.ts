import type { FieldCipher } from '@hub/kit/crypt.ts'
import type { Db } from '@hub/kit/postgres.ts'
import { eq, inArray } from 'drizzle-orm'
import type { CallerRecord } from '../domain/state.ts'
import { caller } from './tables.ts'

type CallerRow = typeof caller.$inferSelect

function sealed(
  { caseNumber, name, organisation, phone, phoneValid }: CallerRecord,
  cipher: FieldCipher,
): CallerRow {
  const seal = (value: string | null): string | null => (value === null ? null : cipher.seal(value))
  return {
    caseNumber,
    name: seal(name),
    organisation: seal(organisation),
    phone: seal(phone),
    phoneIndex: phone === null ? null : cipher.fingerprint(phone),
    phoneValid,
  }
}

function opened(
  { caseNumber, name, organisation, phone, phoneValid }: CallerRow,
  cipher: FieldCipher,
): CallerRecord {
  const open = (value: string | null): string | null => (value === null ? null : cipher.open(value))
  return { caseNumber, name: open(name), organisation: open(organisation), phone: open(phone), phoneValid }
}

/** Writes a caller's data, sealed; the phone also as a fingerprint, so that equal phones are found. */
export async function saveCaller(db: Db, record: CallerRecord, cipher: FieldCipher): Promise<void> {
  const row = sealed(record, cipher)
  await db.insert(caller).values(row).onConflictDoUpdate({ target: caller.caseNumber, set: row })
}

export async function findCaller(
  db: Db,
  caseNumber: string,
  cipher: FieldCipher,
): Promise<CallerRecord | null> {
  const [row] = await db.select().from(caller).where(eq(caller.caseNumber, caseNumber))
  return row ? opened(row, cipher) : null
}

/** The callers of several cases, opened: whoever shows them writes a reveal first. */
export async function listCallers(
  db: Db,
  numbers: readonly string[],
  cipher: FieldCipher,
): Promise<CallerRecord[]> {
  const rows = await db
    .select()
    .from(caller)
    .where(inArray(caller.caseNumber, [...numbers]))
  return rows.map((row) => opened(row, cipher))
}
