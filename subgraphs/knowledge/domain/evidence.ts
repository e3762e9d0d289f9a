import models from './evidence-model.json' with { type: 'json' }
import type { AskKind } from './ask.ts'
import { coverageOf } from './coverage.ts'
import type { KnownEvidence } from './known.ts'
import type { Question } from './question.ts'
import type { Saying } from './lexicon.ts'
import { presence, rankWeights, sayingPresence, sayingWeight, type RankedText, type Rarity } from './rank.ts'

/** Weights found on the tuning half of the questions. */
const evidenceLimits = {
  /** Weight of a subject the article does not speak of, against 1 for a word. */
  subject: 3,
  /** What a standard word, said in another way and in the title or a keyword, adds. */
  synonym: 0.3,
  /** Hints below this say nothing, and how much those above add. */
  weakHint: 1,
  hint: 0.6,
  /** A caller tells much besides: what is not covered never weighs more than this, however long the text. */
  asides: 1.75,
  /** A subject that a story only tells of weighs less than one it asks about. */
  aside: 0.4,
  /** What a further saying of the same meaning adds. */
  furtherSaying: 0.25,
} as const

/** How the ranking came out: what a bare best score does not tell. */
export interface Ranking {
  readonly best: number
  readonly second: number
  /** Share of the best three that belong to the category of the best. */
  readonly agreement: number
  /** Whether the best is about something easily taken for what was asked: 0 no, 1 yes. */
  readonly clash: number
}

/** What is decided by: one where questions are known whose answers were told, one where words alone decide. */
interface Model {
  readonly threshold: number
  readonly bias: number
  readonly weights: Readonly<Partial<Record<keyof Features, number>>>
}

const NOTHING_KNOWN: KnownEvidence = {
  usual: 0,
  nearAnswered: 0,
  nearRefused: 0,
  nearSame: 0,
  vote: 0,
  pairsHad: 0,
  pairsHeading: 0,
  pairsHadSum: 0,
  pairsHeadingSum: 0,
}

/** What the decision rests on, each 0 to about 1; the model gives each a weight. */
export type Features = Readonly<Record<keyof typeof models.known.weights, number>>

/** Why the best article was or was not taken for an answer. */
export interface Evidence {
  readonly answerable: boolean
  /** Share of the question's telling words that the article speaks of, 0 to 1. */
  readonly share: number
  readonly strength: number
  /** How likely it is that the article answers, 0 to 1. */
  readonly likelihood: number
  readonly features: Features
}

/**
 * Whether an article answers a question, by what the question is about and not by a bare score: its subjects, telling
 * words and sayings are weighed, and the article has to speak of enough of them. A rule on dogs shares every word of
 * a question on cats but the one that matters.
 */
export function weighEvidence(
  question: Question,
  article: RankedText,
  rarity: Rarity,
  ranking: Ranking,
  known: KnownEvidence | null,
): Evidence {
  let covered = 0
  let uncovered = 0
  let missing = 0
  const weigh = (weight: number, degree: number): void => {
    covered += weight * Math.min(1, degree)
    uncovered += weight * Math.max(0, 1 - degree)
  }
  const said = question.sayings.filter(({ terms }) => sayingPresence(terms, article, rarity) > 0.3)
  const surest = new Map<string, Saying>()
  for (const saying of said) {
    const meaning = saying.terms.join(' ')
    const before = surest.get(meaning)
    if (!before || sayingWeight(before.parts) < sayingWeight(saying.parts)) surest.set(meaning, saying)
  }
  for (const { parts, terms } of surest.values())
    weigh(sayingWeight(parts), sayingPresence(terms, article, rarity) * 1.5)
  covered += evidenceLimits.furtherSaying * (said.length - surest.size)
  const synonymous = question.synonyms.filter((word) => presence(word, article) > rankWeights.body)
  covered += evidenceLimits.synonym * synonymous.length
  const hinted = question.hinted.find(({ terms }) => sayingPresence(terms, article, rarity) > 0.7)
  if (hinted) covered += Math.max(0, hinted.strength - evidenceLimits.weakHint) * evidenceLimits.hint
  const explained = [...new Set(said.flatMap(({ parts }) => parts))]
  const hints = hinted?.words.filter(isLong) ?? []
  const subjects = question.subjects.map(({ subject }) => subject)
  for (const { subject, covers } of question.subjects) {
    if (explained.some((part) => part.includes(subject))) continue
    const degree = Math.max(...covers.map((word) => subjectPresence(word, article)))
    covered += degree
    const aside = question.isStory && question.ask !== '' && !question.ask.includes(subject)
    missing += evidenceLimits.subject * (1 - degree) * (aside ? evidenceLimits.aside : 1)
  }
  for (const word of question.words) {
    if (subjects.some((subject) => subject.includes(word))) continue
    if (explained.some((part) => part.includes(word) || word.includes(part))) continue
    const degree = presenceInParts(word, article)
    if (degree === 0 && hints.some((part) => part.includes(word) || word.includes(part))) continue
    weigh(rarity(word) * (question.weights.get(word) ?? 1), degree)
  }
  const total = covered + missing + Math.min(uncovered, evidenceLimits.asides)
  const share = total === 0 ? 0 : covered / total
  const unknown = question.words.filter(
    (word) => rarity(word) > NEARLY_UNHEARD && presenceInParts(word, article) === 0,
  )
  const features: Features = {
    share,
    strength: capped(covered, 4),
    missing: capped(missing, 3),
    uncovered: capped(uncovered, 3),
    unheard: capped(
      unknown.reduce((sum, word) => sum + (question.weights.get(word) ?? 1), 0),
      3,
    ),
    best: ranking.best / (ranking.best + 2),
    margin: ranking.best === 0 ? 0 : (ranking.best - ranking.second) / ranking.best,
    agreement: ranking.agreement,
    said: capped(surest.size, 2),
    hinted: capped(hinted?.strength ?? 0, 4),
    /** What the words hint at is what was found. */
    foremost: hinted !== undefined && hinted === question.hinted[0] ? 1 : 0,
    mentioned: mentioned(question, article),
    // A story or a dialect says nothing by itself: it only excuses that little of it is covered.
    told: question.told ? Math.min(1, covered) : 0,
    spoken: question.spoken ? Math.min(1, covered) : 0,
    ...askFeatures(question, article, rarity, [...explained, ...hints], share),
    unmet: question.asks.some((ask) => !meets(ask, article)) ? 1 : 0,
    clash: ranking.clash,
    elsewhere: question.places.length > 0 ? 1 : 0,
    ...coverageOf(question, article, rarity),
    ...(known ?? NOTHING_KNOWN),
  }
  const model: Model = known ? models.known : models.alone
  const likelihood = likelihoodOf(model, features)
  return { share, strength: covered, features, likelihood, answerable: likelihood >= model.threshold }
}

/** How much of the part that asks is covered; a part without a telling word ("who sees to this?") stands for the whole. */
function askFeatures(
  question: Question,
  article: RankedText,
  rarity: Rarity,
  explained: readonly string[],
  share: number,
): { asked: number; askMissing: number } {
  let covered = 0
  let total = 0
  for (const word of question.words) {
    if (!question.ask.includes(word)) continue
    const weight = rarity(word) * (question.weights.get(word) ?? 1)
    const known = explained.some((part) => part.includes(word) || word.includes(part))
    total += weight
    covered += weight * (known ? 1 : Math.min(1, presenceInParts(word, article)))
  }
  const vague = total < VAGUE
  return { asked: vague ? share : covered / total, askMissing: vague ? 0 : capped(total - covered, 2) }
}

/** What the words of an ask weigh together at least, for it to say what it asks about. */
const VAGUE = 0.4

/** Whether an article has one of the words that an answer of this kind needs. */
function meets({ terms }: AskKind, article: RankedText): boolean {
  return terms.some((term) => presence(term, article) > 0)
}

/** A word that next to no article has. */
const NEARLY_UNHEARD = 0.85

/** The logistic score; its weights were fitted by test/bench/knowledge-fit.ts. */
function likelihoodOf({ bias, weights }: Model, features: Features): number {
  const names = Object.keys(features) as (keyof Features)[]
  const sum = names.reduce((total, name) => total + (weights[name] ?? 0) * features[name], bias)
  return 1 / (1 + Math.exp(-sum))
}

function capped(value: number, most: number): number {
  return Math.min(1, value / most)
}

/** How many of the words the article mentions anywhere, in title, keywords or body: no share, so that asides do not count. */
function mentioned(question: Question, article: RankedText): number {
  return capped(question.words.filter((word) => presence(word, article) > 0).length, 4)
}

/** A subject in the title or a keyword is spoken of; one that the body only mentions hardly is. */
function subjectPresence(word: string, article: RankedText): number {
  const degree = presence(word, article)
  return degree > rankWeights.body ? 1 : degree * 0.75
}

function isLong(word: string): boolean {
  return word.length > 1
}

/** A longer word counts by its pairs: 电梯广告费 is half known to an article on 电梯广告. */
function presenceInParts(word: string, article: RankedText): number {
  const whole = presence(word, article)
  if (whole > 0 || word.length < 3) return Math.min(1, whole * 2)
  const pairs = Array.from({ length: word.length - 1 }, (_, place) => word.slice(place, place + 2))
  const found = pairs.filter((pair) => presence(pair, article) > 0)
  return (found.length / pairs.length) * 0.6
}
