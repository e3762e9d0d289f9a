import type { Actor, Context } from '@hub/cases/domain/context.ts'
import type { Departments } from '@hub/cases/domain/departments.ts'
import type { CaseEvent } from '@hub/cases/domain/events.ts'
import { evolve } from '@hub/cases/domain/evolve.ts'
import { policyOn } from '@hub/cases/domain/policy.ts'
import type { CaseState } from '@hub/cases/domain/state.ts'
import type { Role } from '@hub/cases/domain/values.ts'
import { dayOf } from '@hub/kit/day.ts'
import type { Calendar } from '@hub/kit/working-days.ts'

/** What all invented cases have around them. */
export interface World {
  readonly now: Date
  readonly calendar: Calendar
  readonly departments: Departments
  newId(): string
}

/** One case as it goes its way by the rules of the cases room: what was decided, and where it stands. */
export class Life {
  readonly events: CaseEvent[] = []
  private standing: CaseState | null = null
  private readonly world: World

  constructor(world: World) {
    this.world = world
  }

  get state(): CaseState {
    if (this.standing === null) throw new Error('this case has not begun')
    return this.standing
  }

  /** Lets something happen, unless it lies in the future; answers whether it has happened. */
  happen(at: Date, actor: Actor, decide: (context: Context) => readonly CaseEvent[]): boolean {
    if (at > this.world.now) return false
    const { calendar, departments } = this.world
    const policy = policyOn(dayOf(at))
    const context = { now: at, actor, calendar, policy, departments, newId: () => this.world.newId() }
    for (const event of decide(context)) {
      this.events.push(event)
      this.standing = evolve(this.standing, event)
    }
    return true
  }
}

/** Somebody invented: the subject says so. */
export function actorAs(role: Role, name: string, attributes: Partial<Actor> = {}): Actor {
  return { subject: `sample:${name}`, role, department: null, district: null, citizen: null, ...attributes }
}

/** Somebody at a unit's desk. */
export function unitActor(department: string): Actor {
  return actorAs('DEPARTMENT', department.toLowerCase(), { department })
}
