import { z } from 'zod'
import { openClock } from '@hub/kit/clock.ts'
import { databaseUrl, key, port, readSettings } from '@hub/kit/env.ts'
import { openFeed } from '@hub/kit/event-feed.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { runMain, type Running } from '@hub/kit/run.ts'
import { startRoom } from '@hub/kit/start-room.ts'
import { traceSettings } from '@hub/kit/trace-settings.ts'
import { loadLexicon } from './commands/load-lexicon.ts'
import { contextMaker } from './graph/context.ts'
import { schema } from './graph/schema.ts'
import { LexiconReader } from './store/lexicon-reader.ts'
import { TextCache } from './store/text-cache.ts'

const settings = z.object({
  DATABASE_URL: databaseUrl,
  KNOWLEDGE_PORT: port.default(4003),
  HOST: z.string().default('127.0.0.1'),
  HUB_CALLER_KEY: key,
  KNOWLEDGE_REGIONS: z.string().default('全国,山东省,济南市'),
})

/** Starts the knowledge subgraph. */
export async function startServer(env: NodeJS.ProcessEnv): Promise<Running> {
  const values = readSettings(settings, env)
  const log = openLog('knowledge')
  const clock = openClock(env)
  const database = openDatabase({ url: values.DATABASE_URL, room: 'knowledge' })
  const feed = openFeed({ database, log })
  await loadLexicon(database, clock)
  const lexicon = new LexiconReader(database)
  // The first segmentation unpacks jieba's dictionary (about 0.2 s): done now, not in the first citizen's call.
  await lexicon.current()
  const context = contextMaker(database, clock, {
    database,
    texts: new TextCache(),
    lexicon: () => lexicon.current(),
    regions: values.KNOWLEDGE_REGIONS.split(','),
  })
  return startRoom({
    room: 'knowledge',
    database,
    feed,
    port: values.KNOWLEDGE_PORT,
    host: values.HOST,
    schema,
    context,
    callerKey: values.HUB_CALLER_KEY,
    traces: traceSettings(env, 'knowledge'),
    log,
  })
}

if (import.meta.main) await runMain('knowledge', startServer)
