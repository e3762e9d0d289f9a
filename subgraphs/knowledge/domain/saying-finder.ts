import type { LexiconEntry, Saying } from './lexicon.ts'
import { PhraseFinder } from './phrase-finder.ts'

interface Trigger {
  readonly parts: readonly string[]
  readonly terms: readonly string[]
}

/** Finds sayings whose parts all stand in a text: the parts are found first, then the sayings they belong to. */
export class SayingFinder {
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
