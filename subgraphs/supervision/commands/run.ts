import type { Caller } from '@hub/kit/caller.ts'
import type { Clock } from '@hub/kit/clock.ts'
import { dayOf } from '@hub/kit/day.ts'
import { Refusal } from '@hub/kit/errors.ts'
import { appendEvents, type NewEvent } from '@hub/kit/event-log.ts'
import { newId } from '@hub/kit/id.ts'
import { keyedBefore, saveKeyResult } from '@hub/kit/idempotency.ts'
import type { Database, Tx } from '@hub/kit/postgres.ts'
import { markOf, RETRY_MS, type RequestMark } from '@hub/kit/request-mark.ts'
import type { Calendar } from '@hub/kit/working-days.ts'
import type { Acting } from '../domain/acting.ts'
import type { CityPolicy } from '../domain/city-policy.ts'
import { policyOn } from '../domain/policy.ts'
import { findRepeat, holdSubject, saveRequest } from '../store/requests.ts'

/** What every command of this room works with. */
export interface Room {
  readonly database: Database
  readonly clock: Clock
  readonly calendar: Calendar
  /** Policies of cities, as they were announced. */
  readonly policies: () => readonly CityPolicy[]
  /** A person as a survey knows one: a keyed fingerprint of the phone, another in every survey. */
  readonly personOf: (survey: string, phone: string) => string
  /** Rings for followers after a commit that wrote events. */
  readonly ring: () => void
}

/** One request to change something. */
export interface Request {
  readonly operation: string
  readonly input: unknown
  /** What it is about; absent for something that is only now made. */
  readonly subject?: string
}

/** What a command did: the id of what it made or changed, and what happened. */
export interface Done {
  readonly id: string
  readonly events: readonly NewEvent[]
}

/** All that a rule may know of the world. */
export function actingOf({ clock, calendar, policies }: Room, { subject, role, attributes }: Caller): Acting {
  const now = clock()
  const today = dayOf(now)
  return {
    now,
    today,
    calendar,
    policy: policyOn(today, policies()),
    policyIn: (city) => policyOn(today, policies(), city),
    newId,
    actor: {
      subject,
      role,
      department: attributes['department'] ?? null,
      district: attributes['district'] ?? null,
    },
  }
}

/**
 * Carries a request out in one transaction, events last, and answers the id of what it made or changed. The same
 * request sent again changes nothing: known by its idempotency key, or by being the last on its subject.
 */
export async function carryOut(
  room: Room,
  caller: Caller,
  request: Request,
  work: (tx: Tx, acting: Acting) => Promise<Done>,
): Promise<string> {
  const acting = actingOf(room, caller)
  const mark = markOf(caller, [request.operation, request.subject ?? null, request.input])
  const subject = request.subject ?? `${request.operation} ${mark.client}`
  const { id, events } = await room.database.orm.transaction(async (tx) => {
    await holdSubject(tx, subject)
    const done = await keyedBefore(tx, caller, mark, acting.now)
    if (done) return { id: done, events: [] }
    const result = await workOnce(tx, mark, subject, acting, work)
    await saveKeyResult(tx, caller, mark, result.id)
    await appendEvents(tx, result.events)
    return result
  })
  if (events.length > 0) room.ring()
  return id
}

async function workOnce(
  tx: Tx,
  mark: RequestMark,
  subject: string,
  acting: Acting,
  work: (tx: Tx, acting: Acting) => Promise<Done>,
): Promise<Done> {
  const before = await findRepeat(tx, mark, subject)
  const again = { id: before?.result ?? '', events: [] }
  if (before && acting.now.getTime() - before.at.getTime() < RETRY_MS) return again
  try {
    const done = await work(tx, acting)
    await saveRequest(tx, mark, subject, done.id, acting.now)
    return done
  } catch (error) {
    // It would be refused now because it has its effect already.
    if (before && error instanceof Refusal) return again
    throw error
  }
}
