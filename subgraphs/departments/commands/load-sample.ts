import type { Clock } from '@hub/kit/clock.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { loadSample } from '../sample/load.ts'
import { importDepartments } from './import-departments.ts'
import { importLexicon } from './import-lexicon.ts'

/** Loads the invented tree, its lexicon and its places; repeating it changes nothing. */
export async function loadSampleDepartments(
  database: Database,
  clock: Clock,
): Promise<{ departments: number; matters: number }> {
  const { units, matters, places, examples } = loadSample()
  const { saved } = await importDepartments(database, clock, units)
  const { changed } = await importLexicon(database, matters, places, examples)
  return { departments: saved, matters: changed ? matters.length : 0 }
}
