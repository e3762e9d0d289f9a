import type { LexiconEntry } from './lexicon.ts'
import { PhraseFinder } from './phrase-finder.ts'

/** A matter that several words of a question point to. */
export interface Hinted {
  readonly terms: readonly string[]
  /** The words that point to it. */
  readonly words: readonly string[]
  /** How much they say together: about 1 for one telling word, 4 for a clear case. */
  readonly strength: number
}

const FEWEST = 0.6
const MOST_MATTERS = 6

/** The parts of sayings hint as well, each by itself. */
export function hintsOf(expansions: readonly LexiconEntry[]): LexiconEntry[] {
  return expansions.flatMap(({ phrase, terms }) =>
    phrase
      .split('+')
      .filter((part) => !part.startsWith('@'))
      .map((part) => ({ kind: 'HINT' as const, phrase: part, terms })),
  )
}

interface Matter {
  readonly terms: Set<string>
}

/** Adds up what the words of a text hint at. A word that hints at many matters says little about any of them. */
export class HintFinder {
  private readonly phrases: PhraseFinder<string>
  private readonly matters = new Map<string, Matter>()
  private readonly mattersOf = new Map<string, Set<string>>()

  constructor(hints: readonly (readonly [string, readonly string[]])[]) {
    for (const [phrase, terms] of hints) {
      const name = terms[0] ?? ''
      const matter = this.matters.get(name) ?? { terms: new Set() }
      for (const term of terms) matter.terms.add(term)
      this.matters.set(name, matter)
      this.mattersOf.set(phrase, (this.mattersOf.get(phrase) ?? new Set()).add(name))
    }
    this.phrases = new PhraseFinder([...this.mattersOf.keys()].map((phrase) => [phrase, phrase]))
  }

  /** The matters most hinted at, the strongest first. */
  find(text: string): Hinted[] {
    const words = [...new Set(this.phrases.findAll(text).map(({ phrase }) => phrase))]
    words.sort((one, other) => other.length - one.length)
    const found = new Map<string, { strength: number; words: string[] }>()
    for (const word of words)
      for (const name of this.mattersOf.get(word) ?? []) {
        const so = found.get(name) ?? { strength: 0, words: [] }
        const said = so.words.some((longer) => longer.includes(word))
        so.strength += this.telling(word) * (said ? 0.2 : 1)
        so.words.push(word)
        found.set(name, so)
      }
    return [...found]
      .filter(([, { strength }]) => strength >= FEWEST)
      .toSorted(([, one], [, other]) => other.strength - one.strength)
      .slice(0, MOST_MATTERS)
      .map(([name, so]) => ({ ...so, terms: [...(this.matters.get(name)?.terms ?? [])] }))
  }

  /** Rare among the matters and longer says more; a single character says little. */
  private telling(word: string): number {
    const rarity =
      Math.log(this.matters.size / (this.mattersOf.get(word)?.size ?? 1)) / Math.log(this.matters.size)
    return rarity * rarity * (word.length === 1 ? 0.45 : word.length === 2 ? 1 : 1.3)
  }
}
