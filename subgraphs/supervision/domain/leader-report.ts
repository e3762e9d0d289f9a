import { dayOf, type Day } from '@hub/kit/day.ts'
import { addWorkingDays, workingDaysBetween, type Calendar } from '@hub/kit/working-days.ts'
import type { SupervisionPolicy } from './policy.ts'

/** A case that was put before a leader, and whose instruction is waited for or not yet carried out (R53, R71, R72). */
export interface LeaderReport {
  readonly number: string
  readonly disputedAt: Date | null
  readonly reportedAt: Date
  readonly instructedAt: Date | null
}

/** The day by which an instruction is to be carried out; null while it is waited for. */
export function actBy(
  { instructedAt }: LeaderReport,
  policy: SupervisionPolicy,
  calendar: Calendar,
): Day | null {
  return instructedAt ? addWorkingDays(calendar, dayOf(instructedAt), policy.instructionDays).on : null
}

/** Working days since it was reported, or since the instruction came. */
export function workingDaysWaited(
  { reportedAt, instructedAt }: LeaderReport,
  today: Day,
  calendar: Calendar,
): number {
  return Math.max(0, workingDaysBetween(calendar, dayOf(instructedAt ?? reportedAt), today))
}
