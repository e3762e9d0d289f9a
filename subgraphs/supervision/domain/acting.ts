import type { Day } from '@hub/kit/day.ts'
import type { Calendar } from '@hub/kit/working-days.ts'
import type { SupervisionPolicy } from './policy.ts'

/** Who acts, as far as a rule needs to know. */
export interface Actor {
  readonly subject: string
  readonly role: string
  /** Code of the unit that a DEPARTMENT acts for. */
  readonly department: string | null
  /** District that a PORTAL stands for, by name. */
  readonly district: string | null
}

/** All that a rule may know besides what it decides on: nothing is read from the world. */
export interface Acting {
  readonly now: Date
  readonly today: Day
  readonly actor: Actor
  readonly calendar: Calendar
  /** The rules in force today, in the city of the source and in any other (R8). */
  readonly policy: SupervisionPolicy
  readonly policyIn: (city: string) => SupervisionPolicy
  readonly newId: () => string
}
