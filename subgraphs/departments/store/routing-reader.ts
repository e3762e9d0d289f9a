import type { Database } from '@hub/kit/postgres.ts'
import type { RoutingKnowledge } from '../domain/suggest.ts'
import { listExamples, listMatters, listPlaces, readVersion } from './lexicon.ts'
import { listOutcomes } from './outcomes.ts'
import { listRecords } from './tree-writing.ts'

/** How old the counts of outcomes may be: a count that is a minute late changes no suggestion. */
const OUTCOMES_AGE_MS = 60_000

/** Keeps the tree and the lexicon in memory, and loads them again when their version has risen: one small read a call. */
export class RoutingReader {
  readonly #database: Database
  #kept: {
    readonly version: number
    readonly loadedAt: number
    readonly knowledge: Promise<RoutingKnowledge>
  } | null = null

  constructor(database: Database) {
    this.#database = database
  }

  /** What stands now. */
  async current(): Promise<RoutingKnowledge> {
    const version = await readVersion(this.#database.orm)
    const now = performance.now()
    if (this.#kept?.version === version && now - this.#kept.loadedAt < OUTCOMES_AGE_MS)
      return this.#kept.knowledge
    const knowledge = this.#load()
    this.#kept = { version, loadedAt: now, knowledge }
    knowledge.catch(() => {
      this.#kept = null
    })
    return knowledge
  }

  async #load(): Promise<RoutingKnowledge> {
    return this.#database.orm.transaction(
      async (tx) => ({
        units: await listRecords(tx),
        matters: await listMatters(tx),
        places: await listPlaces(tx),
        examples: await listExamples(tx),
        outcomes: await listOutcomes(tx),
      }),
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    )
  }
}
