import { randomUUID } from 'node:crypto'
import type { Day } from '@hub/kit/day.ts'
import { appendEvents } from '@hub/kit/event-log.ts'
import type { Tx } from '@hub/kit/postgres.ts'
import type { Calendar } from '@hub/kit/working-days.ts'
import { STANDING, type CityPolicy } from '../domain/city-policy.ts'
import {
  datesOf,
  inDutyHours,
  ladderOf,
  stepData,
  type LadderMark,
  type TakenStep,
} from '../domain/ladder.ts'
import { SUPERVISION_STREAM } from '../domain/order-events.ts'
import { saveSteps, takeReached } from '../store/ladder.ts'

export interface ClimbInput {
  readonly now: Date
  /** The day that the log of cases is known until. */
  readonly today: Day
  readonly calendar: Calendar
  readonly limit: number
}

/** A step for the dates that one policy made. */
export interface Rung {
  readonly policy: CityPolicy
  /** Dates of none of these versions are reminded of by this policy too; null: only its own. */
  readonly others: readonly string[] | null
  readonly mark: LadderMark
}

/** The steps that this room takes by itself now; the written order is one of its own, with number and date. */
export function stepsDue(now: Date, calendar: Calendar, known: readonly CityPolicy[]): readonly Rung[] {
  return rulesFor(known).flatMap(({ policy, others }) => {
    const onDuty = inDutyHours(now, policy, calendar)
    return ladderOf(policy)
      .filter(({ step, dutyHoursOnly }) => step !== 'WRITTEN' && (onDuty || !dutyHoursOnly))
      .map((mark) => ({ policy, others, mark }))
  })
}

/** R8: each date by the version that made it; one whose version was never told, by the source's own rules. */
function rulesFor(known: readonly CityPolicy[]): readonly Omit<Rung, 'mark'>[] {
  const versions = known.map(({ version }) => version)
  const standing = known.find(({ version }) => version === STANDING.version) ?? STANDING
  return [...known.map((policy) => ({ policy, others: null })), { policy: standing, others: versions }]
}

/** Takes one step of the ladder for up to `limit` assignments: mark and event in the transaction given. */
export async function climbLadder(
  tx: Tx,
  { policy, others, mark }: Rung,
  input: ClimbInput,
): Promise<number> {
  const { now, today, calendar, limit } = input
  const { step, needs } = mark
  const dates = datesOf(mark, today, calendar)
  const reached = await takeReached(tx, { step, needs, policy: policy.version, others, ...dates, limit })
  const by = { at: now, policyVersion: policy.version, calendarVersion: calendar.version }
  const steps = reached.map(({ missedOn, ...of }) => takenStep({ ...of, deadlineOn: missedOn }, mark, by))
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
type By = Pick<TakenStep, 'at' | 'policyVersion' | 'calendarVersion'>

/** A step as it is written down. */
export function takenStep(
  { assignment, caseNumber, department, deadlineOn }: About,
  { step, mark }: Pick<LadderMark, 'step' | 'mark'>,
  { at, policyVersion, calendarVersion }: By,
): Omit<TakenStep, 'id'> {
  return {
    assignment,
    caseNumber,
    department,
    deadlineOn,
    step,
    mark,
    at,
    policyVersion,
    calendarVersion,
  }
}
