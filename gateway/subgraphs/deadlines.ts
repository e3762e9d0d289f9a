import { Bag, type Place } from '@hub/kit/bag.ts'
import { hasLeft, type Limit } from './audience.ts'

/** Something that ends by itself, or is ended when its time is up or nobody waits for it any more. */
export interface Waiting extends Limit {
  expire(): void
}

const LOOK_EVERY_MS = 20

/** Ends what takes too long, or is wanted by nobody. It looks now and then, so that nothing has to be set up or taken down for what is in time. */
export class Deadlines {
  private readonly waiting = new Bag<Waiting>()
  private timer: NodeJS.Timeout | null = null

  /** What is returned takes it out again. */
  add(waiting: Waiting): Place<Waiting> {
    this.timer ??= setInterval(() => this.look(), LOOK_EVERY_MS)
    return this.waiting.add(waiting)
  }

  /** It ended by itself. */
  remove(place: Place<Waiting>): void {
    this.waiting.remove(place)
  }

  private look(): void {
    if (this.waiting.size === 0 && this.timer) {
      clearInterval(this.timer)
      this.timer = null
    }
    const now = Date.now()
    this.waiting.forEach((waiting, place) => {
      if (waiting.deadline > now && !hasLeft(waiting)) return
      this.waiting.remove(place)
      waiting.expire()
    })
  }
}
