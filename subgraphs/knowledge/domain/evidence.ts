import type { Question } from './question.ts'
import { presence, sayingPresence, sayingWeight, type RankedText, type Rarity } from './rank.ts'

/** Limits found on the tuning half of the questions. */
export const evidenceLimits = {
  /** Weight of a subject the article does not speak of, against 1 for a word. */
  subject: 1.6,
  /** Share of what the question is about that the article has to speak of. */
  share: 0.4,
  /** Strength below which even full coverage says little. */
  strength: 0.5,
} as const

/** Why the best article was or was not taken for an answer. */
export interface Evidence {
  readonly answerable: boolean
  /** Share of the question's telling words that the article speaks of, 0 to 1. */
  readonly share: number
  readonly strength: number
}

/**
 * Whether an article answers a question, by what the question is about and not by a bare score: its subjects, telling
 * words and sayings are weighed, and the article has to speak of enough of them. A rule on dogs shares every word of
 * a question on cats but the one that matters.
 */
export function weighEvidence(question: Question, article: RankedText, rarity: Rarity): Evidence {
  let total = 0
  let covered = 0
  const weigh = (weight: number, degree: number): void => {
    total += weight
    covered += weight * Math.min(1, degree)
  }
  const said = question.sayings.filter(({ terms }) => sayingPresence(terms, article, rarity) > 0.3)
  for (const saying of said)
    weigh(sayingWeight(saying.parts), sayingPresence(saying.terms, article, rarity) * 1.5)
  const explained = new Set(said.flatMap(({ parts }) => parts))
  const isExplained = (word: string): boolean =>
    [...explained].some((part) => part.includes(word) || word.includes(part))
  for (const { subject, covers } of question.subjects) {
    if (isExplained(subject)) continue
    weigh(evidenceLimits.subject, Math.max(...covers.map((word) => presence(word, article))) * 1.5)
  }
  const subjects = new Set(question.subjects.map(({ subject }) => subject))
  for (const word of question.words) {
    if (subjects.has(word) || isExplained(word)) continue
    weigh(rarity(word), presenceInParts(word, article))
  }
  const share = total === 0 ? 0 : covered / total
  return {
    share,
    strength: covered,
    answerable: share >= evidenceLimits.share && covered >= evidenceLimits.strength,
  }
}

/** A longer word counts by its pairs: 电梯广告费 is half known to an article on 电梯广告. */
function presenceInParts(word: string, article: RankedText): number {
  const whole = presence(word, article)
  if (whole > 0 || word.length < 3) return Math.min(1, whole * 2)
  const pairs = Array.from({ length: word.length - 1 }, (_, place) => word.slice(place, place + 2))
  const found = pairs.filter((pair) => presence(pair, article) > 0)
  return (found.length / pairs.length) * 0.6
}
