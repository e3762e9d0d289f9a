import { createHash } from 'node:crypto'
import type { Caller } from '@hub/kit/caller.ts'

/** Of the labels that a supergraph knows, those under which fields have moved for this caller. */
export type LabelsOf = (known: readonly string[], caller: Caller) => readonly string[]

const PERCENT = /^percent\((\d+(?:\.\d+)?)\)$/
const NONE: readonly string[] = []

/** Decides on labels: `percent(…)` by the caller, so that nobody goes back and forth; any other by the settings. */
export function overriding(active: readonly string[] = []): LabelsOf {
  const named = new Set(active)
  return (known, caller) => {
    if (known.length === 0) return NONE
    return known.filter((label) => {
      const percent = PERCENT.exec(label)?.[1]
      return percent === undefined ? named.has(label) : shareOf(caller, label) < Number(percent) / 100
    })
  }
}

/** A place between 0 and 1, the same for a caller at each request; whoever is not known stands elsewhere each time. */
function shareOf({ role, subject, requestId }: Caller, label: string): number {
  const who = role === 'ANONYMOUS' ? requestId : subject
  return createHash('sha256').update(`${label} ${who}`).digest().readUInt32BE() / 2 ** 32
}
