import type { Caller } from '@hub/kit/caller.ts'
import type { Feed } from '@hub/kit/event-feed.ts'
import type { CallerContext } from '@hub/kit/graph.ts'
import type { Viewer } from '../domain/visibility.ts'
import { reachOf } from '../commands/reach-of.ts'
import { actorOf, type Room } from '../commands/room.ts'
import type { Reach } from '../store/reach.ts'
import { makeCommands, type Commands } from './context-commands.ts'
import { makeReads, type Reads } from './context-reads.ts'
import { makeLoaders, type Loaders } from './loaders.ts'

/** What the resolvers of one operation, or of one event of a subscription, work with. */
export interface RoomContext extends CallerContext {
  readonly room: Room
  readonly feed: Feed
  readonly viewer: Viewer
  readonly now: Date
  readonly reach: () => Promise<Reach>
  readonly load: Loaders
  readonly read: Reads
  readonly command: Commands
}

/** Makes the context of one operation: one instant, one viewer, loaders of its own. */
export function contextMaker(room: Room, feed: Feed): (caller: Caller) => RoomContext {
  return (caller) => {
    const viewer = actorOf(caller)
    let asked: Promise<Reach> | undefined
    const reach = (): Promise<Reach> => (asked ??= reachOf(viewer, room))
    return {
      caller,
      room,
      feed,
      viewer,
      now: room.clock(),
      reach,
      load: makeLoaders(room, caller, reach),
      read: makeReads(room, reach),
      command: makeCommands(room, caller),
    }
  }
}
