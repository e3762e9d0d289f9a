import type { Day } from '@hub/kit/day.ts'

/** Limits and lists that local documents set (R8): a version in force from a day, with its legal basis. */
export interface Policy {
  readonly version: string
  readonly effectiveFrom: Day
  readonly legalBasis: readonly string[]
  /** R59. */
  readonly replyWorkingDays: number
  /** R61: total from the first dispatch. */
  readonly capWorkingDays: number
  /** Decision 4. */
  readonly extensions: number
  readonly returnWithinWorkingDays: number
  /** The longest time a redo may be given (R70). */
  readonly redoWorkingDays: number
  readonly reopenWithinDays: number
  /** How far ahead of the hub's clock a channel's clock may be. */
  readonly receivedAheadMinutes: number
  readonly receivedWithinDays: number
  /** Working days left from which a deadline is marked yellow 黄牌, and red 红牌. */
  readonly yellowWorkingDays: number
  readonly redWorkingDays: number
  /** What a written order gives for the reply (R67). */
  readonly writtenWorkingDays: number
  /** Working days after the missed date from which a directive, and a place in the circular, are due (R72, R82). */
  readonly directiveWorkingDays: number
  readonly circularWorkingDays: number
  /** In which a leader's instruction is to be carried out (R53, R72). */
  readonly instructionWorkingDays: number
  /** Units are reminded between these times of a working day. */
  readonly dutyFrom: string
  readonly dutyTo: string
}

/** A version as it is announced: of one city. */
export interface CityPolicy extends Policy {
  readonly city: string
}

const source: Policy = {
  version: 'JN-2018-1',
  effectiveFrom: '2000-01-01',
  legalBasis: ['市长公开电话工作规则 处理程序三(一)', '济南市12345市民服务热线条例'],
  replyWorkingDays: 7,
  capWorkingDays: 30,
  extensions: 1,
  returnWithinWorkingDays: 2,
  redoWorkingDays: 30,
  reopenWithinDays: 30,
  receivedAheadMinutes: 5,
  receivedWithinDays: 1830,
  yellowWorkingDays: 2,
  redWorkingDays: 0,
  writtenWorkingDays: 3,
  directiveWorkingDays: 5,
  circularWorkingDays: 10,
  instructionWorkingDays: 2,
  dutyFrom: '08:30',
  dutyTo: '17:30',
}

/** The standing version, as the table of policies begins with it. */
export const policies: readonly [Policy, ...Policy[]] = [source]

/** The version in force on a day. */
export function policyOn(day: Day, versions: readonly [Policy, ...Policy[]] = policies): Policy {
  return versions.findLast((version) => version.effectiveFrom <= day) ?? versions[0]
}
