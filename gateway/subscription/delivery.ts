import { writeAnswer, type Result } from '../execution/written.ts'

/** One event as the client gets it, and the place to go on from after it. Those who asked for the same share it. */
export class Delivery {
  readonly result: Result
  readonly cursor: string | undefined
  private written: string | undefined

  constructor(result: Result, cursor?: string) {
    this.result = result
    this.cursor = cursor
  }

  /** The result as JSON, written once for all. */
  get text(): string {
    this.written ??= writeAnswer(this.result)
    return this.written
  }
}
