import { z } from 'zod'
import { databaseUrl, key, port, readSettings } from '@hub/kit/env.ts'
import { openFeed } from '@hub/kit/event-feed.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { runMain, type Running } from '@hub/kit/run.ts'
import { startRoom } from '@hub/kit/start-room.ts'
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
  return startRoom({
    room: 'departments',
    database,
    feed,
    port: values.DEPARTMENTS_PORT,
    host: values.HOST,
    schema,
    context: contextMaker(database, new RoutingReader(database)),
    callerKey: values.HUB_CALLER_KEY,
    log,
  })
}

if (import.meta.main) await runMain('departments', startServer)
