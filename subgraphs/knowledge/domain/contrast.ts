import type { LexiconEntry } from './lexicon.ts'
import { PhraseFinder } from './phrase-finder.ts'

/** Siblings of a set that a text names: of the insurances the pension, of the animals the cat. */
export type Named = ReadonlyMap<string, ReadonlySet<number>>

/** Things of one kind that are easily taken for one another: an answer on the one says nothing about the other. */
export class Contrasts {
  private readonly finders = new Map<string, PhraseFinder<number>>()

  /** Each entry is one sibling: the name of its set, and the words for it. */
  constructor(entries: readonly LexiconEntry[]) {
    const sets = new Map<string, [string, number][]>()
    for (const [sibling, { phrase, terms }] of entries.entries()) {
      const words = sets.get(phrase) ?? []
      for (const term of terms) words.push([term, sibling])
      sets.set(phrase, words)
    }
    for (const [set, words] of sets) this.finders.set(set, new PhraseFinder(words))
  }

  /** What a text names of each set, or of the sets given; the longest word wins: 电动自行车 is no 自行车. */
  namedIn(text: string, sets: Iterable<string> = this.finders.keys()): Named {
    const named = new Map<string, Set<number>>()
    for (const set of sets) {
      const found = this.finders.get(set)?.findApart(text) ?? []
      if (found.length > 0) named.set(set, new Set(found.map(({ value }) => value)))
    }
    return named
  }
}

/** What an article is about, and what its body mentions. */
export interface Spoken {
  readonly about: Named
  readonly body: Named
}

/** 0 when an article speaks of what was asked; 1 when it is about a sibling of it only; between when it mentions both. */
export function clashOf(asked: Named, { about, body }: Spoken): number {
  let worst = 0
  for (const [set, siblings] of asked) {
    const its = about.get(set)
    if (!its || meets(siblings, its)) continue
    worst = Math.max(worst, meets(siblings, body.get(set) ?? new Set()) ? MENTIONED : 1)
  }
  return worst
}

const MENTIONED = 0.5

function meets(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  return [...one].some((each) => other.has(each))
}
