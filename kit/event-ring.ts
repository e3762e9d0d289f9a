import type { LoggedEvent, StreamHead } from './event-log.ts'

/** The newest events of one live stream, without holes, shared by all its subscribers in this process. */
export class EventRing {
  /** As last read; null before the first look. */
  head: StreamHead | null = null
  private readonly slots: (LoggedEvent | undefined)[]
  private oldest = 0
  private newest = 0

  constructor(capacity: number) {
    this.slots = Array.from({ length: capacity })
  }

  /** Up to where this ring has come: what is read next begins after it. */
  get end(): number {
    return this.newest
  }

  /** The event of that number, or undefined when it is not here (any more, or yet). */
  get(seq: number): LoggedEvent | undefined {
    if (seq < this.oldest || seq > this.newest) return undefined
    return this.slots[seq % this.slots.length]
  }

  /** Takes in what was read. A stream that went back, or whose epoch changed, was restored: the ring starts anew. */
  take(head: StreamHead, events: readonly LoggedEvent[]): void {
    const restored = this.head !== null && (this.head.epoch !== head.epoch || head.lastSeq < this.newest)
    if (this.head === null || restored) this.clearAt(head.lastSeq)
    this.head = head
    if (restored) return
    for (const event of events) this.push(event)
    const missing = head.lastSeq - this.newest
    // Far behind, it is left to the subscribers to read pages: the ring is for what is new.
    if (missing > this.slots.length || (missing > 0 && events.length === 0)) this.clearAt(head.lastSeq)
  }

  private push(event: LoggedEvent): void {
    if (event.seq !== this.newest + 1) this.clearAt(event.seq - 1)
    this.newest = event.seq
    this.slots[event.seq % this.slots.length] = event
    this.oldest = Math.max(this.oldest, this.newest - this.slots.length + 1)
  }

  private clearAt(seq: number): void {
    this.slots.fill(undefined)
    this.newest = seq
    this.oldest = seq + 1
  }
}
