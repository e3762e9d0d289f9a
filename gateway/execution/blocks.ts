import type { GraphQLFormattedError } from 'graphql'
import { FIRST } from './part-schedule.ts'
import type { Run, Step } from './run.ts'

/** What of a plan may end after the first part of the answer: each deferred block by its label. */
export class Blocks {
  private readonly first: readonly GraphQLFormattedError[]
  private readonly patienceMs: number
  private readonly ended = new Map<string, Promise<readonly GraphQLFormattedError[]>>()
  private readonly fetches = new Map<string, PromiseWithResolvers<void>>()

  /** The errors of the first part are put into a list; each block has as long as the first part had. */
  constructor(first: readonly GraphQLFormattedError[], patienceMs: number) {
    this.first = first
    this.patienceMs = patienceMs
  }

  /** Begins a block once the fetches it depends on have arrived. It keeps its errors to itself. */
  begin(run: Run, label: string, after: readonly string[], step: Step): void {
    const work = async (): Promise<readonly GraphQLFormattedError[]> => {
      await Promise.all(after.map((id) => this.fetch(id).promise))
      const { audience } = run.asking.limit
      const asking = { ...run.asking, limit: { deadline: Date.now() + this.patienceMs, audience } }
      const own: Run = { ...run, asking, errors: [] }
      await step(own)
      return own.errors
    }
    const ended = work()
    // Looked at when its turn comes, if ever.
    ended.catch(() => {})
    this.ended.set(label, ended)
  }

  arrived(id: string): void {
    this.fetch(id).resolve()
  }

  /** Waits for a block, and gives its errors. What no block is for has come with what is around it. */
  async errorsOf(label: string): Promise<readonly GraphQLFormattedError[]> {
    if (label === FIRST) return this.first
    return (await this.ended.get(label)) ?? []
  }

  private fetch(id: string): PromiseWithResolvers<void> {
    const known = this.fetches.get(id) ?? Promise.withResolvers<void>()
    this.fetches.set(id, known)
    return known
  }
}
