import type { Database } from '@hub/kit/postgres.ts'
import type { RoutingKnowledge } from '../domain/suggest.ts'
import { listMatters, listPlaces, readVersion } from './lexicon.ts'
import { listRecords } from './tree-writing.ts'

/** Keeps the tree and the lexicon in memory, and loads them again when their version has risen: one small read a call. */
export class RoutingReader {
  readonly #database: Database
  #kept: { readonly version: number; readonly knowledge: Promise<RoutingKnowledge> } | null = null

  constructor(database: Database) {
    this.#database = database
  }

  /** What stands now. */
  async current(): Promise<RoutingKnowledge> {
    const version = await readVersion(this.#database.orm)
    if (this.#kept?.version === version) return this.#kept.knowledge
    const knowledge = this.#load()
    this.#kept = { version, knowledge }
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
      }),
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    )
  }
}
