import { redact } from './redact.ts'

const RUN = /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv
/** What stands in place of what was redacted is no word of the text. */
const MASK = /\[[^\][]{1,8}\]/g
const HAN = /^\p{Script=Han}/u

/**
 * The words a text is found by: pairs of neighbouring Chinese characters, and whole runs of letters or digits. A caller's
 * numbers are redacted first: what must not be shown must not be found either.
 */
export function wordsOf(text: string): string[] {
  const words = new Set<string>()
  for (const [run] of redact(text).replace(MASK, ' ').normalize('NFKC').toLowerCase().matchAll(RUN)) {
    if (HAN.test(run)) for (const pair of pairsOf(run)) words.add(pair)
    else words.add(run)
  }
  return [...words]
}

function pairsOf(run: string): string[] {
  const characters = [...run]
  if (characters.length === 1) return characters
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}
