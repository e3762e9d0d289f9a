import type { Clock } from '@hub/kit/clock.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { refuse } from '../domain/errors.ts'
import type { KeptEntry, LexiconEntry } from '../domain/lexicon.ts'
import { redactQuestion } from '../domain/redact-question.ts'
import { saveEntry } from '../store/lexicon.ts'

/** The kinds whose entries are the word alone. */
const ALONE: ReadonlySet<string> = new Set(['EVERYDAY', 'WORD', 'PLACE'])
const LONGEST = 60
const LONGEST_QUESTION = 200
const MOST_TERMS = 60

/** Adds an entry to the word lists; searches use it within seconds. One that is there already stays as it is. */
export async function saveLexiconEntry(
  database: Database,
  clock: Clock,
  entry: LexiconEntry,
  by: string,
): Promise<KeptEntry> {
  const isKnown = entry.kind === 'KNOWN'
  // A question is kept for what it asks, never for who asked it.
  const phrase = isKnown ? redactQuestion(entry.phrase).replace(/\s/g, '') : entry.phrase.trim()
  const terms = [...new Set(entry.terms.map((term) => term.trim()))]
  const isFormed = (word: string, longest: number, not: RegExp): boolean =>
    word !== '' && word.length <= longest && !not.test(word)
  const formed =
    terms.every((word) => isFormed(word, LONGEST, /[\s:#]/)) &&
    (isKnown ? isFormed(phrase, LONGEST_QUESTION, /\s/) : isFormed(phrase, LONGEST, /[\s:#]/))
  const complete = ALONE.has(entry.kind) ? terms.length === 0 : terms.length > 0 || entry.kind === 'SUBJECT'
  const named = entry.kind !== 'CLASS' || phrase.startsWith('@')
  if (!formed || !complete || !named || terms.length > MOST_TERMS)
    throw refuse('LEXICON_ENTRY_MALFORMED', { kind: entry.kind, phrase })
  return database.orm.transaction((tx) => saveEntry(tx, { kind: entry.kind, phrase, terms }, by, clock()))
}
