import type { Caller } from '@hub/kit/caller.ts'
import { refuse } from '@hub/kit/errors.ts'
import type { Feed, FeedItem, Subscription } from '@hub/kit/event-feed.ts'

export type Delivery<Item> = AsyncIterableIterator<Item, undefined>

export interface DeliveryOptions<Item> {
  readonly feed: Feed
  readonly caller: Caller
  readonly streams: Subscription['streams']
  readonly form: Subscription['form']
  readonly after: string | null
  /**
   * Asked before the first item (with null) and again for each: throws when the caller may not follow at all, which ends
   * the stream; false when this one event is not for the caller.
   */
  readonly admit: (item: FeedItem | null) => Promise<boolean>
  readonly shape: (item: FeedItem) => Item
}

const LONGEST_TIMER_MS = 2 ** 31 - 1

/** What a caller receives of a feed: authorised as each item is delivered, and over when the caller's token is. */
export async function deliver<Item>(options: DeliveryOptions<Item>): Promise<Delivery<Item>> {
  const { feed, caller, streams, form, after, admit, shape } = options
  await admit(null)
  const ending = new AbortController()
  const timer = endAt(caller.expiresAt * 1000, ending)
  const source = await feed
    .subscribe({ streams, form, after, signal: ending.signal })
    .catch((error: unknown) => {
      timer.clear()
      throw error
    })
  const stop = async (): Promise<{ done: true; value: undefined }> => {
    timer.clear()
    ending.abort()
    await source.return?.()
    return { done: true, value: undefined }
  }
  const delivery: Delivery<Item> = {
    async next() {
      try {
        for (;;) {
          const step = await source.next()
          if (caller.expiresAt * 1000 <= Date.now()) throw refuse('UNAUTHENTICATED')
          if (step.done) return await stop()
          if (await admit(step.value)) return { done: false, value: shape(step.value) }
        }
      } catch (error) {
        await stop()
        throw error
      }
    },
    return: stop,
    [Symbol.asyncIterator]: () => delivery,
  }
  return delivery
}

/** Aborts at an instant, however far away: a timer alone holds for 24 days at most. */
function endAt(instant: number, ending: AbortController): { clear(): void } {
  let timer: NodeJS.Timeout | undefined
  const arm = (): void => {
    const left = instant - Date.now()
    if (left <= 0) ending.abort()
    else timer = setTimeout(arm, Math.min(left, LONGEST_TIMER_MS))
  }
  arm()
  return { clear: () => clearTimeout(timer) }
}
