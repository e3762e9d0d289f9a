import { inShanghai, plusDays, type Day } from '@hub/kit/day.ts'
import { addWorkingDays, workingDaysBetween, type Calendar } from '@hub/kit/working-days.ts'

/** Steps of supervision: 提醒, 书面督办, 指令督办, 通报. */
export type LadderStep = 'REMINDER' | 'WRITTEN' | 'DIRECTIVE' | 'CIRCULAR'

/** When a step is reached. The table of a policy is the rule. */
export interface LadderMark {
  readonly step: LadderStep
  readonly mark: 'YELLOW' | 'RED'
  /** Working days after the date; negative: before it. */
  readonly after: number
  /** A reminder disturbs nobody outside duty hours. */
  readonly dutyHoursOnly: boolean
  /** The step that must have been taken before. */
  readonly needs: LadderStep | null
}

/** The hours in which units are reminded, on working days, in Shanghai. */
export interface DutyHours {
  readonly from: string
  readonly to: string
}

/** A step that was taken for a date of an assignment. */
export interface TakenStep {
  readonly id: number
  readonly assignment: string
  readonly caseNumber: string
  readonly department: string
  readonly deadlineOn: Day
  readonly step: LadderStep
  readonly mark: 'YELLOW' | 'RED'
  readonly at: Date
  readonly policyVersion: string
}

/** Whether units may be reminded now. */
export function inDutyHours(now: Date, { from, to }: DutyHours, calendar: Calendar): boolean {
  const local = inShanghai(now)
  const time = local.slice(11, 16)
  return calendar.isWorkingDay(local.slice(0, 10)) && from <= time && time < to
}

/** The dates that a mark concerns today: from the first (null: however old) to the last. */
export function datesOf(
  { after }: Pick<LadderMark, 'after'>,
  today: Day,
  calendar: Calendar,
): { readonly from: Day | null; readonly to: Day } {
  if (after < 0) return { from: today, to: addWorkingDays(calendar, today, -after).on }
  let to = plusDays(today, -1)
  while (workingDaysBetween(calendar, to, today) < after) to = plusDays(to, -1)
  return { from: null, to }
}

/** What the other rooms may know of a step. */
export function stepData({
  caseNumber,
  assignment,
  department,
  deadlineOn,
  step,
  mark,
}: Omit<TakenStep, 'id'>) {
  return { case: caseNumber, assignment, department, deadlineOn, step, mark }
}
