import type { Day } from '@hub/kit/day.ts'
import { dayIn, needText, type FollowedEvent } from './event-data.ts'

/** A city's policy as the cases room announces it (R8): limits, marks and steps, in force from a day. */
export interface CityPolicy {
  readonly city: string
  readonly version: string
  readonly effectiveFrom: Day
  /** Titles of documents, one a line. */
  readonly legalBasis: string
  readonly replyWorkingDays: number
  readonly capWorkingDays: number
  readonly extensions: number
  readonly returnWithinWorkingDays: number
  /** Working days left from which a date is marked yellow 黄牌, and red 红牌. */
  readonly yellowWorkingDays: number
  readonly redWorkingDays: number
  /** What a written order gives for the reply (R67). */
  readonly writtenWorkingDays: number
  /** Working days after the missed date: a directive, then a place in the circular (R72, R82). */
  readonly directiveWorkingDays: number
  readonly circularWorkingDays: number
  /** In which a leader's instruction is to be carried out (R53, R72). */
  readonly instructionWorkingDays: number
  readonly dutyFrom: string
  readonly dutyTo: string
}

/** The source's own rules (decision 5): what is gone by until the log of policies is followed, and for a city without one. */
export const STANDING: CityPolicy = {
  city: 'JN',
  version: 'JN-2018-1',
  effectiveFrom: '2000-01-01',
  legalBasis: '市长公开电话工作规则 处理程序三(一)\n济南市12345市民服务热线条例',
  replyWorkingDays: 7,
  capWorkingDays: 30,
  extensions: 1,
  returnWithinWorkingDays: 2,
  yellowWorkingDays: 2,
  redWorkingDays: 0,
  writtenWorkingDays: 3,
  directiveWorkingDays: 5,
  circularWorkingDays: 10,
  instructionWorkingDays: 2,
  dutyFrom: '08:30',
  dutyTo: '17:30',
}

/** The policy that a PolicyAnnounced event announces, or null for another event. */
export function announcedPolicy({ kind, data }: FollowedEvent): CityPolicy | null {
  if (kind !== 'PolicyAnnounced') return null
  const count = (key: string): number => {
    const value = data[key]
    if (typeof value !== 'number') throw new Error(`the event does not say ${key}`)
    return value
  }
  return {
    city: needText(data, 'city'),
    version: needText(data, 'version'),
    effectiveFrom: dayIn(data, 'effectiveFrom') ?? needText(data, 'effectiveFrom'),
    legalBasis: needText(data, 'legalBasis'),
    replyWorkingDays: count('replyWorkingDays'),
    capWorkingDays: count('capWorkingDays'),
    extensions: count('extensions'),
    returnWithinWorkingDays: count('returnWithinWorkingDays'),
    yellowWorkingDays: count('yellowWorkingDays'),
    redWorkingDays: count('redWorkingDays'),
    writtenWorkingDays: count('writtenWorkingDays'),
    directiveWorkingDays: count('directiveWorkingDays'),
    circularWorkingDays: count('circularWorkingDays'),
    instructionWorkingDays: count('instructionWorkingDays'),
    dutyFrom: needText(data, 'dutyFrom'),
    dutyTo: needText(data, 'dutyTo'),
  }
}

/** The city in a case number or a code of a unit: JN-20261123-000123, JN-SWJ. */
export function cityOf(code: string): string {
  return code.split('-', 1)[0] ?? ''
}

/** The version of a city in force on a day. */
export function cityPolicyOn(city: string, day: Day, known: readonly CityPolicy[]): CityPolicy {
  const own = known
    .filter((policy) => policy.city === city)
    .toSorted((one, other) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1))
  return own.findLast(({ effectiveFrom }) => effectiveFrom <= day) ?? own[0] ?? STANDING
}

/** The version that made a date; the source's own rules while it is not known. */
export function policyNamed(version: string, known: readonly CityPolicy[]): CityPolicy {
  return known.find((policy) => policy.version === version) ?? STANDING
}
