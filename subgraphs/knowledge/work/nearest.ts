import type { Logger } from '@hub/kit/log.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { redactQuestion } from '../domain/redact-question.ts'
import { VectorReader } from '../store/vectors.ts'
import { embed, type EmbeddingSettings } from './embedding.ts'

/** A caller waits no longer than this for a model. */
const WITHIN_MS = 300
/** A server that failed is left alone for a while: searches do not wait for it again and again. */
const REST_MS = 10_000
const NEAREST = 20

/** Finds the articles whose vectors are nearest to a question; none when the model server does not help. */
export class NearestArticles {
  private readonly settings: EmbeddingSettings
  private readonly vectors: VectorReader
  private readonly log: Logger
  private readonly withinMs: number
  private restsUntil = Number.NEGATIVE_INFINITY
  private failures = 0

  constructor(database: Database, settings: EmbeddingSettings, log: Logger, withinMs = WITHIN_MS) {
    this.settings = settings
    this.vectors = new VectorReader(database.orm, settings.model)
    this.log = log
    this.withinMs = withinMs
  }

  /** The numbers of the nearest versions, nearest first. What is sent holds nothing that identifies a person. */
  async find(question: string): Promise<number[]> {
    if (performance.now() < this.restsUntil) return []
    try {
      const [[vector = []], index] = await Promise.all([
        embed(this.settings, [redactQuestion(question)], this.withinMs),
        this.vectors.current(),
      ])
      return index.nearest(vector, NEAREST)
    } catch (error) {
      this.restsUntil = performance.now() + REST_MS
      this.failures += 1
      this.log.warn(
        { err: error, failures: this.failures },
        'model server did not help: searched by words alone',
      )
      return []
    }
  }
}
