import { readFile } from 'node:fs/promises'
import type { Clock } from '@hub/kit/clock.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { importArticles, type ImportResult } from './import-articles.ts'
import { loadKnown } from './load-known.ts'
import { loadLexicon } from './load-lexicon.ts'

/** Early enough for every sample case to be answered from the sample articles. */
const SAMPLE_IN_FORCE_FROM = '2024-01-01'

/** Loads the invented sample articles the word lists and the questions known to them. Safe to repeat. */
export async function loadSample(database: Database, clock: Clock): Promise<ImportResult> {
  await loadLexicon(database, clock)
  await loadKnown(database, clock)
  const text = await readFile(new URL('../sample/kb_articles.json', import.meta.url), 'utf8')
  const rows: unknown = JSON.parse(text)
  return importArticles(database, clock, Array.isArray(rows) ? rows : [], SAMPLE_IN_FORCE_FROM)
}
