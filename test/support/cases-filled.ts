import { loadCases } from '@hub/cli/load/cases.ts'
import { openTestDatabase } from './database.ts'

export const FILLED_KEY = Buffer.alloc(32, 7).toString('base64url')
/** Now, in the filled database. */
export const FILLED_AT = new Date('2026-11-20T18:00:00+08:00')

/** A database of its own with so many generated cases of a year. */
export async function openFilledDatabase(cases: number) {
  const { url } = await openTestDatabase()
  const since = '2025-11-20'
  const load = { databaseUrl: url, dataKey: FILLED_KEY, cases, since, streamDays: 20, now: FILLED_AT }
  const loaded = await loadCases({ ...load, onProgress: () => {} })
  return { url, loaded }
}
