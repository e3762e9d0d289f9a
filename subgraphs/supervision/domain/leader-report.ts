import { dayOf, type Day } from '@hub/kit/day.ts'
import { addWorkingDays, workingDaysBetween, type Calendar } from '@hub/kit/working-days.ts'
import { cityOf, cityPolicyOn, type CityPolicy } from './city-policy.ts'

/** A case that was put before a leader, and whose instruction is waited for or not yet carried out (R53, R71, R72). */
export interface LeaderReport {
  readonly number: string
  readonly disputedAt: Date | null
  readonly reportedAt: Date
  readonly instructedAt: Date | null
}

/** The day by which an instruction is to be carried out, by the policy of its day; null while it is waited for. */
export function actBy(
  { number, instructedAt }: LeaderReport,
  policies: readonly CityPolicy[],
  calendar: Calendar,
): Day | null {
  if (!instructedAt) return null
  const day = dayOf(instructedAt)
  const { instructionWorkingDays } = cityPolicyOn(cityOf(number), day, policies)
  return addWorkingDays(calendar, day, instructionWorkingDays).on
}

/** Working days since it was reported, or since the instruction came. */
export function workingDaysWaited(
  { reportedAt, instructedAt }: LeaderReport,
  today: Day,
  calendar: Calendar,
): number {
  return Math.max(0, workingDaysBetween(calendar, dayOf(instructedAt ?? reportedAt), today))
}
