/**
 * An async generator that can be let go at any time. The `return` of a plain one waits for the value under way, which
 * for a quiet stream never comes: here it aborts the signal first.
 */
export function stoppable<T>(start: (signal: AbortSignal) => AsyncGenerator<T>): AsyncGenerator<T> {
  const stop = new AbortController()
  const inner = start(stop.signal)
  const end = (): Promise<IteratorResult<T>> => {
    stop.abort()
    // Not waited for: a value under way may take as long as a subgraph does.
    inner.return(undefined).catch(() => {})
    return Promise.resolve({ done: true, value: undefined })
  }
  const iterator: AsyncGenerator<T> = {
    next: () => (stop.signal.aborted ? end() : inner.next()),
    return: end,
    throw: end,
    [Symbol.asyncDispose]: async () => {
      await end()
    },
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}
