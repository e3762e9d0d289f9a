import { setTimeout as pause } from 'node:timers/promises'

/** So many answers in a row that did not come in time are taken for a subgraph that hangs. */
const LATE_IN_A_ROW = 5
/** How long a request waits to hear from the one that tries. */
const HEARSAY_MS = 300

/** How to ask: with patience, once to find out, or not at all. */
export type Approach = 'patiently' | 'once' | 'not at all'

/**
 * Remembers that a subgraph is down, so that not every request finds it out at full length: one tries, the others wait
 * a moment for what comes of it.
 */
export class Breaker {
  private late = 0
  private down = false
  private trial: PromiseWithResolvers<boolean> | null = null

  /** Whether there is anything to be careful about. */
  get isDown(): boolean {
    return this.down
  }

  /** Asked before each request while it is down; `once` has to be followed by `succeeded`, `wasLate` or `wasCutOff`. */
  async approach(): Promise<Approach> {
    if (!this.down) return 'patiently'
    if (this.trial) {
      const isBack = await Promise.race([this.trial.promise, pause(HEARSAY_MS, false)])
      return isBack ? 'patiently' : 'not at all'
    }
    this.trial = Promise.withResolvers()
    return 'once'
  }

  succeeded(): void {
    this.late = 0
    this.down = false
    this.settle(true)
  }

  wasLate(): void {
    this.late += 1
    if (this.late >= LATE_IN_A_ROW) this.down = true
    this.settle(false)
  }

  wasCutOff(): void {
    this.down = true
    this.settle(false)
  }

  private settle(isBack: boolean): void {
    this.trial?.resolve(isBack)
    this.trial = null
  }
}
