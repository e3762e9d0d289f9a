import type { Question } from './question.ts'

/** An article as the ranking sees it: normalised fields. */
export interface RankedText {
  readonly title: string
  readonly keywords: readonly string[]
  readonly body: string
}

/** How telling a word is: 0 when every article has it, 1 when none has. */
export type Rarity = (word: string) => number

/** The figures the ranking rests on; they were tuned on one half of the questions and judged on the other. */
export const rankWeights = {
  title: 1,
  keyword: 1.1,
  insideKeyword: 0.9,
  body: 0.4,
  pair: 0.3,
  synonym: 0.6,
  named: 0.6,
  saying: 1.5,
  shortSaying: 1,
  hint: 0.25,
  secondTerm: 0.3,
  thirdTerm: 0.15,
  asked: 1.6,
} as const

/** How strongly an article speaks of a word: its title and keywords say what it is about, its body what it mentions. */
export function presence(word: string, article: RankedText): number {
  if (article.keywords.includes(word)) return rankWeights.keyword
  if (article.title.includes(word)) return rankWeights.title
  if (article.keywords.some((keyword) => keyword.includes(word))) return rankWeights.insideKeyword
  return article.body.includes(word) ? rankWeights.body : 0
}

/** How strongly an article speaks of what a saying stands for; several of its terms count little more than one. */
export function sayingPresence(terms: readonly string[], article: RankedText, rarity: Rarity): number {
  const strengths = terms.map((term) => presence(term, article) * (0.5 + 0.5 * rarity(term)))
  const [first = 0, second = 0, third = 0] = strengths.toSorted((one, other) => other - one)
  return first + rankWeights.secondTerm * second + rankWeights.thirdTerm * third
}

/** How sure a saying is of its meaning: two words together are surer than one short one. */
export function sayingWeight(parts: readonly string[]): number {
  const sure = parts.length > 1 || (parts[0]?.length ?? 0) > 2
  return sure ? rankWeights.saying : rankWeights.shortSaying
}

/** How well an article fits a question. Sums over words, pairs and sayings, the rarer the more. */
export function scoreOf(question: Question, article: RankedText, rarity: Rarity): number {
  const words = sum(
    question.words,
    (word) => emphasis(question, word) * rarity(word) * presence(word, article),
  )
  const pairs = sum(question.pairs, (pair) => rarity(pair) * presence(pair, article))
  const synonyms = sum(
    question.synonyms,
    (word) => rankWeights.synonym * rarity(word) * presence(word, article),
  )
  const named = sum(article.keywords, (keyword) => namedBy(question, keyword))
  return (
    words +
    synonyms +
    rankWeights.pair * pairs +
    named +
    meaningsOf(question, article, rarity) +
    hintsOf(question, article, rarity)
  )
}

/** What a story tells besides weighs less than what it asks. */
function emphasis({ isStory, ask }: Question, word: string): number {
  return isStory && ask.includes(word) ? rankWeights.asked : 1
}

/** An editor's keyword that stands in the question word for word is what it was written for. */
function namedBy({ text }: Question, keyword: string): number {
  if (keyword.length < 3 || !text.includes(keyword)) return 0
  return rankWeights.named
}

/** Sayings that stand for the same thing count once, by the surest. */
function meaningsOf(question: Question, article: RankedText, rarity: Rarity): number {
  const best = new Map<string, number>()
  for (const { parts, terms } of question.sayings) {
    const meaning = terms.join(' ')
    const asked = Math.max(...parts.map((part) => emphasis(question, part)))
    const strength = asked * sayingWeight(parts) * sayingPresence(terms, article, rarity)
    const extra = best.has(meaning) ? 0.15 * strength : 0
    best.set(meaning, Math.max(best.get(meaning) ?? 0, strength) + extra)
  }
  return sum([...best.values()], (strength) => strength)
}

/** What the words hint at together counts by how clearly they do. */
function hintsOf(question: Question, article: RankedText, rarity: Rarity): number {
  return sum(
    question.hinted,
    ({ terms, strength }) => rankWeights.hint * strength * sayingPresence(terms, article, rarity),
  )
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}
