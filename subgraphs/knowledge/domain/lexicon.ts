/** What kinds of entries editors maintain (词库). */
export const lexiconKinds = ['REWRITE', 'CLASS', 'EXPANSION', 'SUBJECT', 'EVERYDAY', 'WORD'] as const
export type LexiconKind = (typeof lexiconKinds)[number]

/**
 * One entry. REWRITE: a dialect word and its standard form. CLASS: `@name` and its members. EXPANSION: what people say
 * (`a+b`: both, in any order; `@name`: any member) and the terms that articles use. SUBJECT: a word that an answer must
 * speak of, and the words that count as speaking of it. EVERYDAY: a word without a topic. WORD: kept whole in segmentation.
 */
export interface LexiconEntry {
  readonly kind: LexiconKind
  readonly phrase: string
  readonly terms: readonly string[]
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
  subjectsIn(text: string): { subject: string; covers: readonly string[] }[]
  isEveryday(word: string): boolean
  /** The text without its longer everyday phrases; shorter ones might be parts of words and need segmentation first. */
  withoutEveryday(text: string): string
  readonly words: readonly string[]
}

/** Makes a lexicon ready. Matching scans the question once per list, whatever the number of entries. */
export function compileLexicon(entries: readonly LexiconEntry[]): Lexicon {
  const of = (kind: LexiconKind): LexiconEntry[] => entries.filter((entry) => entry.kind === kind)
  const rewrites = new PhraseFinder(of('REWRITE').map(({ phrase, terms }) => [phrase, terms[0] ?? '']))
  const rewrite = (text: string): string => rewrites.replace(text, (standard) => standard)
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
  return {
    rewrite,
    sayingsIn: (text) => sayings.find(text),
    subjectsIn: (text) =>
      subjects.findApart(text).map(({ phrase, value }) => ({ subject: phrase, covers: [phrase, ...value] })),
    isEveryday: (word) => everydayWords.has(word),
    withoutEveryday: (text) => everyday.replace(text, () => ' '),
    words: [
      ...of('WORD').map(({ phrase }) => phrase),
      ...of('SUBJECT').map(({ phrase }) => phrase),
      ...of('EXPANSION').flatMap(({ terms }) => terms),
    ],
  }
}

/** Finds phrases of a list in a text, by their first character and the longest first. */
class PhraseFinder<Value> {
  private readonly byFirst = new Map<string, { phrase: string; value: Value }[]>()

  constructor(phrases: readonly (readonly [string, Value])[]) {
    for (const [phrase, value] of phrases) {
      const first = phrase.charAt(0)
      this.byFirst.set(first, [...(this.byFirst.get(first) ?? []), { phrase, value }])
    }
    for (const list of this.byFirst.values())
      list.sort((one, other) => other.phrase.length - one.phrase.length)
  }

  private at(text: string, place: number): { phrase: string; value: Value }[] {
    return (this.byFirst.get(text.charAt(place)) ?? []).filter(({ phrase }) => text.startsWith(phrase, place))
  }

  /** Every phrase that stands anywhere. */
  findAll(text: string): { phrase: string; value: Value }[] {
    return Array.from(text, (_, place) => place).flatMap((place) => this.at(text, place))
  }

  /** Phrases from left to right that do not overlap. */
  findApart(text: string): { phrase: string; value: Value }[] {
    const found: { phrase: string; value: Value }[] = []
    for (let place = 0; place < text.length;) {
      const [longest] = this.at(text, place)
      if (longest) found.push(longest)
      place += longest?.phrase.length ?? 1
    }
    return found
  }

  replace(text: string, by: (value: Value) => string): string {
    let result = ''
    for (let place = 0; place < text.length;) {
      const [longest] = this.at(text, place)
      result += longest ? by(longest.value) : text.charAt(place)
      place += longest?.phrase.length ?? 1
    }
    return result
  }
}

interface Trigger {
  readonly parts: readonly string[]
  readonly terms: readonly string[]
}

/** Finds sayings whose parts all stand in a text: the parts are found first, then the sayings they belong to. */
class SayingFinder {
  private readonly parts: PhraseFinder<string>
  private readonly triggers = new Map<string, Trigger[]>()
  private readonly members: ReadonlyMap<string, readonly string[]>

  constructor(entries: readonly LexiconEntry[], classes: ReadonlyMap<string, readonly string[]>) {
    this.members = classes
    const phrases = new Set<string>()
    for (const { phrase, terms } of entries) {
      const parts = phrase.split('+')
      const trigger = { parts, terms }
      const lead = parts.find((part) => !part.startsWith('@')) ?? phrase
      this.triggers.set(lead, [...(this.triggers.get(lead) ?? []), trigger])
      for (const part of parts) for (const each of this.wordsOf(part)) phrases.add(each)
    }
    this.parts = new PhraseFinder([...phrases].map((phrase) => [phrase, phrase]))
  }

  private wordsOf(part: string): readonly string[] {
    return part.startsWith('@') ? (this.members.get(part) ?? []) : [part]
  }

  find(text: string): Saying[] {
    const present = new Set(this.parts.findAll(text).map(({ phrase }) => phrase))
    const candidates = [...present].flatMap((phrase) => this.triggers.get(phrase) ?? [])
    return candidates.flatMap(({ parts, terms }) => {
      const words = parts.map((part) => this.wordsOf(part).find((word) => present.has(word)))
      return words.every((word) => word !== undefined) ? [{ parts: words, terms }] : []
    })
  }
}
