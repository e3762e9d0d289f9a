import type { FormattedExecutionResult } from 'graphql'
import type { UpstreamEvent } from './follow-upstream.ts'

/** An event that several subscribers take, with the answer that is made of it once. */
export interface SharedEvent {
  readonly event: UpstreamEvent
  answer: Promise<FormattedExecutionResult> | undefined
}

export type SharedStep = SharedEvent | 'ended' | 'behind'

/** How many events the slowest subscriber may lie behind the fastest. */
export const LONGEST_LAG = 64

/** One upstream for subscribers who asked for the same. The fastest pulls; the others find the last events kept. */
export class SharedUpstream {
  private readonly source: AsyncGenerator<UpstreamEvent>
  private readonly release: () => void
  private readonly kept: SharedEvent[] = []
  private first = 0
  private members = 0
  private pulling: Promise<void> | null = null
  private end: { readonly error?: unknown } | null = null

  constructor(source: AsyncGenerator<UpstreamEvent>, release: () => void) {
    this.source = source
    this.release = release
  }

  get isOver(): boolean {
    return this.end !== null
  }

  /** The number of the next event that comes. */
  get head(): number {
    return this.first + this.kept.length
  }

  /** Counts a subscriber in; the last one that leaves lets the upstream go at once. */
  join(): () => void {
    let isIn = true
    this.members += 1
    return () => {
      if (!isIn) return
      isIn = false
      this.members -= 1
      if (this.members === 0) this.finish({})
    }
  }

  /** The event with this number, waited for; throws what the upstream ended with. */
  async at(number: number): Promise<SharedStep> {
    for (;;) {
      if (number < this.first) return 'behind'
      const event = this.kept[number - this.first]
      if (event) return event
      if (this.end) {
        if (this.end.error !== undefined) throw this.end.error
        return 'ended'
      }
      this.pulling ??= this.pull()
      await this.pulling
    }
  }

  private async pull(): Promise<void> {
    try {
      const step = await this.source.next()
      if (step.done) this.finish({})
      else this.keep(step.value)
    } catch (error) {
      this.finish({ error })
    } finally {
      this.pulling = null
    }
  }

  private keep(event: UpstreamEvent): void {
    this.kept.push({ event, answer: undefined })
    if (this.kept.length <= LONGEST_LAG) return
    this.kept.shift()
    this.first += 1
  }

  private finish(end: { readonly error?: unknown }): void {
    if (this.end) return
    this.end = end
    this.release()
  }
}
