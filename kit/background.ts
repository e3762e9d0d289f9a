import { setInterval as everyInterval } from 'node:timers/promises'

/** Work beside the requests, until it is told to stop. */
export interface Background {
  /** Tells the work to end and waits until it has. */
  stop(): Promise<void>
}

/** Starts work that ends soon after its signal is aborted. */
export function runUntilStopped(work: (signal: AbortSignal) => Promise<void>): Background {
  const stopping = new AbortController()
  const running = work(stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** Does something every so many milliseconds, never twice at once; what fails is told of and tried again the next time. */
export function runEvery(
  everyMs: number,
  work: () => Promise<unknown>,
  failed: (error: unknown) => void,
): Background {
  return runUntilStopped(async (signal) => {
    try {
      for await (const _tick of everyInterval(everyMs, undefined, { signal, ref: false }))
        await work().catch(failed)
    } catch {
      // Stopped: the only way out of the loop.
    }
  })
}
