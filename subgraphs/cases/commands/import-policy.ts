import { dayOf } from '@hub/kit/day.ts'
import { appendEvents } from '@hub/kit/event-log.ts'
import { newId } from '@hub/kit/id.ts'
import { policyData, requirePolicy } from '../domain/announced-policy.ts'
import type { CityPolicy } from '../domain/policy.ts'
import { POLICY_STREAM } from '../domain/stream-names.ts'
import { listCityPolicies, savePolicy } from '../store/rules.ts'
import type { Room } from './room.ts'
import { forgetRules } from './rules.ts'

/** Takes a version of a city's policy in and says so on a stream (R8); false when the very same stands already. */
export async function importPolicy(room: Room, policy: CityPolicy): Promise<boolean> {
  const now = room.clock()
  const isNew = await room.database.orm.transaction(async (tx) => {
    const known = await listCityPolicies(tx)
    if (known.some((one) => isSame(one, policy))) return false
    requirePolicy(policy, known, dayOf(now))
    await savePolicy(tx, policy)
    const event = { eventId: newId(), kind: 'PolicyAnnounced', at: now, data: policyData(policy) }
    await appendEvents(tx, [{ stream: POLICY_STREAM, ...event }])
    return true
  })
  if (isNew) room.ring([POLICY_STREAM])
  forgetRules(room.database)
  return isNew
}

function isSame(one: CityPolicy, other: CityPolicy): boolean {
  const inOrder = (policy: CityPolicy): string =>
    JSON.stringify(Object.entries(policy).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return inOrder(one) === inOrder(other)
}
