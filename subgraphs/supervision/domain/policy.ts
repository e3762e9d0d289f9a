import type { Day } from '@hub/kit/day.ts'

/** The rules of supervision in force from a day on. Local documents prevail (R8): another city is another version. */
export interface SupervisionPolicy {
  readonly version: string
  readonly inForceFrom: Day
  /** Working days that a written supervision gives for the reply (R67 demands a date, not which). */
  readonly writtenDays: number
  /** A denominator below this is shown, and not ranked (charter, "Metrics"). */
  readonly smallDenominator: number
  readonly legalBasis: string
}

const POLICIES: readonly [SupervisionPolicy, ...SupervisionPolicy[]] = [
  {
    version: 'jinan-supervision-1',
    inForceFrom: '2000-01-01',
    writtenDays: 3,
    smallDenominator: 10,
    legalBasis: '市长公开电话处理程序“监督处理”第1项:承办单位超过办理时限的,应当及时进行书面督办,限期回复',
  },
]

/** The policy in force on a day. */
export function policyOn(day: Day): SupervisionPolicy {
  return POLICIES.findLast(({ inForceFrom }) => inForceFrom <= day) ?? POLICIES[0]
}
