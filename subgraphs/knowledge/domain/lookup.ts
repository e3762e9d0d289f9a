import type { Place } from './postings.ts'
import type { Question } from './question.ts'
import { rankWeights, sayingWeight, type Rarity } from './rank.ts'

/** A thing that articles are looked for by: one index term, or several that have to stand together. */
export interface Sought {
  readonly terms: readonly string[]
  readonly weight: number
}

/** The index terms that a longer word consists of. */
type Parts = (word: string) => readonly string[]

const LONGEST_TERM = 2
const HINTS = 4
const TERMS_OF_HINT = 4
/** What a subject and what else counts as speaking of it adds. */
const SUBJECT = 0.6

/** What to look for: words and pairs of the question, and the terms that its sayings, hints and subjects stand for. */
export function soughtIn(question: Question, partsOf: Parts): Sought[] {
  const found = new Map<string, Sought>()
  const seek = (terms: readonly string[], weight: number): void => {
    const key = terms.join(' ')
    if (terms.length > 0 && (found.get(key)?.weight ?? 0) < weight) found.set(key, { terms, weight })
  }
  const meaning = (word: string, weight: number): void =>
    seek(word.length > LONGEST_TERM ? partsOf(word) : [word], weight)
  for (const word of question.words) seek([word], 1)
  for (const pair of question.pairs) seek([pair], rankWeights.pair)
  for (const word of question.synonyms) meaning(word, rankWeights.synonym)
  for (const { covers } of question.subjects) for (const word of covers) meaning(word, SUBJECT)
  for (const { parts, terms } of question.sayings)
    for (const [at, term] of terms.entries()) meaning(term, sayingWeight(parts) * placeWeight(at))
  for (const { terms, strength } of question.hinted.slice(0, HINTS))
    for (const [at, term] of terms.slice(0, TERMS_OF_HINT).entries())
      meaning(term, rankWeights.hint * strength * placeWeight(at))
  return [...found.values()]
}

/** The first term of a saying is the most telling. */
function placeWeight(at: number): number {
  return at === 0 ? 1 : rankWeights.secondTerm
}

/** How strongly an article speaks of a word, by where it has it. */
export function strengthOf(place: Place): number {
  return place === 0 ? rankWeights.title : rankWeights.body
}

/** One part of the index that is read: the articles that have a term, in the title or keywords or only in the body. */
export interface Reading {
  readonly term: string
  readonly place: Place
}

/**
 * What to read of the index, the most telling first, until the entries add up to what may be read: the work stays
 * bounded however many articles there are, and what is left out is common and says little.
 */
export function affordable(
  sought: readonly Sought[],
  counts: ReadonlyMap<string, { articles: number; about: number }>,
  rarity: Rarity,
  limit: number,
): Reading[] {
  const weights = new Map<string, number>()
  for (const { terms, weight } of sought)
    for (const term of terms) weights.set(term, Math.max(weight, weights.get(term) ?? 0))
  const parts = [...weights].flatMap(([term, weight]) => {
    const { articles = 0, about = 0 } = counts.get(term) ?? {}
    const worth = weight * rarity(term)
    return [
      { term, place: 0 as const, entries: about, worth },
      { term, place: 1 as const, entries: articles - about, worth: worth * rankWeights.body },
    ].filter(({ entries }) => entries > 0)
  })
  let read = 0
  return parts
    .toSorted((one, other) => other.worth - one.worth)
    .filter(({ entries }, index) => {
      if (index > 0 && read + entries > limit) return false
      read += entries
      return true
    })
    .map(({ term, place }) => ({ term, place }))
}
