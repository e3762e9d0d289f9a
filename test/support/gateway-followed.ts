import type { Running } from '@hub/kit/run.ts'
import { openGateway } from './gateway-client.ts'
import { subscribe, type Subscriber } from './gateway-socket.ts'
import { startWire, type Wire } from './gateway-wire.ts'

/** A gateway before a subgraph of which the test writes every word, and whoever subscribes there. */
export interface Followed {
  readonly wire: Wire
  readonly gateway: Running
  readonly follow: (query: string, variables?: Record<string, unknown>) => Subscriber
  readonly stop: () => Promise<void>
}

/** What the subgraph tells of. */
export const ROOM = { __typename: 'Room', id: '1', name: 'hall' }

export async function startFollowed(): Promise<Followed> {
  const wire = await startWire()
  const gateway = await openGateway(wire, { answerWithinMs: 60_000 })
  const subscribers: Subscriber[] = []
  return {
    wire,
    gateway,
    follow(query, variables = {}) {
      const subscriber = subscribe(gateway, query, { variables })
      subscribers.push(subscriber)
      return subscriber
    },
    async stop() {
      for (const subscriber of subscribers) subscriber.leave()
      await gateway.stop()
      await wire.stop()
    },
  }
}
