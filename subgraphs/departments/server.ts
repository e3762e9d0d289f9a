import { z } from 'zod'
import { address, databaseUrl, key, port, readSettings } from '@hub/kit/env.ts'
import { openFeed } from '@hub/kit/event-feed.ts'
import { httpLogSource } from '@hub/kit/follow-source.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { runMain, type Running } from '@hub/kit/run.ts'
import { startRoom } from '@hub/kit/start-room.ts'
import { traceSettings } from '@hub/kit/trace-settings.ts'
import { contextMaker } from './graph/context.ts'
import { schema } from './graph/schema.ts'
import { RoutingReader } from './store/routing-reader.ts'
import { startFollower } from './work/followers.ts'

const settings = z.object({
  DATABASE_URL: databaseUrl,
  DEPARTMENTS_PORT: port.default(4002),
  HOST: z.string().default('127.0.0.1'),
  CASES_URL: address.default('http://127.0.0.1:4001'),
  HUB_CALLER_KEY: key,
})

/** Starts the departments subgraph. */
export async function startServer(env: NodeJS.ProcessEnv): Promise<Running> {
  const values = readSettings(settings, env)
  const log = openLog('departments')
  const database = openDatabase({ url: values.DATABASE_URL, room: 'departments' })
  const feed = openFeed({ database, log })
  const source = httpLogSource({
    url: values.CASES_URL,
    callerKey: values.HUB_CALLER_KEY,
    subject: 'departments',
  })
  // Why it could not be followed is no reason to send callers away: suggestions rest on the lexicon.
  const follower = startFollower({ database, source, log })
  return startRoom({
    room: 'departments',
    database,
    feed,
    port: values.DEPARTMENTS_PORT,
    host: values.HOST,
    schema,
    context: contextMaker(database, new RoutingReader(database)),
    callerKey: values.HUB_CALLER_KEY,
    stopWork: () => follower.stop(),
    traces: traceSettings(env, 'departments'),
    log,
  })
}

if (import.meta.main) await runMain('departments', startServer)
