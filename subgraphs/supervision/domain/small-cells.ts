/** A count as it may be shown to the public: null where it would point to few people. */
export type ShownCount = number | null

/**
 * Hides counts from 1 to `least` - 1. Where the whole is shown beside its parts, one hidden part could be worked out,
 * and two that together are small could be guessed: further parts, the smallest first, are hidden until what is hidden
 * amounts to at least two parts and `least` people.
 */
export function suppressParts(counts: readonly number[], least: number): readonly ShownCount[] {
  const hidden = new Set(counts.flatMap((count, index) => (isSmall(count, least) ? [index] : [])))
  if (hidden.size === 0) return counts
  const order = counts
    .map((count, index) => ({ count, index }))
    .filter(({ count, index }) => !hidden.has(index) && count > 0)
    .toSorted((a, b) => a.count - b.count || a.index - b.index)
  const sum = (): number => [...hidden].reduce((total, index) => total + (counts[index] ?? 0), 0)
  for (const { index } of order) {
    if (hidden.size >= 2 && sum() >= least) break
    hidden.add(index)
  }
  // Nothing is left to hide behind: zeros would give the rest away.
  if (hidden.size < 2 || sum() < least) return counts.map(() => null)
  return counts.map((count, index) => (hidden.has(index) ? null : count))
}

/** Whether a count would point to few people. */
export function isSmall(count: number, least: number): boolean {
  return count > 0 && count < least
}
