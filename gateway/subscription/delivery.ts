import type { FormattedExecutionResult } from 'graphql'

/** One event as the client gets it, and the place to go on from after it. Those who asked for the same share it. */
export class Delivery {
  readonly result: FormattedExecutionResult
  readonly cursor: string | undefined
  private written: string | undefined

  constructor(result: FormattedExecutionResult, cursor?: string) {
    this.result = result
    this.cursor = cursor
  }

  /** The result as JSON, written once for all. */
  get text(): string {
    this.written ??= JSON.stringify(this.result)
    return this.written
  }
}
