import { randomUUID } from 'node:crypto'
import { dayOf, type Day } from '@hub/kit/day.ts'
import { appendEvents } from '@hub/kit/event-log.ts'
import type { Tx } from '@hub/kit/postgres.ts'
import type { Calendar } from '@hub/kit/working-days.ts'
import { datesOf, inDutyHours, stepData, type LadderMark, type TakenStep } from '../domain/ladder.ts'
import { SUPERVISION_STREAM } from '../domain/order-events.ts'
import { policyOn, type SupervisionPolicy } from '../domain/policy.ts'
import { saveSteps, takeReached } from '../store/ladder.ts'

export interface ClimbInput {
  readonly now: Date
  /** The day that the log of cases is known until. */
  readonly today: Day
  readonly calendar: Calendar
  readonly limit: number
}

/** The steps that this room takes by itself now; the written order is one of its own, with number and date. */
export function stepsDue(now: Date, calendar: Calendar): readonly LadderMark[] {
  const policy = policyOn(dayOf(now))
  const onDuty = inDutyHours(now, policy.dutyHours, calendar)
  return policy.ladder.filter(({ step, dutyHoursOnly }) => step !== 'WRITTEN' && (onDuty || !dutyHoursOnly))
}

/** Takes one step of the ladder for up to `limit` assignments: mark and event in the transaction given. */
export async function climbLadder(tx: Tx, mark: LadderMark, input: ClimbInput): Promise<number> {
  const { now, today, calendar, limit } = input
  const { step, needs } = mark
  const reached = await takeReached(tx, { step, needs, ...datesOf(mark, today, calendar), limit })
  const policy = policyOn(dayOf(now))
  const steps = reached.map(({ missedOn, ...of }) =>
    takenStep({ ...of, deadlineOn: missedOn }, mark, now, policy),
  )
  await saveSteps(tx, steps)
  await appendEvents(
    tx,
    steps.map((taken) => ({
      stream: SUPERVISION_STREAM,
      eventId: randomUUID(),
      kind: 'LadderStepTaken',
      at: now,
      data: stepData(taken),
    })),
  )
  return steps.length
}

type About = Pick<TakenStep, 'assignment' | 'caseNumber' | 'department' | 'deadlineOn'>

/** A step as it is written down. */
export function takenStep(
  { assignment, caseNumber, department, deadlineOn }: About,
  { step, mark }: Pick<LadderMark, 'step' | 'mark'>,
  at: Date,
  policy: SupervisionPolicy,
): Omit<TakenStep, 'id'> {
  return { assignment, caseNumber, department, deadlineOn, step, mark, at, policyVersion: policy.version }
}
