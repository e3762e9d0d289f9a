import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '@hub/kit/postgres.ts'
import type { KeptEntry, LexiconEntry, LexiconKind } from '../domain/lexicon.ts'
import { lexiconEntry } from './tables.ts'

const ROWS_PER_STATEMENT = 5_000

export interface LexiconState {
  readonly version: number
  /** Digest of the shipped files that the table holds. */
  readonly shipped: string
}

/** How far the word lists have changed; readers load again when it rises. */
export async function readLexiconState(db: Db): Promise<LexiconState> {
  const [row] = await db.execute<{ version: string; shipped: string }>(
    sql`select version, shipped from lexicon_state`,
  )
  return { version: Number(row?.version ?? 0), shipped: row?.shipped ?? '' }
}

/** All entries, editors' own and shipped. */
export async function listLexicon(db: Db): Promise<LexiconEntry[]> {
  const rows = await db
    .select({ kind: lexiconEntry.kind, phrase: lexiconEntry.phrase, terms: lexiconEntry.terms })
    .from(lexiconEntry)
  return rows.map((row) => ({ ...row, kind: row.kind as LexiconKind }))
}

/** Puts the shipped entries in place of the former ones; what editors added stays. False when they were there already. */
export async function replaceShipped(
  db: Db,
  digest: string,
  entries: readonly LexiconEntry[],
  changedAt: Date,
): Promise<boolean> {
  const moved = await db.execute(sql`
    update lexicon_state set version = version + 1, shipped = ${digest} where shipped <> ${digest} returning version`)
  if (moved.length === 0) return false
  await replaceOrigin(db, 'SHIPPED', entries, changedAt)
  return true
}

/** Puts the entries that belong to the sample in place of the former ones. */
export async function replaceSample(
  db: Db,
  entries: readonly LexiconEntry[],
  changedAt: Date,
): Promise<void> {
  await replaceOrigin(db, 'SAMPLE', entries, changedAt)
  await db.execute(sql`update lexicon_state set version = version + 1`)
}

async function replaceOrigin(
  db: Db,
  origin: string,
  entries: readonly LexiconEntry[],
  changedAt: Date,
): Promise<void> {
  await db.delete(lexiconEntry).where(eq(lexiconEntry.origin, origin))
  for (let start = 0; start < entries.length; start += ROWS_PER_STATEMENT)
    await db
      .insert(lexiconEntry)
      .values(
        entries
          .slice(start, start + ROWS_PER_STATEMENT)
          .map((entry) => ({ ...entry, terms: [...entry.terms], origin, changedAt })),
      )
      .onConflictDoNothing()
}

/** Adds an editor's entry; one that is there already is answered as it is, and readers need not load again. */
export async function saveEntry(
  db: Db,
  entry: LexiconEntry,
  changedBy: string,
  changedAt: Date,
): Promise<KeptEntry> {
  const values = { ...entry, terms: [...entry.terms], origin: 'EDITOR', changedBy, changedAt }
  const added = await db.insert(lexiconEntry).values(values).onConflictDoNothing().returning()
  if (added.length > 0) await db.execute(sql`update lexicon_state set version = version + 1`)
  const [kept] = await db
    .select()
    .from(lexiconEntry)
    .where(
      and(
        eq(lexiconEntry.kind, entry.kind),
        eq(lexiconEntry.phrase, entry.phrase),
        eq(lexiconEntry.terms, [...entry.terms]),
      ),
    )
  return kept ? { ...kept, kind: entry.kind } : values
}

/** What editors added, the newest first. */
export async function listEditorsEntries(db: Db, first: number): Promise<KeptEntry[]> {
  const rows = await db
    .select()
    .from(lexiconEntry)
    .where(eq(lexiconEntry.origin, 'EDITOR'))
    .orderBy(sql`changed_at desc, phrase`)
    .limit(first)
  return rows.map((row) => ({ ...row, kind: row.kind as LexiconKind }))
}
