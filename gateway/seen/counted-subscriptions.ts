import { remembered } from '@hub/kit/remembered.ts'
import type { Metrics } from './metrics.ts'

/** So many fields are kept at hand; there are as many as the supergraph has to subscribe to. */
const FIELDS = 500

/** What is counted of the subscriptions to one field, which is named as the supergraph names it. */
export interface SubscriptionCounts {
  /** One has begun; tells with which code it ended. */
  begun(): (code: string) => void
  /** An event went to one subscriber. */
  delivered(): void
  /** A socket to its subgraph is open; tells when it is not any more. */
  upstream(): () => void
  /** Its subgraph is asked again after a break. */
  again(): void
  /** Events may be missing: it was asked again for what has no cursor. */
  gap(): void
}

/** Counts subscriptions by field, those that go on and those that have ended. */
export function countingSubscriptions(metrics: Metrics): (field: string) => SubscriptionCounts {
  const live = metrics.level('hub_gateway_subscriptions_live', 'Subscriptions that go on, by field.')
  const begun = metrics.counter('hub_gateway_subscriptions_begun_total', 'Subscriptions that began.')
  const ended = metrics.counter(
    'hub_gateway_subscriptions_ended_total',
    'Subscriptions that ended, by code: OK when the stream was over, CLIENT_LEFT, or that of the error.',
  )
  const events = metrics.counter('hub_gateway_events_total', 'Events handed to subscribers.')
  const upstreams = metrics.level('hub_gateway_upstreams_open', 'Sockets to subgraphs, by field.')
  const again = metrics.counter('hub_gateway_resubscriptions_total', 'Upstreams begun again after a break.')
  const gaps = metrics.counter(
    'hub_gateway_gaps_total',
    'Breaks in which events without a cursor may be lost.',
  )
  return remembered(FIELDS, (field) => {
    const of = { field }
    const isLive = live(of)
    const isOpen = upstreams(of)
    const hasBegun = begun(of)
    return {
      begun() {
        hasBegun()
        isLive(1)
        return (code) => {
          isLive(-1)
          ended({ field, code })()
        }
      },
      delivered: events(of),
      upstream() {
        isOpen(1)
        return () => isOpen(-1)
      },
      again: again(of),
      gap: gaps(of),
    }
  })
}
