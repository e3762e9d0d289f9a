import type { Day } from '@hub/kit/day.ts'
import { refuse } from './errors.ts'

/** Days of a bulletin, first and last. */
export interface Period {
  readonly from: Day
  readonly to: Day
}

/** The fewest days by which the periods of two bulletins may differ at an end: of fewer, counts are small too often. */
const LEAST_DAYS = 28

/**
 * Refuses a bulletin that could be subtracted from one that is out, so that what stays are the counts of a few days:
 * the small cells that each of the two leaves out would stand there.
 */
export function requireApart(
  { from, to }: Period,
  issued: readonly (Period & { readonly documentNumber: string | null })[],
): void {
  for (const other of issued) {
    if (other.to < from || to < other.from) continue
    const days = [daysApart(from, other.from), daysApart(to, other.to)].find(
      (apart) => apart > 0 && apart < LEAST_DAYS,
    )
    if (days !== undefined)
      throw refuse('REPORT_OVERLAP', {
        from,
        to,
        number: other.documentNumber ?? '',
        days,
        least: LEAST_DAYS,
      })
  }
}

function daysApart(one: Day, other: Day): number {
  return Math.abs(Date.parse(one) - Date.parse(other)) / 86_400_000
}
