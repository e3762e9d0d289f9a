import type { Day } from '@hub/kit/day.ts'
import { cityPolicyOn, STANDING, type CityPolicy } from './city-policy.ts'
import type { OrderKind } from './order.ts'
import type { TopicRule } from './topic.ts'

/** How this room works, in any city. */
interface Method {
  /** A denominator below this is shown, and not ranked (charter, "Metrics"). */
  readonly smallDenominator: number
  /** Working days that an order issued by a person gives when it names no date, by kind. */
  readonly orderDays: Readonly<Record<Exclude<OrderKind, 'WRITTEN'>, number>>
  /** The basis of an order that names none, by kind. */
  readonly orderBasis: Readonly<Record<OrderKind, string>>
  /** The clause that a written order at a missed date rests on (R66). */
  readonly breachBasis: string
  /** A count of people below this is not shown to the public. */
  readonly leastShown: number
  /** How hot topics are noticed (R76); four deviations propose a third of what three do by chance (`bench topics`). */
  readonly topics: TopicRule
}

/** The rules of supervision: how it works, and what the city's policy in force says of limits, marks and steps (R8). */
export interface SupervisionPolicy extends Method, CityPolicy {}

const method: Method = {
  smallDenominator: 10,
  orderDays: { INSTITUTIONAL: 7, SPECIAL: 10, DIRECTIVE: 5 },
  orderBasis: {
    INSTITUTIONAL: '市长公开电话工作职责:制度督办',
    WRITTEN: '市长公开电话工作职责:书面督办',
    SPECIAL: '市长公开电话工作职责:专项督办',
    DIRECTIVE: '市长公开电话工作职责:指令督办',
  },
  breachBasis: '市长公开电话处理程序“监督处理”第1项:承办单位超过办理时限的,应当及时进行书面督办,限期回复',
  leastShown: 5,
  topics: {
    windowDays: 7,
    baselineWindows: 8,
    leastWindows: 2,
    leastCases: 6,
    growth: 2,
    deviations: 4,
    matterTypes: ['CONSULTATION', 'COMPLAINT', 'SUGGESTION', 'HELP'],
  },
}

/** The rules in force on a day in a city; without one, in the city of the source. */
export function policyOn(
  day: Day,
  known: readonly CityPolicy[] = [],
  city: string = STANDING.city,
): SupervisionPolicy {
  return { ...method, ...cityPolicyOn(city, day, known) }
}
