import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http'
import { Server as NetServer, type AddressInfo } from 'node:net'
import { Refusal } from '@hub/kit/errors.ts'
import { openLog, type Logger } from '@hub/kit/log.ts'
import type { Running } from '@hub/kit/run.ts'
import { admission } from './operation/admission.ts'
import { answeringOnce } from './operation/answer-once.ts'
import { masked } from './answer-errors.ts'
import { Bag } from '@hub/kit/bag.ts'
import { openApollo } from './apollo.ts'
import { openIdentification } from './identity/caller-of-token.ts'
import { noDocuments, openDocuments } from './operation/documents.ts'
import { refuse } from './errors.ts'
import { isExplorerPath, openExplorer } from './explorer.ts'
import { compiling } from './execution/executor.ts'
import { KnownOperations } from './execution/known-operations.ts'
import { overriding } from './planning/override-labels.ts'
import { Flights } from './subgraphs/flights.ts'
import { openGraphs } from './supergraph/graph.ts'
import { cannotBeServed } from './supergraph/reason.ts'
import { findObstacles } from './seen/health.ts'
import { sendJson, sendRefusal } from './http/http-exchange.ts'
import { openTo } from './http/cross-origin.ts'
import { httpGraphql } from './http/http-graphql.ts'
import { answerUnreadable } from './http/unreadable.ts'
import { knownAnswers } from './operation/known-answer.ts'
import { isFromHere, sendMetrics, serveMetrics } from './seen/metrics-page.ts'
import { openObservation } from './seen/observation.ts'
import { operationStreams } from './http/operation-stream.ts'
import { operationReader } from './operation/operation.ts'
import { OpenOfCallers } from './operation/rate.ts'
import { scopeOf } from './request-scope.ts'
import { gatewaySettings, type GatewaySettings } from './settings.ts'
import { SubgraphPools } from './subgraphs/pool.ts'
import { admittedOnly } from './operation/subscription-admission.ts'
import { subscriptions } from './subscription/subscribe.ts'
import { openTracer } from '@hub/kit/trace.ts'
import { UnderWay } from './under-way.ts'
import { acceptSockets } from './websocket/websocket.ts'

const DRAIN_MS = 5_000
/** How long a client may take to say what it wants. */
const PATIENCE = { headersMs: 10_000, requestMs: 30_000 }

/** Starts a gateway process from its environment. */
export function startServer(env: NodeJS.ProcessEnv): Promise<Running> {
  const settings = gatewaySettings(env)
  return startGateway(settings, openLog('gateway', settings.logLevel))
}

/** Serves a supergraph: /graphql, /health/live and /health/ready. */
export async function startGateway(settings: GatewaySettings, log = openLog('gateway')): Promise<Running> {
  const pools = new SubgraphPools(settings.limits.answerBytes)
  const flights = new Flights(settings)
  const identify = openIdentification(settings, log)
  const documents = openDocuments(settings.documents ?? noDocuments)
  const underWay = new UnderWay(settings.limits.underWay)
  const open = new OpenOfCallers(settings.limits.subscriptions)
  const tracer = await openTracer(settings.traces, log)
  const gauges = {
    hub_gateway_operations_under_way: ['Operations under way.', () => underWay.size],
    hub_gateway_subscriptions_open: ['Subscriptions open.', () => open.size],
    hub_gateway_sockets_open: ['Sockets open.', () => sockets.size],
  } as const
  const observation = openObservation({ documents, tracer, gauges })
  const graphs = openGraphs({ settings, pools, flights, log }, (client) => observation.watch(client))
  const known = new KnownOperations()
  const labels = overriding(settings.overrideLabels)
  const gateway = settings.compile ? compiling(graphs, labels, known, log) : graphs.gateway
  const admit = admission(settings.limits)
  const { introspection, stopWithinMs = DRAIN_MS } = settings
  const apollo = await openApollo(gateway, { introspection, admit, of: graphs.of, observation, log }).catch(
    (error: unknown) => {
      throw cannotBeServed(settings.supergraph, error)
    },
  )
  const read = operationReader(graphs, settings)
  const subscribed = subscriptions({ graphs, read, settings, observation, log })
  const subscribe = admittedOnly(subscribed, admit, open, log)
  const explorer = settings.explorer ? openExplorer(documents, settings.auth) : null
  const stopping = new AbortController()
  const answerKnown = knownAnswers({ graphs, known, labels, admit, observation, flights, log })
  const answer = answeringOnce(apollo, answerKnown, log)
  const streams = operationStreams({ answer, read, subscribe, stopping: stopping.signal, log })
  const graphql = httpGraphql({
    apollo,
    answerKnown,
    identify,
    streams,
    documents,
    underWay,
    tracer,
    settings,
    log,
  })

  const answersBeforehand = openTo(settings.origins, settings.forwardHeaders ?? [])

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const scope = scopeOf(request.headers, settings.forwardHeaders)
    response.setHeader('x-request-id', scope.requestId)
    try {
      const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
      if (path === '/graphql') {
        if (answersBeforehand(request, response)) return
        return await graphql(request, response, scope)
      }
      if (explorer && isRead(request) && isExplorerPath(path)) return explorer(path, response)
      if (path === '/health/live') return sendJson(response, 200, { status: 'live' })
      if (path === '/health/ready')
        return sendReadiness(
          response,
          stopping.signal.aborted ? ['stopping'] : await findObstacles(graphs.current(), pools),
        )
      if (path === '/metrics' && settings.metrics === undefined && isFromHere(request))
        return sendMetrics(response, observation.metrics)
      throw refuse('PATH_UNKNOWN')
    } catch (error) {
      observation.refused(error instanceof Refusal ? error.code : 'INTERNAL')
      if (error instanceof Refusal) return sendRefusal(response, error, scope)
      sendJson(response, 500, { errors: [masked(error, scope.requestId, scope.locale, log)] })
    }
  }

  const answering = new Bag<ServerResponse>()
  const server = createServer(patienceOf(settings), (request, response) => {
    const place = answering.add(response)
    response.once('close', () => answering.remove(place))
    if (stopping.signal.aborted) response.shouldKeepAlive = false
    void route(request, response)
  })
  answerUnreadable(server)
  const sockets = acceptSockets(server, {
    answer,
    identify,
    read,
    documents,
    subscribe,
    underWay,
    tracer,
    settings,
    log,
  })
  await listen(server, settings)
  const metrics = settings.metrics && (await serveMetrics(settings.metrics, observation.metrics))
  const { port } = server.address() as AddressInfo
  const url = `http://${settings.host}:${port}`
  log.info({ url, auth: settings.auth }, 'listening')
  return {
    url,
    stopsWithinMs: stopWithinMs + DRAIN_MS,
    async stop() {
      stopping.abort()
      const closed = stopListening(server)
      // Who keeps a connection is told with the next answer to close it.
      answering.forEach((response) => (response.shouldKeepAlive = false))
      await underWay.settle(stopWithinMs)
      await sockets.stop()
      await drain(server, closed, log)
      await apollo.stop()
      await pools.close()
      await metrics?.stop()
      observation.stop()
      await tracer.stop()
    },
  }
}

/** Looked at often enough that nobody gets half as long again. */
function patienceOf({ patience: { headersMs, requestMs } = PATIENCE }: GatewaySettings): ServerOptions {
  const connectionsCheckingInterval = Math.min(5_000, headersMs / 2)
  return { headersTimeout: headersMs, requestTimeout: requestMs, connectionsCheckingInterval }
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD'
}

function sendReadiness(response: ServerResponse, reasons: readonly string[]): void {
  sendJson(response, reasons.length === 0 ? 200 : 503, {
    status: reasons.length === 0 ? 'ready' : 'unready',
    reasons,
  })
}

function listen(server: Server, { port, host }: GatewaySettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

/** No new connection, and none that stands is touched: `close` of an HTTP server would cut those that are idle. */
function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => NetServer.prototype.close.call(server, () => resolve()))
}

/** Who does not finish in time is cut off. */
async function drain(server: Server, closed: Promise<void>, log: Logger): Promise<void> {
  const impatience = setTimeout(() => {
    log.warn('connections are cut off while stopping')
    server.closeAllConnections()
  }, DRAIN_MS)
  // It listens no more; this ends its timers and the connections that are idle.
  server.close()
  await closed
  clearTimeout(impatience)
}
