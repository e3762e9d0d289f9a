import type { Db } from '@hub/kit/postgres.ts'
import { and, desc, eq, sql, type SQL } from 'drizzle-orm'
import type { Investigation, InvestigationStatus } from '../domain/investigation.ts'
import { allExcluded } from './excluded.ts'
import { investigation } from './tables-works.ts'

/** Saves an investigation as it stands now. */
export async function saveInvestigation(db: Db, row: Investigation): Promise<void> {
  await db
    .insert(investigation)
    .values(row)
    .onConflictDoUpdate({ target: investigation.id, set: allExcluded(investigation) })
}

/** An investigation, held until the transaction ends. */
export async function lockInvestigation(db: Db, id: string): Promise<Investigation | null> {
  const [row] = await db.select().from(investigation).where(eq(investigation.id, id)).for('update')
  return row ?? null
}

export interface InvestigationFilter {
  readonly id?: string
  readonly status?: InvestigationStatus | null
  /** Only where one of these units takes part; null: all. */
  readonly departments: readonly string[] | null
  readonly limit: number
}

/** Investigations, newest first. */
export function listInvestigations(
  db: Db,
  { id, status, departments, limit }: InvestigationFilter,
): Promise<Investigation[]> {
  const conditions: SQL[] = []
  if (id) conditions.push(eq(investigation.id, id))
  if (status) conditions.push(eq(investigation.status, status))
  if (departments)
    conditions.push(sql`exists (select from jsonb_array_elements(${investigation.participants}) as part
      where part ->> 'department' in (select json_array_elements_text(${JSON.stringify(departments)}::text::json)))`)
  return db
    .select()
    .from(investigation)
    .where(and(...conditions))
    .orderBy(desc(investigation.decidedAt), desc(investigation.id))
    .limit(limit)
}
