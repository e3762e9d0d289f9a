import { runEvery, type Background } from '@hub/kit/background.ts'
import type { Logger } from '@hub/kit/log.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { addUpUnsettled } from '../store/unsettled.ts'

export interface OpenCountsOptions {
  readonly database: Database
  readonly log: Logger
  readonly everyMs?: number
}

/** Adds up what units have taken and settled, once a minute: the counts are right at any time, this keeps them quick. */
export function startOpenCounts({ database, log, everyMs = 60_000 }: OpenCountsOptions): Background {
  return runEvery(
    everyMs,
    () => addUpUnsettled(database.orm),
    (error) => log.error({ err: error }, 'open assignments could not be added up; trying again in a minute'),
  )
}
