import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Clock } from '@hub/kit/clock.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { readLexiconFile } from '../domain/lexicon-file.ts'
import type { LexiconKind } from '../domain/lexicon.ts'
import { replaceShipped } from '../store/lexicon.ts'

const FILES: readonly (readonly [string, LexiconKind])[] = [
  ['rewrites.txt', 'REWRITE'],
  ['synonyms.txt', 'SYNONYM'],
  ['classes.txt', 'CLASS'],
  ['expansions.txt', 'EXPANSION'],
  ['cues.txt', 'HINT'],
  ['subjects.txt', 'SUBJECT'],
  ['contrasts.txt', 'CONTRAST'],
  ['asks.txt', 'ASK'],
  ['places.txt', 'PLACE'],
  ['everyday.txt', 'EVERYDAY'],
  ['words.txt', 'WORD'],
]

/** Loads the word lists that come with the room, when they differ from what the table holds. Safe to repeat. */
export async function loadLexicon(
  database: Database,
  clock: Clock,
): Promise<{ entries: number; changed: boolean }> {
  const texts = await Promise.all(
    FILES.map(([file]) => readFile(new URL(`../lexicon/${file}`, import.meta.url), 'utf8')),
  )
  const entries = FILES.flatMap(([file, kind], index) => readLexiconFile(file, kind, texts[index] ?? ''))
  const digest = createHash('sha256').update(JSON.stringify(entries)).digest('hex')
  const changed = await database.orm.transaction((tx) => replaceShipped(tx, digest, entries, clock()))
  return { entries: entries.length, changed }
}
