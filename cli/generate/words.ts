import { wordsOf } from '@hub/cases/domain/search-words.ts'

/** Sentences come again and again: the words of each are sought once. */
const KEPT = 50_000

/**
 * The words of a text that is put together of sentences, as the register would index them. Marks stand between the
 * sentences, so no word reaches over from one to the next, and none of them is a caller's number.
 */
export function wordsReader(): (sentences: readonly string[]) => Set<string> {
  const known = new Map<string, readonly string[]>()
  const read = (sentence: string): readonly string[] => {
    const found = known.get(sentence)
    if (found) return found
    const words = wordsOf(sentence)
    if (known.size >= KEPT) known.clear()
    known.set(sentence, words)
    return words
  }
  return (sentences) => {
    const words = new Set<string>()
    for (const sentence of sentences) for (const word of read(sentence)) words.add(word)
    return words
  }
}
