/** How much the first places count before those after them. */
const SMOOTHING = 60

/** Reciprocal rank fusion: what stands high in several lists comes first. Scores are 0 to 1, 1 for first in all lists. */
export function fuse(lists: readonly (readonly string[])[]): Map<string, number> {
  const best = lists.length / (SMOOTHING + 1)
  const scores = new Map<string, number>()
  for (const list of lists)
    for (const [at, key] of list.entries())
      scores.set(key, (scores.get(key) ?? 0) + 1 / (SMOOTHING + 1 + at) / best)
  return scores
}
