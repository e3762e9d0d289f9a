import { presence, rankWeights, type RankedText } from './rank.ts'

/** A question whose answer is known: the articles that answer it, none when nothing does. */
export interface KnownQuestion {
  readonly question: string
  readonly articles: readonly string[]
}

/** What known questions say of a new one, each about -1 to 1. */
export interface KnownEvidence {
  /** Whether questions in such words were covered. */
  readonly usual: number
  /** How like the most similar one is that something answered, that nothing answered, and that this article answered. */
  readonly nearAnswered: number
  readonly nearRefused: number
  readonly nearSame: number
  /** What the similar ones say together. */
  readonly vote: number
  /** How much of its pairs of characters the article has, anywhere and in title or keywords, the rarer in questions the more. */
  readonly pairsHad: number
  readonly pairsHeading: number
  readonly pairsHadSum: number
  readonly pairsHeadingSum: number
}

/** A few known questions tell nothing of how questions are covered here. */
const ENOUGH = 200
/** How much nearer a similar question counts than one that is not. */
const SHARPNESS = 12
const SINGLE = 0.5
const PAIR = 1.5
/** Short questions are read as if they had this many grams more: a few characters say little. */
const SPREAD = 8
const USUAL_AT_MOST = 8
const PAIRS_AT_MOST = 100

/** The questions that editors know the answers of; new ones are held against them, by the characters they share. */
export class KnownQuestions {
  readonly questions: readonly KnownQuestion[]
  private readonly grams = new Map<string, { in: number[]; weight: number; usual: number }>()
  private readonly lengths: Float64Array

  constructor(questions: readonly KnownQuestion[]) {
    this.questions = questions
    this.lengths = new Float64Array(questions.length)
    for (const [at, { question }] of questions.entries())
      for (const gram of gramsOf(question)) {
        const entry = this.grams.get(gram)
        if (entry) entry.in.push(at)
        else this.grams.set(gram, { in: [at], weight: 0, usual: 0 })
      }
    this.weigh()
  }

  private weigh(): void {
    const { questions } = this
    const answered = questions.filter(({ articles }) => articles.length > 0).length + 1
    const refused = questions.length + 2 - answered
    for (const [gram, entry] of this.grams) {
      const of = entry.in.filter((at) => isAnswered(questions[at])).length
      entry.weight =
        Math.log(1 + questions.length / (1 + entry.in.length)) * (gram.length > 1 ? PAIR : SINGLE)
      entry.usual =
        entry.in.length > 1
          ? Math.log((of + 0.5) / answered) - Math.log((entry.in.length - of + 0.5) / refused)
          : 0
      for (const at of entry.in) this.lengths[at] = (this.lengths[at] ?? 0) + entry.weight ** 2
    }
  }

  /** How like each known question is to this one, 0 to 1. */
  private likenessOf(grams: Iterable<string>): Float64Array {
    const alike = new Float64Array(this.questions.length)
    let own = 0
    for (const gram of grams) {
      const entry = this.grams.get(gram)
      if (!entry) continue
      const square = entry.weight ** 2
      own += square
      for (const at of entry.in) alike[at] = (alike[at] ?? 0) + square
    }
    return alike.map((sum, at) => (sum === 0 ? 0 : sum / Math.sqrt(own * (this.lengths[at] ?? 1))))
  }

  private likenessTo(grams: ReadonlySet<string>, other: ReadonlySet<string>): number {
    const sizeOf = (some: Iterable<string>): number =>
      [...some].reduce((sum, gram) => sum + (this.grams.get(gram)?.weight ?? 0) ** 2, 0)
    const both = sizeOf(grams.intersection(other))
    return both === 0 ? 0 : both / Math.sqrt(sizeOf(grams) * sizeOf(other))
  }

  /** What they say to a question, and to an article that was found for it; null where too few are known. */
  evidenceFor(question: string, article: string, text: RankedText): KnownEvidence | null {
    if (this.questions.length < ENOUGH) return null
    const grams = gramsOf(question)
    const alike = this.likenessOf(grams)
    let [nearAnswered, nearRefused, nearSame, votes, all] = [0, 0, 0, 0, 0]
    for (const [at, known] of this.questions.entries()) {
      const degree = alike[at] ?? 0
      const vote = Math.exp(SHARPNESS * degree)
      all += vote
      if (isAnswered(known)) {
        votes += vote
        nearAnswered = Math.max(nearAnswered, degree)
        if (known.articles.includes(article)) nearSame = Math.max(nearSame, degree)
      } else nearRefused = Math.max(nearRefused, degree)
    }
    // A title is a question that its article answers.
    const titled = this.likenessTo(gramsOf(text.title), grams)
    nearSame = Math.max(nearSame, titled)
    nearAnswered = Math.max(nearAnswered, titled)
    let usual = 0
    for (const gram of grams) usual += this.grams.get(gram)?.usual ?? 0
    return {
      usual: usual / Math.sqrt(grams.size + SPREAD) / USUAL_AT_MOST,
      nearAnswered,
      nearRefused,
      nearSame,
      vote: votes / all - 0.5,
      ...this.coverageOf(grams, text),
    }
  }

  private coverageOf(
    grams: Iterable<string>,
    text: RankedText,
  ): Pick<KnownEvidence, 'pairsHad' | 'pairsHeading' | 'pairsHadSum' | 'pairsHeadingSum'> {
    const unheard = PAIR * Math.log(1 + this.questions.length)
    let [all, had, heading] = [0, 0, 0]
    for (const gram of grams) {
      if (gram.length < 2) continue
      const weight = this.grams.get(gram)?.weight ?? unheard
      const degree = presence(gram, text)
      all += weight
      if (degree > 0) had += weight
      if (degree > rankWeights.body) heading += weight
    }
    return {
      pairsHad: all === 0 ? 0 : had / all,
      pairsHeading: all === 0 ? 0 : heading / all,
      pairsHadSum: Math.min(1, had / PAIRS_AT_MOST),
      pairsHeadingSum: Math.min(1, heading / PAIRS_AT_MOST),
    }
  }

  /** The same without some: what is measured must not be known. */
  without(isLeftOut: (known: KnownQuestion) => boolean): KnownQuestions {
    return new KnownQuestions(this.questions.filter((known) => !isLeftOut(known)))
  }
}

function isAnswered(known: KnownQuestion | undefined): boolean {
  return known !== undefined && known.articles.length > 0
}

/** Every character and every pair of neighbours, punctuation left out. */
function gramsOf(text: string): Set<string> {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{Script=Han}a-z0-9]/gu, '')
  const grams = new Set<string>()
  for (let at = 0; at < plain.length; at++) {
    grams.add(plain.slice(at, at + 1))
    if (at + 1 < plain.length) grams.add(plain.slice(at, at + 2))
  }
  return grams
}
