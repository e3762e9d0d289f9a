/** Longer keys are not kept: a stranger could fill the memory with them. */
const LONGEST_KEY = 20_000

/** Keeps the answers of a function for the keys used last, at most `size` of them. */
export function remembered<V>(size: number, make: (key: string) => V): (key: string) => V {
  const kept = new Map<string, V>()
  return (key) => {
    const known = kept.get(key)
    if (known !== undefined) {
      // Taken out and put in again: a Map keeps the order of insertion, so the first is the one unused for longest.
      kept.delete(key)
      kept.set(key, known)
      return known
    }
    const value = make(key)
    if (key.length > LONGEST_KEY) return value
    kept.set(key, value)
    if (kept.size > size) kept.delete(kept.keys().next().value ?? '')
    return value
  }
}
