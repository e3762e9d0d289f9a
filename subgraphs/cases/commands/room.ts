import type { Caller } from '@hub/kit/caller.ts'
import type { Clock } from '@hub/kit/clock.ts'
import type { FieldCipher } from '@hub/kit/crypt.ts'
import { dayOf } from '@hub/kit/day.ts'
import { newId } from '@hub/kit/id.ts'
import type { Database } from '@hub/kit/postgres.ts'
import type { Calendar } from '@hub/kit/working-days.ts'
import type { Actor, Context } from '../domain/context.ts'
import { policyOn } from '../domain/policy.ts'
import { roles, type Role } from '../domain/values.ts'
import { refuse } from '@hub/kit/errors.ts'
import type { DepartmentTree } from './department-tree.ts'
import { rulesOf } from './rules.ts'

/** What every command of this room works with. */
export interface Room {
  readonly database: Database
  readonly clock: Clock
  /** The calendar that the program brings; notices that were imported go before it. */
  readonly calendar: Calendar
  readonly cipher: FieldCipher
  readonly tree: DepartmentTree
  /** Rings for streams that an already committed transaction wrote to. */
  readonly ring: (streams: readonly string[]) => void
}

/** The caller as the rules know it. A role that this room has never heard of may do nothing. */
export function actorOf({ subject, role, attributes }: Caller): Actor {
  if (!isRole(role)) throw refuse('FORBIDDEN')
  return {
    subject,
    role,
    department: attributes['department'] ?? null,
    district: attributes['district'] ?? null,
    citizen: attributes['citizen'] ?? null,
  }
}

function isRole(text: string): text is Role {
  return roles.some((role) => role === text)
}

/** All that a rule may know besides the case, as it is now. */
export async function contextOf(room: Room, caller: Caller): Promise<Context> {
  const now = room.clock()
  const [{ policies, calendar }, departments] = await Promise.all([rulesOf(room), room.tree.current()])
  return {
    now,
    actor: actorOf(caller),
    calendar,
    policy: policyOn(dayOf(now), policies),
    policies,
    departments,
    newId,
  }
}
