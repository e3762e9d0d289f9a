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
