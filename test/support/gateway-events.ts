import { EventEmitter, once } from 'node:events'

export interface ShelfEvent {
  readonly cursor: string
  readonly kind: string
  readonly bookId: string
}

/** A log of events in memory with a cursor for each; it outlives the server that offers it. */
export class EventShelf {
  readonly log: ShelfEvent[] = []
  /** Subscriptions that are open at the moment, and how many events were ever pulled out of them. */
  open = 0
  pulled = 0
  private readonly bell = new EventEmitter().setMaxListeners(0)

  /** Appends events about the book. */
  add(bookId: string, count = 1): void {
    for (let more = 0; more < count; more++)
      this.log.push({ cursor: `c${this.log.length + 1}`, kind: 'CHANGED', bookId })
    this.bell.emit('ring')
  }

  /** Everything after the cursor (nothing of the past without one), then what comes. */
  follow(after: string | undefined): AsyncGenerator<ShelfEvent> {
    let at = after === undefined ? this.log.length : Number(after.slice(1))
    return this.stream(async (signal) => {
      while (at >= this.log.length) await once(this.bell, 'ring', { signal })
      return this.log[at++] as ShelfEvent
    })
  }

  /** The same for one reader: asked about each event, `admit` says whether it is for them, or throws, which ends it. */
  followAdmitted(
    after: string | undefined,
    admit: (event: ShelfEvent) => boolean,
  ): AsyncGenerator<ShelfEvent> {
    const source = this.follow(after)
    const next = async (): Promise<IteratorResult<ShelfEvent>> => {
      try {
        for (;;) {
          const step = await source.next()
          if (step.done || admit(step.value)) return step
        }
      } catch (error) {
        await source.return(undefined)
        throw error
      }
    }
    const admitted: AsyncGenerator<ShelfEvent> = { ...source, next, [Symbol.asyncIterator]: () => admitted }
    return admitted
  }

  /** A stream without cursors. */
  gossip(): AsyncGenerator<{ text: string }> {
    return this.stream(async (signal) => {
      await once(this.bell, 'ring', { signal })
      return { text: `the ${this.log.length}th` }
    })
  }

  close(): void {
    this.bell.removeAllListeners()
  }

  private stream<T>(next: (signal: AbortSignal) => Promise<T>): AsyncGenerator<T> {
    const stop = new AbortController()
    this.open += 1
    const end = (): Promise<IteratorResult<T>> => {
      if (!stop.signal.aborted) this.open -= 1
      stop.abort()
      return Promise.resolve({ done: true, value: undefined })
    }
    const iterator: AsyncGenerator<T> = {
      next: async () => {
        try {
          const value = await next(stop.signal)
          this.pulled += 1
          return { done: false, value }
        } catch {
          return end()
        }
      },
      return: end,
      throw: end,
      [Symbol.asyncDispose]: async () => void (await end()),
      [Symbol.asyncIterator]: () => iterator,
    }
    return iterator
  }
}
