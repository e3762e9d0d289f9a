import type { Logger } from '@hub/kit/log.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { setInterval as everyInterval } from 'node:timers/promises'
import { addUpUnsettled } from '../store/unsettled.ts'

export interface OpenCountsOptions {
  readonly database: Database
  readonly log: Logger
  readonly everyMs?: number
}

/** Adds up what units have taken and settled, once a minute: the counts are right at any time, this keeps them quick. */
export function startOpenCounts(options: OpenCountsOptions): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const running = loop(options, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function loop(
  { database, log, everyMs = 60_000 }: OpenCountsOptions,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const _tick of everyInterval(everyMs, undefined, { signal, ref: false }))
      await addUpUnsettled(database.orm).catch((error: unknown) => {
        log.error({ err: error }, 'open assignments could not be added up; trying again in a minute')
      })
  } catch {
    // Stopped: the only way out of the loop.
  }
}
