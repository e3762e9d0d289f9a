import type { Db } from '@hub/kit/postgres.ts'
import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { Suggestion, SuggestionField, SuggestionReach, SuggestionStatus } from '../domain/suggestion.ts'
import { allExcluded } from './excluded.ts'
import { followedCase } from './tables.ts'
import { suggestion } from './tables-works.ts'

/** The suggestion of a case, held until the transaction ends; null while it is not sorted. */
export async function lockSuggestion(
  db: Db,
  by: { readonly caseNumber: string } | { readonly id: string },
): Promise<Suggestion | null> {
  const own = 'id' in by ? eq(suggestion.id, by.id) : eq(suggestion.caseNumber, by.caseNumber)
  const [row] = await db.select().from(suggestion).where(own).for('update')
  return row ?? null
}

/** Saves a suggestion as it stands now. */
export async function saveSuggestion(db: Db, row: Suggestion): Promise<void> {
  await db
    .insert(suggestion)
    .values(row)
    .onConflictDoUpdate({ target: suggestion.id, set: allExcluded(suggestion) })
}

export interface SuggestionFilter {
  readonly id?: string
  readonly status: SuggestionStatus | null
  readonly field: SuggestionField | null
  readonly reach: SuggestionReach | null
  readonly limit: number
}

/** The pool, newest first. */
export function listSuggestions(
  db: Db,
  { id, status, field, reach, limit }: SuggestionFilter,
): Promise<Suggestion[]> {
  return db
    .select()
    .from(suggestion)
    .where(
      and(
        id ? eq(suggestion.id, id) : undefined,
        status ? eq(suggestion.status, status) : undefined,
        field ? eq(suggestion.field, field) : undefined,
        reach ? eq(suggestion.reach, reach) : undefined,
      ),
    )
    .orderBy(desc(suggestion.sortedAt), desc(suggestion.id))
    .limit(limit)
}

/** Suggestions of callers that nobody has sorted yet, oldest first. */
export async function listToSort(db: Db, limit: number): Promise<string[]> {
  const { number, matterType, registeredAt } = followedCase
  const rows = await db
    .select({ number })
    .from(followedCase)
    .where(
      and(
        eq(matterType, 'SUGGESTION'),
        sql`not exists (select from suggestion as sorted where sorted.case_number = ${number})`,
      ),
    )
    .orderBy(asc(registeredAt), asc(number))
    .limit(limit)
  return rows.map((row) => row.number)
}
