import type { Day } from '@hub/kit/day.ts'
import type { DutyHours, LadderMark } from './ladder.ts'
import type { OrderKind } from './order.ts'
import type { TopicRule } from './topic.ts'

/** The rules of supervision in force from a day on. Local documents prevail (R8): another city is another version. */
export interface SupervisionPolicy {
  readonly version: string
  readonly inForceFrom: Day
  /** Working days that a written supervision gives for the reply (R67 demands a date, not which). */
  readonly writtenDays: number
  /** A denominator below this is shown, and not ranked (charter, "Metrics"). */
  readonly smallDenominator: number
  readonly legalBasis: string
  /** Working days that an order issued by a person gives when it names no date, by kind. */
  readonly orderDays: Readonly<Record<OrderKind, number>>
  /** The basis of an order that names none, by kind. */
  readonly orderBasis: Readonly<Record<OrderKind, string>>
  /** The steps of supervision in their order, with their marks in working days. */
  readonly ladder: readonly LadderMark[]
  readonly dutyHours: DutyHours
  /** Working days in which a leader's instruction is to be carried out (R53, R72). */
  readonly instructionDays: number
  /** A count of people below this is not shown to the public. */
  readonly leastShown: number
  /** How hot topics are noticed (R76). */
  readonly topics: TopicRule
}

const POLICIES: readonly [SupervisionPolicy, ...SupervisionPolicy[]] = [
  {
    version: 'jinan-supervision-1',
    inForceFrom: '2000-01-01',
    writtenDays: 3,
    smallDenominator: 10,
    legalBasis: '市长公开电话处理程序“监督处理”第1项:承办单位超过办理时限的,应当及时进行书面督办,限期回复',
    orderDays: { INSTITUTIONAL: 7, WRITTEN: 3, SPECIAL: 10, DIRECTIVE: 5 },
    orderBasis: {
      INSTITUTIONAL: '市长公开电话工作职责:制度督办',
      WRITTEN: '市长公开电话工作职责:书面督办',
      SPECIAL: '市长公开电话工作职责:专项督办',
      DIRECTIVE: '市长公开电话工作职责:指令督办',
    },
    ladder: [
      { step: 'REMINDER', mark: 'YELLOW', after: -2, dutyHoursOnly: true, needs: null },
      { step: 'WRITTEN', mark: 'RED', after: 0, dutyHoursOnly: false, needs: null },
      { step: 'DIRECTIVE', mark: 'RED', after: 5, dutyHoursOnly: false, needs: 'WRITTEN' },
      { step: 'CIRCULAR', mark: 'RED', after: 10, dutyHoursOnly: false, needs: 'DIRECTIVE' },
    ],
    dutyHours: { from: '08:30', to: '17:30' },
    instructionDays: 2,
    leastShown: 5,
    topics: {
      windowDays: 7,
      baselineWindows: 8,
      leastWindows: 2,
      leastCases: 6,
      growth: 2,
      deviations: 3,
      matterTypes: ['CONSULTATION', 'COMPLAINT', 'SUGGESTION', 'HELP'],
    },
  },
]

/** The policy in force on a day. */
export function policyOn(day: Day): SupervisionPolicy {
  return POLICIES.findLast(({ inForceFrom }) => inForceFrom <= day) ?? POLICIES[0]
}
