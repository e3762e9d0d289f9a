import type { Feed } from './event-feed.ts'
import { offerEvents } from './event-offer.ts'
import type { CallerContext } from './graph.ts'
import type { Database } from './postgres.ts'
import type { Running } from './run.ts'
import { startSubgraph, type SubgraphOptions } from './serve.ts'

export interface RoomOptions<Context extends CallerContext> extends Omit<
  SubgraphOptions<Context>,
  'ready' | 'events'
> {
  /** Named in the reasons why the room is not ready. */
  readonly room: string
  readonly database: Database
  readonly feed: Feed
  /** Why the room's own work cannot go on; empty while all is well. */
  readonly reasons?: () => readonly string[]
  /** Ends the room's own work: followers, deadlines. */
  readonly stopWork?: () => Promise<void>
}

/** Serves a room with its log, and answers for its end: the door first, then its work, its feed, its database. */
export async function startRoom<Context extends CallerContext>(
  options: RoomOptions<Context>,
): Promise<Running> {
  const { room, database, feed, reasons, stopWork } = options
  const release = async (): Promise<void> => {
    await stopWork?.()
    await feed.stop()
    await database.close()
  }
  const running = await startSubgraph({
    ...options,
    ready: async () => [...(await databaseReasons(database, room)), ...(reasons?.() ?? [])],
    events: offerEvents({ database, feed }),
  }).catch(async (error: unknown) => {
    await release()
    throw error
  })
  return {
    url: running.url,
    async stop() {
      await running.stop()
      await release()
    },
  }
}

async function databaseReasons(database: Database, room: string): Promise<readonly string[]> {
  try {
    await database.sql`select 1`
    return []
  } catch {
    return [`${room}: the database does not answer`]
  }
}
