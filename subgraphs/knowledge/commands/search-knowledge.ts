import type { Day } from '@hub/kit/day.ts'
import type { Database, Db } from '@hub/kit/postgres.ts'
import type { ArticleVersion } from '../domain/article.ts'
import { clashOf, type Contrasts } from '../domain/contrast.ts'
import { refuse } from '../domain/errors.ts'
import { weighEvidence, type Evidence, type Ranking } from '../domain/evidence.ts'
import type { Lexicon } from '../domain/lexicon.ts'
import { fuse } from '../domain/fusion.ts'
import { marksOf, type Mark } from '../domain/marks.ts'
import { passageOf } from '../domain/passage.ts'
import { readQuestion, type Question } from '../domain/question.ts'
import { scoreOf, type RankedText, type Rarity } from '../domain/rank.ts'
import { listVersions, type VersionKey } from '../store/articles.ts'
import { bestCandidates } from '../domain/candidates.ts'
import { affordable, soughtIn } from '../domain/lookup.ts'
import { countArticlesWith, readPostings, type TermCount } from '../store/postings.ts'
import { findLookalikes, listAnswering } from '../store/search.ts'
import * as words from '../store/words.ts'
import { characterPairs, indexTerms, levelCharacter, normalise } from '../store/words.ts'
import type { ReadyText, TextCache } from '../store/text-cache.ts'

export interface SearchHit {
  readonly article: ArticleVersion
  readonly passage: string
  /** Where the words that matched stand in the passage. */
  readonly marks: readonly Mark[]
  /** 0 to 1: how well the article fits; comparable within one answer. */
  readonly score: number
}

export interface SearchAnswer {
  readonly answerable: boolean
  readonly hits: readonly SearchHit[]
  readonly evidence: Evidence | null
}

export interface SearchTools {
  readonly database: Database
  readonly texts: TextCache
  readonly lexicon: () => Promise<Lexicon>
  /** Where a rule has to apply to answer here; law from another region never does. */
  readonly regions: readonly string[]
  /** Numbers of the versions nearest to a question, by a model; where a site has none, words alone decide. */
  readonly nearest?: (question: string) => Promise<readonly number[]>
}

const LONGEST_QUESTION = 500
const FEW_CANDIDATES = 3
/** How many articles are ranked anew, and among how many the index found they are chosen. */
const CANDIDATES = 40
const FOUND = 500
const LOOK = 60
/** Entries of the index that one question may read: 2 bytes each. */
const ENTRIES_TO_READ = 50_000

/** What the rules in force on a day say to a question, best first, or that none covers it (R1, R45). */
export async function searchKnowledge(
  tools: SearchTools,
  raw: string,
  first: number,
  on: Day,
): Promise<SearchAnswer> {
  const text = checked(raw)
  const near = tools.nearest?.(text) ?? Promise.resolve([])
  const lexicon = await tools.lexicon()
  const question = forRegions(readQuestion(text, lexicon, words), tools.regions)
  const { orm } = tools.database
  const sought = soughtIn(question, indexPartsOf)
  const counts = await countArticlesWith(orm, [...new Set(sought.flatMap(({ terms }) => terms))])
  const rarity = rarityFrom(counts)
  const parts = affordable(sought, counts, rarity, ENTRIES_TO_READ)
  const numbers = bestCandidates(sought, await readPostings(orm, parts), rarity, FOUND)
  const found = await firstAnswering(orm, numbers, on, tools.regions)
  const more =
    found.length < FEW_CANDIDATES ? await findLookalikes(orm, question.text, on, tools.regions) : []
  const nearest = await listAnswering(orm, await near, on, tools.regions)
  const keys = new Map([...found, ...more, ...nearest].map((key) => [nameOf(key), key]))
  const texts = await tools.texts.texts([...keys.values()], (missing) => listVersions(orm, missing))
  const ranked = fused(rank(question, texts, rarity, lexicon.contrasts), nearest)
  const articles = await listVersions(orm, ranked.slice(0, first))
  const hits = articles.flatMap((article, index): SearchHit[] => {
    const { score = 0, fit } = ranked[index] ?? {}
    if (!article) return []
    const passage = passageOf(question, article.body, normalise, rarity)
    const marks = marksOf(question, passage, levelCharacter)
    return [{ article, passage, marks, score: fit ?? score / (score + 1) }]
  })
  const [best] = ranked
  const known = best ? lexicon.known.evidenceFor(question.asPut, best.id, best.text) : null
  const evidence = best ? weighEvidence(question, best.text, rarity, outcomeOf(ranked), known) : null
  return { answerable: evidence?.answerable ?? false, hits, evidence }
}

/** The first of the numbered articles that are in force; few are not, so that one look nearly always does. */
async function firstAnswering(
  db: Db,
  numbers: readonly number[],
  on: Day,
  regions: readonly string[],
): Promise<VersionKey[]> {
  const first = await listAnswering(db, numbers.slice(0, LOOK), on, regions)
  const enough = first.length >= CANDIDATES || numbers.length <= LOOK
  const rest = enough ? [] : await listAnswering(db, numbers.slice(LOOK), on, regions)
  return [...first, ...rest].slice(0, CANDIDATES)
}

function checked(raw: string): string {
  if (raw.length > LONGEST_QUESTION)
    throw refuse('QUESTION_TOO_LONG', { length: raw.length, limit: LONGEST_QUESTION })
  if (normalise(raw) === '') throw refuse('QUESTION_BLANK')
  return raw
}

interface Ranked extends ReadyText {
  /** By words. */
  readonly score: number
  /** By words and a model together, 0 to 1. */
  readonly fit?: number
  readonly clash: number
}

/** A clash halves the score: the article on the right one of a kind comes first where there is one. */
const CLASH_COSTS = 0.5

function rank(
  question: Question,
  texts: readonly ReadyText[],
  rarity: Rarity,
  contrasts: Contrasts,
): Ranked[] {
  const sets = [...question.named.keys()]
  const clashWith = ({ title, keywords, body }: RankedText): number =>
    clashOf(question.named, {
      about: contrasts.namedIn([title, ...keywords].join(' '), sets),
      body: contrasts.namedIn(body, sets),
    })
  return texts
    .map((each) => {
      const clash = sets.length > 0 ? clashWith(each.text) : 0
      return { ...each, clash, score: scoreOf(question, each.text, rarity) * (1 - CLASH_COSTS * clash) }
    })
    .toSorted((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1))
}

/** The order by words, or by words and a model where one helped; what neither speaks for is left out. */
function fused(ranked: readonly Ranked[], nearest: readonly VersionKey[]): Ranked[] {
  const said = ranked.filter(({ score }) => score > 0)
  if (nearest.length === 0) return said
  const fits = fuse([said.map(nameOf), nearest.map(nameOf)])
  return ranked
    .flatMap((each) => {
      const fit = fits.get(nameOf(each))
      return fit === undefined ? [] : [{ ...each, fit }]
    })
    .toSorted((one, other) => other.fit - one.fit || other.score - one.score)
}

function nameOf({ id, version }: VersionKey): string {
  return `${id} ${version}`
}

function outcomeOf(ranked: readonly Ranked[]): Ranking {
  const three = ranked.slice(0, 3)
  const [best, second] = three
  const alike = three.filter(({ category }) => category === best?.category).length
  return {
    best: best?.score ?? 0,
    second: second?.score ?? 0,
    agreement: alike / three.length,
    clash: best?.clash ?? 0,
  }
}

/** Places of the regions served are no elsewhere. */
function forRegions(question: Question, regions: readonly string[]): Question {
  const outside = (place: string): boolean => !regions.some((region) => region.startsWith(place))
  return { ...question, places: question.places.filter(outside) }
}

/** Rarity from counts: words of several pairs are as rare as their rarest pair. */
function rarityFrom(counts: ReadonlyMap<string, TermCount>): Rarity {
  const articles = Math.max(1, counts.get('')?.articles ?? 1)
  const countOf = (word: string): number | undefined => counts.get(word)?.articles
  const of = (count: number): number =>
    Math.log(1 + (articles - count + 0.5) / (count + 0.5)) / Math.log(1 + (articles + 0.5) / 0.5)
  const found = new Map<string, number>()
  const find = (word: string): number => {
    const known = countOf(word)
    if (known !== undefined || word.length < 3) return of(known ?? 0)
    return Math.max(...characterPairs(word).map((pair) => of(countOf(pair) ?? 0)), of(articles))
  }
  return (word) => {
    const before = found.get(word)
    if (before !== undefined) return before
    const rarity = find(word)
    found.set(word, rarity)
    return rarity
  }
}

/** A longer word is found by its pairs together; segmentation may have cut it elsewhere. */
function indexPartsOf(word: string): readonly string[] {
  const pairs = characterPairs(word)
  return pairs.length > 0 ? pairs : indexTerms(word)
}
