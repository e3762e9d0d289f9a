import type { DepartmentRecord } from './department.ts'
import type { Candidate } from './suggest.ts'

/**
 * What the catalogue alone says, when the lexicon knows no matter: clauses whose character pairs stand in the text.
 * By itself this is the plain keyword matching that the lexicon is measured against.
 */
export function catalogueTold(text: string, units: readonly DepartmentRecord[]): Candidate[] {
  return units.flatMap((unit) => {
    const scored = unit.responsibilities.map((clause) => ({ clause, weight: overlap(text, clause) }))
    const best = scored.toSorted((a, b) => b.weight - a.weight)[0]
    if (!best || best.weight < 0.3 || unit.type === 'SUBDISTRICT') return []
    const { clause, weight } = best
    return [{ department: unit.code, weight: weight * 2, clause, words: [clause], why: 'catalogue' as const }]
  })
}

function overlap(text: string, clause: string): number {
  if (text.includes(clause)) return 1
  const pairs = Array.from({ length: clause.length - 1 }, (_, at) => clause.slice(at, at + 2))
  return pairs.filter((pair) => text.includes(pair)).length / Math.max(pairs.length, 1)
}
