/** How much each caller may ask for: so many objects a second, and so many at once after a pause. */
export interface Rate {
  readonly perSecond: number
  readonly atOnce: number
}

/** Who has been quiet for long enough to have a full bucket is forgotten; that is looked at this often. */
const TIDY_EVERY_MS = 10_000

/** A token bucket for each caller, filled by time. */
export class RateOfCallers {
  private readonly rate: Rate
  private readonly now: () => number
  private readonly buckets = new Map<string, { left: number; at: number }>()
  private tidiedAt: number

  constructor(rate: Rate, now: () => number = Date.now) {
    this.rate = rate
    this.now = now
    this.tidiedAt = now()
  }

  /** Takes from a caller's bucket; when there is not enough, nothing is taken and the seconds to wait are told. */
  take(caller: string, objects: number): number {
    const { perSecond, atOnce } = this.rate
    if (!Number.isFinite(perSecond)) return 0
    const now = this.now()
    this.tidy(now)
    const bucket = this.buckets.get(caller) ?? { left: atOnce, at: now }
    const left = Math.min(atOnce, bucket.left + ((now - bucket.at) / 1000) * perSecond)
    const wanted = Math.min(Math.max(1, objects), atOnce)
    const enough = left >= wanted
    this.buckets.set(caller, { left: enough ? left - wanted : left, at: now })
    return enough ? 0 : Math.ceil((wanted - left) / perSecond)
  }

  private tidy(now: number): void {
    if (now - this.tidiedAt < TIDY_EVERY_MS) return
    this.tidiedAt = now
    const { perSecond, atOnce } = this.rate
    for (const [caller, { left, at }] of this.buckets) {
      if (left + ((now - at) / 1000) * perSecond >= atOnce) this.buckets.delete(caller)
    }
  }
}

/** Counts what each caller has open, up to a limit. */
export class OpenOfCallers {
  private readonly most: number
  private readonly open = new Map<string, number>()

  constructor(most: number) {
    this.most = most
  }

  /** One more, if that many may be: what is returned gives it back, once. */
  take(caller: string): (() => void) | null {
    const count = this.open.get(caller) ?? 0
    if (count >= this.most) return null
    this.open.set(caller, count + 1)
    let given = false
    return () => {
      if (given) return
      given = true
      const left = (this.open.get(caller) ?? 1) - 1
      if (left === 0) this.open.delete(caller)
      else this.open.set(caller, left)
    }
  }

  /** All that is open now. */
  get size(): number {
    let all = 0
    for (const count of this.open.values()) all += count
    return all
  }
}
