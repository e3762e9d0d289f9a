import { inShanghai, plusDays, type Day } from '@hub/kit/day.ts'
import { addWorkingDays, workingDaysBetween, type Calendar } from '@hub/kit/working-days.ts'
import type { CityPolicy } from './city-policy.ts'

/** Steps of supervision: 提醒, 到期提醒, 书面督办, 指令督办, 通报. */
export type LadderStep = 'REMINDER' | 'FINAL_REMINDER' | 'WRITTEN' | 'DIRECTIVE' | 'CIRCULAR'
export type Mark = 'YELLOW' | 'RED'

/** Working days until the date, within which a step is reached; or after it, from which it is. */
export type Reach = { readonly left: readonly [least: number, most: number] } | { readonly late: number }

/** When a step is reached. */
export interface LadderMark {
  readonly step: LadderStep
  readonly mark: Mark
  readonly when: Reach
  /** A reminder disturbs nobody outside duty hours. */
  readonly dutyHoursOnly: boolean
  /** The step that must have been taken before. */
  readonly needs: LadderStep | null
}

/** The steps for dates that a policy made, in their order: its marks say when (R8, R66, R72, R82). */
export function ladderOf(policy: CityPolicy): readonly LadderMark[] {
  const { yellowWorkingDays: yellow, redWorkingDays: red } = policy
  const reminder = (step: LadderStep, mark: Mark, least: number, most: number): LadderMark[] =>
    least > most ? [] : [{ step, mark, when: { left: [least, most] }, dutyHoursOnly: true, needs: null }]
  const late = (step: LadderStep, days: number, needs: LadderStep | null): LadderMark => ({
    step,
    mark: 'RED',
    when: { late: days },
    dutyHoursOnly: false,
    needs,
  })
  return [
    ...reminder('REMINDER', 'YELLOW', red + 1, yellow),
    ...reminder('FINAL_REMINDER', 'RED', 0, red),
    late('WRITTEN', 0, null),
    late('DIRECTIVE', policy.directiveWorkingDays, 'WRITTEN'),
    late('CIRCULAR', policy.circularWorkingDays, 'DIRECTIVE'),
  ]
}

/** The mark that a date carries with so many working days left; null while it is far. */
export function markOf(
  daysLeft: number,
  isLate: boolean,
  { yellowWorkingDays, redWorkingDays }: CityPolicy,
): Mark | null {
  if (isLate || daysLeft <= redWorkingDays) return 'RED'
  return daysLeft <= yellowWorkingDays ? 'YELLOW' : null
}

/** A step that was taken for a date of an assignment. */
export interface TakenStep {
  readonly id: number
  readonly assignment: string
  readonly caseNumber: string
  readonly department: string
  readonly deadlineOn: Day
  readonly step: LadderStep
  readonly mark: Mark
  readonly at: Date
  /** The policy that made the date, and the calendar it was counted by; null: from before it was kept. */
  readonly policyVersion: string
  readonly calendarVersion: string | null
}

/** Whether units may be reminded now. */
export function inDutyHours(
  now: Date,
  { dutyFrom, dutyTo }: Pick<CityPolicy, 'dutyFrom' | 'dutyTo'>,
  calendar: Calendar,
): boolean {
  const local = inShanghai(now)
  const time = local.slice(11, 16)
  return calendar.isWorkingDay(local.slice(0, 10)) && dutyFrom <= time && time < dutyTo
}

/** The dates that a mark concerns today: from the first (null: however old) to the last. */
export function datesOf(
  { when }: Pick<LadderMark, 'when'>,
  today: Day,
  calendar: Calendar,
): { readonly from: Day | null; readonly to: Day } {
  if ('left' in when) {
    const [least, most] = when.left
    const from = least === 0 ? today : addWorkingDays(calendar, today, least).on
    return { from, to: lastWith(most, today, calendar) }
  }
  let to = plusDays(today, -1)
  while (workingDaysBetween(calendar, to, today) < when.late) to = plusDays(to, -1)
  return { from: null, to }
}

/** The last day until which there are so many working days. */
function lastWith(count: number, today: Day, calendar: Calendar): Day {
  return plusDays(addWorkingDays(calendar, today, count + 1).on, -1)
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
