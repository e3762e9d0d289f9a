import { setTimeout as pause } from 'node:timers/promises'

/** How long a request waits to hear from the one that tries. */
const HEARSAY_MS = 300

/** What comes of a trial; nothing is known when whoever asked has left. */
type Hearsay = 'is back' | 'is down' | 'unknown'

/** How to ask: with patience, once to find out, or not at all. */
export type Approach = 'patiently' | 'once' | 'not at all'

/**
 * Remembers that a subgraph is down, so that not every request finds it out at full length: one tries, the others wait
 * a moment for what comes of it.
 */
export class Breaker {
  /** So many answers in a row that did not come in time are taken for a subgraph that hangs; Infinity is never, and for nothing else either. */
  private readonly breakAfter: number
  private late = 0
  private down = false
  private trial: PromiseWithResolvers<Hearsay> | null = null

  constructor(breakAfter: number) {
    this.breakAfter = breakAfter
  }

  /** Whether there is anything to be careful about. */
  get isDown(): boolean {
    return this.down
  }

  /** Asked before each request while it is down; `once` has to be followed by one of what stands below. */
  async approach(): Promise<Approach> {
    while (this.down && this.trial) {
      const heard = await Promise.race([this.trial.promise, pause(HEARSAY_MS, 'is down' as const)])
      if (heard !== 'unknown') return heard === 'is back' ? 'patiently' : 'not at all'
    }
    if (!this.down) return 'patiently'
    this.trial = Promise.withResolvers()
    return 'once'
  }

  succeeded(): void {
    this.late = 0
    this.down = false
    this.settle('is back')
  }

  wasLate(): void {
    this.late += 1
    if (this.late >= this.breakAfter) this.down = true
    this.settle('is down')
  }

  wasCutOff(): void {
    this.down = Number.isFinite(this.breakAfter)
    this.settle('is down')
  }

  /** Nobody waited for what would come of it: whoever waits for hearsay tries by itself. */
  wasLeft(): void {
    this.settle('unknown')
  }

  private settle(heard: Hearsay): void {
    this.trial?.resolve(heard)
    this.trial = null
  }
}
