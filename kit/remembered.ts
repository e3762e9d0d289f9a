/** Longer keys are not kept: a stranger could fill the memory with them. */
const LONGEST_KEY = 20_000

/**
 * What was used last, by a text. At most `size` are kept, and at least half as many: those used since the last turn and,
 * until the next, those of before. What is used time and again is so found without anything being written.
 */
export class Recent<Value> {
  private readonly size: number
  private young = new Map<string, Value>()
  private old = new Map<string, Value>()

  constructor(size: number) {
    this.size = size
  }

  get(key: string): Value | undefined {
    const young = this.young.get(key)
    if (young !== undefined) return young
    const old = this.old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: string, value: Value): void {
    if (key.length > LONGEST_KEY) return
    this.young.set(key, value)
    if (this.young.size * 2 <= this.size) return
    this.old = this.young
    this.young = new Map()
  }
}

/** Keeps the answers of a function for the keys used last, at most `size` of them. */
export function remembered<V>(size: number, make: (key: string) => V): (key: string) => V {
  const kept = new Recent<{ readonly value: V }>(size)
  return (key) => {
    const known = kept.get(key)
    if (known) return known.value
    const value = make(key)
    kept.set(key, { value })
    return value
  }
}
