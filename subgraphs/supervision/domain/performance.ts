import type { Counts } from './counters.ts'

/** One figure, with what it was made from. */
export interface Metric {
  readonly numerator: number
  readonly denominator: number
  /** How many were left out, and in `exclusions` which. */
  readonly excluded: number
  readonly exclusions: string
  /** numerator / denominator; null when there is nothing to divide by. */
  readonly value: number | null
  /** Whether the denominator is large enough to be compared with others. */
  readonly ranked: boolean
}

/** Sums of a period: `past` up to yesterday, `ahead` from today on, where an open date is not yet missed. */
export interface PeriodCounts {
  readonly all: Counts
  readonly past: Counts
  readonly ahead: Counts
}

export interface Performance {
  readonly response: Metric
  readonly solved: Metric
  readonly satisfied: Metric
  readonly onTime: Metric
  readonly redo: Metric
  readonly returned: Metric
  readonly firstDispatchRight: Metric
  readonly overdue: Metric
  readonly directAnswer: Metric
  readonly workingDays: Metric
  readonly moves: number
  readonly returnDaysLost: number
  readonly assigned: number
  readonly replied: number
  readonly praised: number
}

/** The metrics of the charter from the sums of a period. `city` carries the direct answers, where they are measured. */
export function performanceOf(counts: PeriodCounts, city: Counts | null, small: number): Performance {
  const { all, past, ahead } = counts
  const metric = (numerator: number, denominator: number, excluded: number, exclusions: string): Metric => ({
    numerator,
    denominator,
    excluded,
    exclusions,
    value: denominator === 0 ? null : numerator / denominator,
    ranked: denominator >= small,
  })
  const answered = all.dueInTime + all.dueLate
  const due = answered + past.dueOpen
  const notDue = all.dueExcluded + ahead.dueOpen
  const missed = all.dueLate + past.dueOpen + all.redoLate + past.redoOpen
  const dates = due + all.redoInTime + all.redoLate + past.redoOpen
  return {
    response: metric(all.dueContacted, due, notDue, NOT_DUE),
    solved: metric(all.solved, all.solved + all.unsolved, all.callbacks - all.solved - all.unsolved, NO_WORD),
    satisfied: metric(
      all.satisfied,
      all.satisfied + all.dissatisfied,
      all.callbacks - all.satisfied - all.dissatisfied,
      NO_WORD,
    ),
    onTime: metric(all.dueInTime, due, notDue, NOT_DUE),
    redo: metric(all.redone, all.reviewed, all.unreviewed, 'replies not yet reviewed 待审核'),
    returned: metric(
      all.returned,
      all.assigned - all.cancelled - all.returnWaiting,
      all.cancelled + all.returnWaiting,
      UNDECIDED,
    ),
    firstDispatchRight: metric(
      all.firstAssigned - all.firstReturned,
      all.firstAssigned,
      all.firstExcluded,
      UNDECIDED,
    ),
    overdue: metric(missed, dates, all.dueExcluded + ahead.dueOpen + ahead.redoOpen, NOT_DUE),
    directAnswer: metric(
      city?.answeredDirectly ?? 0,
      city?.registered ?? 0,
      0,
      city ? 'none 无' : 'measured for the hotline office only 仅统计热线机构',
    ),
    workingDays: metric(all.replyWorkingDays, all.replied, all.dueOpen, 'not yet replied 未回复'),
    moves: all.moves,
    returnDaysLost: all.returnDaysLost,
    assigned: all.assigned,
    replied: all.replied,
    praised: all.praised,
  }
}

const NOT_DUE =
  'returned, cancelled, without a reply required, or open and not yet due 退单、撤销、无需回复及未到期'
const NO_WORD = 'callbacks without contact or without an answer 未接通或未表态'
const UNDECIDED = 'cancelled, or return not yet decided 撤销及退单待审'
