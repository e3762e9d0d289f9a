import { z } from 'zod'
import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { openClock } from '@hub/kit/clock.ts'
import { address, databaseUrl, key, port, readSettings } from '@hub/kit/env.ts'
import { openFeed } from '@hub/kit/event-feed.ts'
import { httpLogSource } from '@hub/kit/follow-source.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { runMain, type Running } from '@hub/kit/run.ts'
import { startRoom } from '@hub/kit/start-room.ts'
import { traceSettings } from '@hub/kit/trace-settings.ts'
import { personOf } from './commands/person.ts'
import { openRuleBook } from './commands/rule-book.ts'
import { SUPERVISION_STREAM } from './domain/order-events.ts'
import { contextMaker } from './graph/context.ts'
import { schema } from './graph/schema.ts'
import { startDeadlines } from './work/deadlines.ts'
import { reload, startFollowers } from './work/followers.ts'

const settings = z.object({
  DATABASE_URL: databaseUrl,
  SUPERVISION_PORT: port.default(4004),
  HOST: z.string().default('127.0.0.1'),
  CASES_URL: address.default('http://127.0.0.1:4001'),
  DEPARTMENTS_URL: address.default('http://127.0.0.1:4002'),
  HUB_CALLER_KEY: key,
  HUB_DATA_KEY: key,
})

/** Starts the supervision subgraph: the graph, the followers of cases and departments, and the deadlines. */
export async function startServer(env: NodeJS.ProcessEnv): Promise<Running> {
  const values = readSettings(settings, env)
  const log = openLog('supervision')
  const clock = openClock(env)
  const database = openDatabase({ url: values.DATABASE_URL, room: 'supervision' })
  const feed = openFeed({ database, log })
  const ring = (): void => feed.ring([SUPERVISION_STREAM])
  const sourceOf = (url: string) =>
    httpLogSource({ url, callerKey: values.HUB_CALLER_KEY, subject: 'supervision' })
  const book = openRuleBook(database.orm, chineseCalendar())
  await reload(book, log)
  const followers = startFollowers({
    database,
    book,
    cases: sourceOf(values.CASES_URL),
    departments: sourceOf(values.DEPARTMENTS_URL),
    clock,
    log,
    afterCommit: ring,
  })
  const deadlines = startDeadlines({
    db: database.orm,
    clock,
    log,
    book,
    knownUntil: followers.knownUntil,
    onIssued: ring,
  })
  return startRoom({
    room: 'supervision',
    database,
    feed,
    port: values.SUPERVISION_PORT,
    host: values.HOST,
    schema,
    context: contextMaker({
      database,
      clock,
      calendar: book.calendar,
      policies: book.policies,
      personOf: personOf(values.HUB_DATA_KEY),
      ring,
    }),
    callerKey: values.HUB_CALLER_KEY,
    reasons: () => followers.reasons(),
    stopWork: async () => void (await Promise.all([deadlines.stop(), followers.stop()])),
    traces: traceSettings(env, 'supervision'),
    log,
  })
}

if (import.meta.main) await runMain('supervision', startServer)
