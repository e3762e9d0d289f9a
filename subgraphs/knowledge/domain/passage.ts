import type { Question } from './question.ts'
import { rankWeights, type Rarity } from './rank.ts'

const SENTENCE = /[^。\uFF01\uFF1F!?\n]+[。\uFF01\uFF1F!?\n]*/gu
const SECOND_SENTENCE_SHARE = 0.6

/**
 * The sentence of a body that answers, as it was written; a neighbour nearly as good comes with it. When no sentence
 * has a word of the question, the first one speaks for the article.
 */
export function passageOf(
  question: Question,
  body: string,
  normalise: (text: string) => string,
  rarity: Rarity,
): string {
  const sentences = (body.match(SENTENCE) ?? [body]).map((sentence) => sentence.trim()).filter(Boolean)
  const scores = sentences.map((sentence) => fit(question, normalise(sentence), rarity))
  const best = scores.indexOf(Math.max(...scores))
  const next = scores[best + 1] ?? 0
  const top = scores[best] ?? 0
  const together = top > 0 && next >= top * SECOND_SENTENCE_SHARE
  return sentences.slice(best, best + (together ? 2 : 1)).join('')
}

function fit(question: Question, sentence: string, rarity: Rarity): number {
  const has = (word: string): number => (sentence.includes(word) ? rarity(word) : 0)
  const words = question.words.reduce((total, word) => total + has(word), 0)
  const pairs = question.pairs.reduce((total, pair) => total + has(pair), 0)
  const sayings = question.sayings.flatMap(({ terms }) => terms).reduce((total, term) => total + has(term), 0)
  return words + rankWeights.pair * pairs + sayings
}
