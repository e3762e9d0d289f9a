import { openTracer } from '@hub/kit/trace.ts'
import { openLog } from '@hub/kit/log.ts'
import { callerOf, openIdentification } from '@hub/gateway/identity/caller-of-token.ts'
import { Flights } from '@hub/gateway/subgraphs/flights.ts'
import { openGraphs } from '@hub/gateway/supergraph/graph.ts'
import { operationReader } from '@hub/gateway/operation/operation.ts'
import { countingSubscriptions } from '@hub/gateway/seen/counted-subscriptions.ts'
import { Metrics } from '@hub/gateway/seen/metrics.ts'
import { gatewaySettings } from '@hub/gateway/settings.ts'
import { SubgraphPools } from '@hub/gateway/subgraphs/pool.ts'
import { subscriptions } from '@hub/gateway/subscription/subscribe.ts'
import { CALLER_KEY } from './gateway-library.ts'

/** The subscriptions of a gateway without its sockets, to pull at will. */
export async function openInside(supergraphFile: string, source: string) {
  const log = openLog('gateway', 'silent')
  const given = gatewaySettings({ SUPERGRAPH: supergraphFile, GATEWAY_AUTH: 'none' })
  const settings = { ...given, callerKey: CALLER_KEY }
  const pools = new SubgraphPools()
  const graphs = openGraphs({ settings, pools, flights: new Flights(settings), log }, (client) => client)
  await graphs.gateway.load()
  const read = operationReader(graphs, settings)
  const operation = read(source)
  if (typeof operation === 'function') throw new Error('it is refused')
  const caller = callerOf(await openIdentification(settings, log)(''), { locale: 'en', requestId: 'r1' })
  const tracer = await openTracer(undefined, log)
  const subscriptionsTo = countingSubscriptions(new Metrics())
  const observation = { tracer, labelOf: () => '', subscriptionsTo }
  const open = subscriptions({ graphs, read, settings, observation, log })
  return {
    subscribe(variables: Record<string, unknown> = {}) {
      const deliveries = open({ operation, variables, caller })
      if (!('next' in deliveries)) throw new Error('the subscription is refused')
      return deliveries
    },
    async stop() {
      await graphs.gateway.stop()
      await pools.close()
    },
  }
}
