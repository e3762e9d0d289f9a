import type { Calendar } from '@hub/kit/working-days.ts'
import type { Departments } from './departments.ts'
import type { Policy } from './policy.ts'
import type { Role } from './values.ts'

/** Who acts, as far as a rule needs to know. */
export interface Actor {
  readonly subject: string
  readonly role: Role
  /** Code of the unit a DEPARTMENT acts for. */
  readonly department: string | null
  /** District a PORTAL stands for, by name. */
  readonly district: string | null
  /** Phone of the citizen a PORTAL acts for. */
  readonly citizen: string | null
}

/** All that a rule may know besides the case: nothing is read from the world. */
export interface Context {
  readonly now: Date
  readonly actor: Actor
  readonly calendar: Calendar
  readonly policy: Policy
  /** All versions: a deadline is computed anew by the one that made it. */
  readonly policies?: readonly Policy[]
  readonly departments: Departments
  newId(): string
}
