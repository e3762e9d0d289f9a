import { setTimeout as pause } from 'node:timers/promises'
import { runUntilStopped, type Background } from '@hub/kit/background.ts'
import type { Logger } from '@hub/kit/log.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { listUnseen, saveVectors } from '../store/vectors.ts'
import { embed, type EmbeddingSettings } from './embedding.ts'

const TEXTS_PER_REQUEST = 32
const WITHIN_MS = 30_000
const LONGEST_TEXT = 2_000
const LOOK_AGAIN_MS = 5_000

/** Shows public versions to the model, until stopped; a server that does not answer is asked again later. */
export function startEmbedding(database: Database, settings: EmbeddingSettings, log: Logger): Background {
  return runUntilStopped(async (signal) => {
    while (!signal.aborted) {
      let seen = 0
      try {
        seen = await embedSome(database, settings, signal)
      } catch (error) {
        if (!signal.aborted) log.warn({ err: error }, 'articles wait for the model server')
      }
      if (seen === 0) await pause(LOOK_AGAIN_MS, undefined, { signal }).catch(() => {})
    }
  })
}

/** Returns how many versions were seen. */
export async function embedSome(
  { orm }: Database,
  settings: EmbeddingSettings,
  signal?: AbortSignal,
): Promise<number> {
  const unseen = await listUnseen(orm, settings.model, TEXTS_PER_REQUEST)
  if (unseen.length === 0) return 0
  const texts = unseen.map(({ text }) => text.slice(0, LONGEST_TEXT))
  const vectors = await embed(settings, texts, WITHIN_MS, signal)
  await saveVectors(
    orm,
    settings.model,
    unseen.map(({ no }, at) => ({ no, vector: vectors[at] ?? [] })),
  )
  return unseen.length
}
