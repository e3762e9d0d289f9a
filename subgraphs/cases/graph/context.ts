import type { Caller } from '@hub/kit/caller.ts'
import type { Feed } from '@hub/kit/event-feed.ts'
import type { CallerContext } from '@hub/kit/graph.ts'
import { normalisePhone } from '../domain/phone.ts'
import type { Viewer } from '../domain/visibility.ts'
import { actorOf, type Room } from '../commands/room.ts'
import type { Reach } from '../store/reach.ts'
import { makeLoaders, type Loaders } from './loaders.ts'

/** What the resolvers of one operation, or of one event of a subscription, work with. */
export interface RoomContext extends CallerContext {
  readonly room: Room
  readonly feed: Feed
  readonly viewer: Viewer
  readonly now: Date
  readonly reach: () => Promise<Reach>
  readonly load: Loaders
}

/** Makes the context of one operation: one instant, one viewer, loaders of its own. */
export function contextMaker(room: Room, feed: Feed): (caller: Caller) => RoomContext {
  return (caller) => {
    const viewer = actorOf(caller)
    let asked: Promise<Reach> | undefined
    const reach = (): Promise<Reach> => (asked ??= reachOf(viewer, room))
    const load = makeLoaders(room, caller, reach)
    return { caller, room, feed, viewer, now: room.clock(), reach, load }
  }
}

/** Which cases a viewer reaches at all, for the database; domain/visibility.ts says the same of one case. */
async function reachOf(
  { role, department, district, citizen }: Viewer,
  { tree, cipher }: Room,
): Promise<Reach> {
  switch (role) {
    case 'OPERATOR':
    case 'OFFICE':
    case 'LEADER':
    case 'OVERSIGHT':
    case 'ADMIN':
      return { kind: 'ALL' }
    case 'DEPARTMENT':
      if (department === null) return { kind: 'NONE' }
      return {
        kind: 'UNITS',
        codes: await tree.within(department),
        barredBy: await tree.barringOf(department),
      }
    case 'PORTAL':
      if (citizen !== null)
        return { kind: 'CITIZEN', phoneIndex: cipher.fingerprint(normalisePhone(citizen).phone) }
      return district === null ? { kind: 'NONE' } : { kind: 'DISTRICT', district }
    default:
      return { kind: 'NONE' }
  }
}
