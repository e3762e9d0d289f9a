import { hasLeft, type Limit } from './audience.ts'

/** Something that ends by itself, or is ended when its time is up or nobody waits for it any more. */
export interface Waiting extends Limit {
  expire(): void
}

const LOOK_EVERY_MS = 20

/** Ends what takes too long, or is wanted by nobody. It looks now and then, so that nothing has to be set up or taken down for what is in time. */
export class Deadlines {
  private readonly waiting = new Set<Waiting>()
  private timer: NodeJS.Timeout | null = null

  add(waiting: Waiting): void {
    this.waiting.add(waiting)
    this.timer ??= setInterval(() => this.look(), LOOK_EVERY_MS)
  }

  /** It ended by itself. */
  remove(waiting: Waiting): void {
    this.waiting.delete(waiting)
  }

  private look(): void {
    if (this.waiting.size === 0 && this.timer) {
      clearInterval(this.timer)
      this.timer = null
    }
    const now = Date.now()
    for (const waiting of this.waiting) {
      if (waiting.deadline > now && !hasLeft(waiting)) continue
      this.waiting.delete(waiting)
      waiting.expire()
    }
  }
}
