/** Finds phrases of a list in a text, by their first character and the longest first. */
export class PhraseFinder<Value> {
  private readonly byFirst = new Map<string, { phrase: string; value: Value }[]>()

  constructor(phrases: readonly (readonly [string, Value])[]) {
    for (const [phrase, value] of phrases) {
      const first = phrase.charAt(0)
      const list = this.byFirst.get(first)
      if (list) list.push({ phrase, value })
      else this.byFirst.set(first, [{ phrase, value }])
    }
    for (const list of this.byFirst.values())
      list.sort((one, other) => other.phrase.length - one.phrase.length)
  }

  /** The longest that stands at a place; nothing is made for the many places where none does. */
  private longestAt(text: string, place: number): { phrase: string; value: Value } | undefined {
    return this.byFirst.get(text.charAt(place))?.find(({ phrase }) => text.startsWith(phrase, place))
  }

  /** Every phrase that stands anywhere. */
  findAll(text: string): { phrase: string; value: Value }[] {
    const found: { phrase: string; value: Value }[] = []
    for (let place = 0; place < text.length; place++)
      for (const entry of this.byFirst.get(text.charAt(place)) ?? [])
        if (text.startsWith(entry.phrase, place)) found.push(entry)
    return found
  }

  /** Phrases from left to right that do not overlap. */
  findApart(text: string): { phrase: string; value: Value }[] {
    const found: { phrase: string; value: Value }[] = []
    for (let place = 0; place < text.length;) {
      const longest = this.longestAt(text, place)
      if (longest) found.push(longest)
      place += longest?.phrase.length ?? 1
    }
    return found
  }

  replace(text: string, by: (value: Value) => string): string {
    let result = ''
    for (let place = 0; place < text.length;) {
      const longest = this.longestAt(text, place)
      result += longest ? by(longest.value) : text.charAt(place)
      place += longest?.phrase.length ?? 1
    }
    return result
  }
}
