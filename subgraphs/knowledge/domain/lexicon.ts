import { AskFinder, type AskKind } from './ask.ts'
import { Contrasts } from './contrast.ts'
import { HintFinder, hintsOf, type Hinted } from './hint-finder.ts'
import { KnownQuestions } from './known.ts'
import { PhraseFinder } from './phrase-finder.ts'
import { SayingFinder } from './saying-finder.ts'

/** What kinds of entries editors maintain (词库). */
export const lexiconKinds = [
  'REWRITE',
  'SYNONYM',
  'CLASS',
  'EXPANSION',
  'HINT',
  'SUBJECT',
  'CONTRAST',
  'ASK',
  'PLACE',
  'EVERYDAY',
  'WORD',
  'KNOWN',
] as const
export type LexiconKind = (typeof lexiconKinds)[number]

/**
 * One entry. REWRITE: a dialect word and its standard form. SYNONYM: a word and the standard
 * words that are added to it. CLASS: `@name` and its members. EXPANSION: what people say
 * (`a+b`: both, in any order; `@name`: any member) and the terms that articles use. HINT: a word that points to those
 * terms only together with others. SUBJECT: a word that an answer must
 * speak of, and the words that count as speaking of it. CONTRAST: a kind of things, and the words for one of them. ASK: a
 * way to ask, and the words of which an answer needs one. PLACE: a province or city. EVERYDAY: a word without a topic. WORD: kept whole in segmentation.
 * KNOWN: a question, and the ids of the articles that answer it (`-`: none does).
 */
export interface LexiconEntry {
  readonly kind: LexiconKind
  readonly phrase: string
  readonly terms: readonly string[]
}

/** An entry with who added it and when. */
export interface KeptEntry extends LexiconEntry {
  readonly origin: string
  readonly changedBy: string
  readonly changedAt: Date
}

/** A colloquial saying that was found in a question. */
export interface Saying {
  readonly parts: readonly string[]
  readonly terms: readonly string[]
}

/** The entries, made ready for use on questions. */
export interface Lexicon {
  rewrite(text: string): string
  sayingsIn(text: string): Saying[]
  hintedIn(text: string): Hinted[]
  subjectsIn(text: string): { subject: string; covers: readonly string[] }[]
  isEveryday(word: string): boolean
  /** The standard words that the text says in other words. */
  synonymsIn(text: string): string[]
  /** The text without its longer everyday phrases; shorter ones might be parts of words and need segmentation first. */
  withoutEveryday(text: string): string
  readonly words: readonly string[]
  readonly contrasts: Contrasts
  readonly known: KnownQuestions
  asksIn(text: string): AskKind[]
  placesIn(text: string): string[]
}

/** Stands for the articles that answer a question where none does. */
export const NO_ARTICLE = '-'

/** Makes a lexicon ready. Matching scans the question once per list, whatever the number of entries. */
export function compileLexicon(entries: readonly LexiconEntry[]): Lexicon {
  const of = (kind: LexiconKind): LexiconEntry[] => entries.filter((entry) => entry.kind === kind)
  const rewrites = new PhraseFinder(of('REWRITE').map(({ phrase, terms }) => [phrase, terms[0] ?? '']))
  const rewrite = (text: string): string => rewrites.replace(text, (standard) => standard)
  const synonyms = new PhraseFinder(of('SYNONYM').map(({ phrase, terms }) => [rewrite(phrase), terms]))
  const classes = new Map(of('CLASS').map(({ phrase, terms }) => [phrase, terms.map(rewrite)]))
  const everyday = new PhraseFinder(
    of('EVERYDAY')
      .filter(({ phrase }) => phrase.length > 2)
      .map(({ phrase }) => [phrase, ' ']),
  )
  const everydayWords = new Set(of('EVERYDAY').map(({ phrase }) => phrase))
  const subjects = new PhraseFinder(of('SUBJECT').map(({ phrase, terms }) => [phrase, terms]))
  // The lists may be written in dialect: they are matched against questions that were rewritten.
  const expansions = of('EXPANSION').map((entry) => ({ ...entry, phrase: rewrite(entry.phrase) }))
  const sayings = new SayingFinder(expansions, classes)
  const hints = new HintFinder(
    [...hintsOf(expansions), ...of('HINT')].map(({ phrase, terms }) => [rewrite(phrase), terms]),
  )
  const levelled = (kind: LexiconKind): LexiconEntry[] =>
    of(kind).map((entry) => ({ ...entry, phrase: rewrite(entry.phrase), terms: entry.terms.map(rewrite) }))
  const asks = new AskFinder(of('ASK').map((entry) => ({ ...entry, phrase: rewrite(entry.phrase) })))
  const places = new PhraseFinder(of('PLACE').map(({ phrase }) => [phrase, phrase]))
  return {
    rewrite,
    contrasts: new Contrasts(levelled('CONTRAST')),
    known: new KnownQuestions(
      of('KNOWN').map(({ phrase, terms }) => ({
        question: phrase,
        articles: terms.filter((term) => term !== NO_ARTICLE),
      })),
    ),
    asksIn: (text) => asks.find(text),
    placesIn: (text) => places.findApart(text).map(({ phrase }) => phrase),
    synonymsIn: (text) => [...new Set(synonyms.findAll(text).flatMap(({ value }) => value))],
    sayingsIn: (text) => sayings.find(text),
    hintedIn: (text) => hints.find(text),
    subjectsIn: (text) =>
      subjects.findApart(text).map(({ phrase, value }) => ({ subject: phrase, covers: [phrase, ...value] })),
    isEveryday: (word) => everydayWords.has(word),
    withoutEveryday: (text) => everyday.replace(text, () => ' '),
    words: [
      ...new Set([
        ...of('WORD').map(({ phrase }) => phrase),
        ...of('SUBJECT').map(({ phrase }) => phrase),
        ...of('EXPANSION').flatMap(({ terms }) => terms),
      ]),
    ],
  }
}
