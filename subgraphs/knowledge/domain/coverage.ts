import type { Question } from './question.ts'
import { presence, rankWeights, type RankedText, type Rarity } from './rank.ts'

/** How much of a question's characters, in neighbouring pairs, an article has: this asks no list what they mean. */
export interface Coverage {
  readonly pairsShare: number
  readonly pairsAbout: number
  readonly pairsSum: number
  readonly pairsAboutSum: number
  /** A long text tells much, and little of it is asked. */
  readonly length: number
}

const MOST = 10
const STORY = 100

export function coverageOf(question: Question, article: RankedText, rarity: Rarity): Coverage {
  let [all, covered, about] = [0, 0, 0]
  for (const pair of question.pairs) {
    const weight = rarity(pair)
    const degree = presence(pair, article)
    all += weight
    if (degree > 0) covered += weight
    if (degree > rankWeights.body) about += weight
  }
  const share = (part: number): number => (all === 0 ? 0 : part / all)
  return {
    pairsShare: share(covered),
    pairsAbout: share(about),
    pairsSum: Math.min(1, covered / MOST),
    pairsAboutSum: Math.min(1, about / MOST),
    length: Math.min(1, question.asPut.length / STORY),
  }
}
