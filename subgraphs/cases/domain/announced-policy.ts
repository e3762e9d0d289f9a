import { isDay, type Day } from '@hub/kit/day.ts'
import { refuse } from './errors.ts'
import type { PublicData } from './events-published.ts'
import type { CityPolicy } from './policy.ts'

const TIME = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/

/** Refuses a version that could not be worked by, or that would rewrite what stands or reach back (R8). */
export function requirePolicy(policy: CityPolicy, known: readonly CityPolicy[], today: Day): void {
  const { city, version, effectiveFrom, legalBasis } = policy
  const problem =
    (/^[A-Z]{2,8}$/.test(city) ? null : 'city') ??
    (version.trim() === '' ? 'version' : null) ??
    (isDay(effectiveFrom) ? null : 'effectiveFrom') ??
    (legalBasis.some((text) => text.trim() !== '') ? null : 'legalBasis') ??
    limitOutOfBounds(policy) ??
    // A day that has begun has made deadlines already.
    (effectiveFrom <= today ? `effectiveFrom ${effectiveFrom} <= ${today}` : null) ??
    (known.some((one) => one.version === version) ? `${version}: twice` : null) ??
    (known.some((one) => one.city === city && one.effectiveFrom >= effectiveFrom)
      ? `${effectiveFrom}: not after the last of ${city}`
      : null)
  if (problem !== null) throw refuse('POLICY_UNFIT', { version, problem })
}

function limitOutOfBounds(policy: CityPolicy): string | null {
  const wrong = Object.entries(policy).find(
    ([, value]) => typeof value === 'number' && (!Number.isSafeInteger(value) || value < 0 || value > 10_000),
  )
  if (wrong) return wrong[0]
  const { replyWorkingDays, capWorkingDays, yellowWorkingDays, redWorkingDays, dutyFrom, dutyTo } = policy
  if (replyWorkingDays < 1 || replyWorkingDays > capWorkingDays) return 'replyWorkingDays'
  if (redWorkingDays > yellowWorkingDays) return 'redWorkingDays'
  if (policy.writtenWorkingDays < 1) return 'writtenWorkingDays'
  if (policy.directiveWorkingDays < 1) return 'directiveWorkingDays'
  if (policy.circularWorkingDays <= policy.directiveWorkingDays) return 'circularWorkingDays'
  if (policy.instructionWorkingDays < 1) return 'instructionWorkingDays'
  return TIME.test(dutyFrom) && TIME.test(dutyTo) && dutyFrom < dutyTo ? null : 'dutyFrom'
}

/** What the other rooms go by: all of it but what only registration and reopening need. */
export function policyData(policy: CityPolicy): PublicData {
  const {
    redoWorkingDays: _redo,
    reopenWithinDays: _reopen,
    receivedAheadMinutes: _ahead,
    receivedWithinDays: _within,
    legalBasis,
    ...told
  } = policy
  return { ...told, legalBasis: legalBasis.join('\n') }
}
