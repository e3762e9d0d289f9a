import { personalIn } from './personal.ts'
import { refuse } from './errors.ts'

const LIMIT = 20_000

/** Controls, bidirectional overrides and invisible spaces: they forge lines and hide words. */
const UNSEEN = /[\p{Cc}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/gu
const READABLE = /[\p{L}\p{N}]/u

/** A text as this room keeps it: readable, not too long, and without a person's data. */
export function requireText(field: string, given: string | null | undefined, limit = LIMIT): string {
  const text = clean(given ?? '')
  if (!READABLE.test(text)) throw refuse('WORDS_MISSING', { field })
  const { length } = text
  if (length > limit) throw refuse('WORDS_TOO_LONG', { field, length, limit })
  const found = personalIn(text)
  if (found) throw refuse('WORDS_PERSONAL', { field, what: found.what, whatZh: found.whatZh })
  return text
}

function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(UNSEEN, (character) => (character === '\n' || character === '\t' ? character : ''))
    .trim()
}
