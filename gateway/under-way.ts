import { setTimeout as pause } from 'node:timers/promises'
import { refuse } from './errors.ts'

/** How long idle connections are still answered on while stopping: a request may be on its way already. */
const GRACE_MS = 150

/** Counts operations under way, refuses what would be too many, and lets a stopping gateway wait for the last. */
export class UnderWay {
  private readonly most: number
  private count = 0
  private readonly waiting = new Set<() => void>()

  constructor(most: number) {
    this.most = most
  }

  get size(): number {
    return this.count
  }

  /** Begins one; what is returned ends it, once. Throws OVERLOADED before anything is done for one too many. */
  begin(): () => void {
    if (this.count >= this.most) throw refuse('OVERLOADED', { seconds: 1 })
    this.count += 1
    let ended = false
    return () => {
      if (ended) return
      ended = true
      this.count -= 1
      if (this.count === 0) for (const tell of this.waiting) tell()
    }
  }

  /** Waits until nothing has been under way for a moment, but no longer than that many milliseconds. */
  async settle(withinMs: number): Promise<void> {
    const end = Date.now() + withinMs
    await pause(GRACE_MS)
    while (this.count > 0 && Date.now() < end) {
      const idle = Promise.withResolvers<void>()
      this.waiting.add(idle.resolve)
      await Promise.race([idle.promise, pause(Math.max(1, end - Date.now()), undefined, { ref: false })])
      this.waiting.delete(idle.resolve)
      // What came last is yet to be written to its socket.
      await pause(20)
    }
  }
}
