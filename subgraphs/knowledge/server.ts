import { z } from 'zod'
import { openClock } from '@hub/kit/clock.ts'
import { address, databaseUrl, key, port, readSettings, SettingError } from '@hub/kit/env.ts'
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
import { startEmbedding } from './work/embed-articles.ts'
import type { EmbeddingSettings } from './work/embedding.ts'
import { NearestArticles } from './work/nearest.ts'

const settings = z.object({
  DATABASE_URL: databaseUrl,
  KNOWLEDGE_PORT: port.default(4003),
  HOST: z.string().default('127.0.0.1'),
  HUB_CALLER_KEY: key,
  KNOWLEDGE_REGIONS: z.string().default('全国,山东省,济南市'),
  EMBEDDING_URL: address.optional(),
  EMBEDDING_MODEL: z.string().min(1).optional(),
  EMBEDDING_KEY: z.string().min(1).optional(),
})

/** Starts the knowledge subgraph. */
export async function startServer(env: NodeJS.ProcessEnv): Promise<Running> {
  const values = readSettings(settings, env)
  const embedding = embeddingOf(values)
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
    ...(embedding ? nearestBy(new NearestArticles(database, embedding, log)) : {}),
  })
  const embedder = embedding ? startEmbedding(database, embedding, log) : null
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
    stopWork: async () => embedder?.stop(),
    log,
  })
}

function nearestBy(articles: NearestArticles): { nearest: (question: string) => Promise<number[]> } {
  return { nearest: (question) => articles.find(question) }
}

/** A model server, where one is set: nothing leaves this machine otherwise. */
function embeddingOf(values: z.output<typeof settings>): EmbeddingSettings | null {
  const { EMBEDDING_URL: url, EMBEDDING_MODEL: model, EMBEDDING_KEY: secret } = values
  if (!url) return null
  if (!model) throw new SettingError('EMBEDDING_MODEL is not set; EMBEDDING_URL needs the name of its model.')
  return { url, model, key: secret }
}

if (import.meta.main) await runMain('knowledge', startServer)
