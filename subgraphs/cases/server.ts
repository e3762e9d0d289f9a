import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { openClock } from '@hub/kit/clock.ts'
import { openCipher } from '@hub/kit/crypt.ts'
import { address, databaseUrl, key, port, readSettings } from '@hub/kit/env.ts'
import { openFeed } from '@hub/kit/event-feed.ts'
import { httpLogSource } from '@hub/kit/follow-source.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { runMain, type Running } from '@hub/kit/run.ts'
import { startRoom } from '@hub/kit/start-room.ts'
import { traceSettings } from '@hub/kit/trace-settings.ts'
import { z } from 'zod'
import { openDepartmentTree } from './commands/department-tree.ts'
import { contextMaker } from './graph/context.ts'
import { schema } from './graph/schema.ts'
import { startFollowers } from './work/followers.ts'
import { startOpenCounts } from './work/open-counts.ts'
import { startRetention } from './work/retention.ts'

const settings = z.object({
  DATABASE_URL: databaseUrl,
  CASES_PORT: port.default(4001),
  HOST: z.string().default('127.0.0.1'),
  DEPARTMENTS_URL: address.default('http://127.0.0.1:4002'),
  KNOWLEDGE_URL: address.default('http://127.0.0.1:4003'),
  SUPERVISION_URL: address.default('http://127.0.0.1:4004'),
  HUB_CALLER_KEY: key,
  HUB_DATA_KEY: key,
  EVENTS_KEPT_DAYS: z.coerce
    .number({ error: 'it is a number of days, 90 or more' })
    .int()
    .min(90, 'events are kept for 90 days at least')
    .default(90),
})

/** Starts the cases subgraph: the graph with its subscriptions, and the followers of the other three rooms. */
export async function startServer(env: NodeJS.ProcessEnv): Promise<Running> {
  const values = readSettings(settings, env)
  const log = openLog('cases')
  const database = openDatabase({ url: values.DATABASE_URL, room: 'cases', max: 20 })
  const feed = openFeed({ database, log })
  const tree = openDepartmentTree(database)
  const room = {
    database,
    clock: openClock(env),
    calendar: chineseCalendar(),
    cipher: openCipher(values.HUB_DATA_KEY),
    tree,
    ring: (streams: readonly string[]) => feed.ring(streams),
  }
  const sourceOf = (url: string) => httpLogSource({ url, callerKey: values.HUB_CALLER_KEY, subject: 'cases' })
  const followers = startFollowers(
    {
      departments: sourceOf(values.DEPARTMENTS_URL),
      knowledge: sourceOf(values.KNOWLEDGE_URL),
      supervision: sourceOf(values.SUPERVISION_URL),
    },
    { database, tree, log },
  )
  const retention = startRetention({ database, clock: room.clock, log, days: values.EVENTS_KEPT_DAYS })
  const openCounts = startOpenCounts({ database, log })
  return startRoom({
    room: 'cases',
    database,
    feed,
    port: values.CASES_PORT,
    host: values.HOST,
    schema,
    context: contextMaker(room, feed),
    callerKey: values.HUB_CALLER_KEY,
    reasons: () => followers.reasons(),
    stopWork: async () => void (await Promise.all([followers.stop(), retention.stop(), openCounts.stop()])),
    traces: traceSettings(env, 'cases'),
    log,
  })
}

if (import.meta.main) await runMain('cases', startServer)
