import { z } from 'zod'
import { databaseUrl, key, port, readSettings } from '@hub/kit/env.ts'
import { openFeed } from '@hub/kit/event-feed.ts'
import { offerEvents } from '@hub/kit/event-offer.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase, type Database } from '@hub/kit/postgres.ts'
import { runMain, type Running } from '@hub/kit/run.ts'
import { startSubgraph } from '@hub/kit/serve.ts'
import { contextMaker } from './graph/context.ts'
import { schema } from './graph/schema.ts'
import { RoutingReader } from './store/routing-reader.ts'

const settings = z.object({
  DATABASE_URL: databaseUrl,
  DEPARTMENTS_PORT: port.default(4002),
  HOST: z.string().default('127.0.0.1'),
  HUB_CALLER_KEY: key,
})

/** Starts the departments subgraph. */
export async function startServer(env: NodeJS.ProcessEnv): Promise<Running> {
  const values = readSettings(settings, env)
  const log = openLog('departments')
  const database = openDatabase({ url: values.DATABASE_URL, room: 'departments' })
  const feed = openFeed({ database, log })
  const running = await startSubgraph({
    port: values.DEPARTMENTS_PORT,
    host: values.HOST,
    schema,
    context: contextMaker(database, new RoutingReader(database)),
    callerKey: values.HUB_CALLER_KEY,
    ready: () => readiness(database),
    events: offerEvents({ database, feed }),
    log,
  })
  return {
    url: running.url,
    async stop() {
      await running.stop()
      await feed.stop()
      await database.close()
    },
  }
}

async function readiness(database: Database): Promise<readonly string[]> {
  try {
    await database.sql`select 1`
    return []
  } catch {
    return ['departments: the database does not answer']
  }
}

if (import.meta.main) await runMain('departments', startServer)
