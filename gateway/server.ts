import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Refusal } from '@hub/kit/errors.ts'
import { openLog, type Logger } from '@hub/kit/log.ts'
import type { Running } from '@hub/kit/run.ts'
import { admission } from './admission.ts'
import { masked } from './answer-errors.ts'
import { openApollo } from './apollo.ts'
import { openIdentification } from './caller-of-token.ts'
import { noDocuments, openDocuments } from './documents.ts'
import { refuse } from './errors.ts'
import { isExplorerPath, openExplorer } from './explorer.ts'
import { compiling } from './execution/executor.ts'
import { openGraphs } from './graph.ts'
import { findObstacles } from './health.ts'
import { sendJson, sendRefusal } from './http-exchange.ts'
import { httpGraphql } from './http-graphql.ts'
import { operationReader } from './operation.ts'
import { scopeOf } from './request-scope.ts'
import { gatewaySettings, type GatewaySettings } from './settings.ts'
import { serverSentEvents } from './sse.ts'
import { SubgraphPools } from './subgraph-pool.ts'
import { admittedOnly } from './subscription-admission.ts'
import { subscriptions } from './subscription/subscribe.ts'
import { acceptSockets } from './websocket.ts'

const DRAIN_MS = 5_000

/** Starts a gateway process from its environment. */
export function startServer(env: NodeJS.ProcessEnv): Promise<Running> {
  return startGateway(gatewaySettings(env))
}

/** Serves a supergraph: /graphql, /health/live and /health/ready. */
export async function startGateway(settings: GatewaySettings, log = openLog('gateway')): Promise<Running> {
  const pools = new SubgraphPools()
  const identify = openIdentification(settings)
  const graphs = openGraphs(settings, pools, log)
  const gateway = settings.compile ? compiling(graphs, log) : graphs.gateway
  const admit = admission(settings.limits)
  const { introspection } = settings
  const apollo = await openApollo(gateway, { introspection, admit, of: graphs.of, log })
  const read = operationReader(graphs, settings)
  const subscribe = admittedOnly(subscriptions(settings, log), admit, settings.limits)
  const documents = openDocuments(settings.documents ?? noDocuments)
  const explorer = settings.explorer ? openExplorer(documents) : null
  const stopping = new AbortController()
  const sse = serverSentEvents({ apollo, read, subscribe, stopping: stopping.signal, log })
  const graphql = httpGraphql({ apollo, identify, sse, documents, settings })

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const scope = scopeOf(request.headers)
    try {
      const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
      if (path === '/graphql') return await graphql(request, response, scope)
      if (explorer && request.method === 'GET' && isExplorerPath(path)) return explorer(path, response)
      if (path === '/health/live') return sendJson(response, 200, { status: 'live' })
      if (path === '/health/ready')
        return sendReadiness(response, await findObstacles(graphs.current(), pools))
      throw refuse('PATH_UNKNOWN')
    } catch (error) {
      if (error instanceof Refusal) return sendRefusal(response, error, scope)
      sendJson(response, 500, { errors: [masked(error, scope.requestId, scope.locale, log)] })
    }
  }

  const server = createServer((request, response) => void route(request, response))
  const sockets = acceptSockets(server, { apollo, identify, read, documents, subscribe, settings, log })
  await listen(server, settings)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${settings.host}:${port}`,
    async stop() {
      stopping.abort()
      await sockets.stop()
      await drain(server, log)
      await apollo.stop()
      await pools.close()
    },
  }
}

function sendReadiness(response: ServerResponse, reasons: readonly string[]): void {
  sendJson(response, reasons.length === 0 ? 200 : 503, {
    status: reasons.length === 0 ? 'ready' : 'unready',
    reasons,
  })
}

function listen(server: ReturnType<typeof createServer>, { port, host }: GatewaySettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

/** Requests under way are answered, new ones are not taken; who does not finish in time is cut off. */
async function drain(server: ReturnType<typeof createServer>, log: Logger): Promise<void> {
  const impatience = setTimeout(() => {
    log.warn('connections are cut off while stopping')
    server.closeAllConnections()
  }, DRAIN_MS)
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
  clearTimeout(impatience)
}
