import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { GraphQLSchema } from 'graphql'
import { CALLER_HEADER, callerVerifier, requestDigest, type Caller } from './caller.ts'
import type { CallerContext } from './graph.ts'
import type { Logger } from './log.ts'
import type { Running } from './run.ts'
import { answerGraphQL, openGraphQL } from './serve-graphql.ts'
import { acceptSockets } from './serve-socket.ts'
import { traced } from './trace-active.ts'
import { traceRoots } from './trace-schema.ts'
import { openTracer, type TraceSettings } from './trace.ts'

/** Answers a request that is already known to come from `caller`. */
export type Handler = (request: IncomingMessage, response: ServerResponse, caller: Caller) => Promise<void>

export interface SubgraphOptions<Context extends CallerContext> {
  readonly port: number
  readonly host: string
  readonly schema: GraphQLSchema
  /** A context for one operation, or for one event of a subscription: loaders never outlive it. */
  readonly context: (caller: Caller) => Context
  readonly callerKey: string
  /** Why the room cannot serve now; empty when it can. */
  readonly ready: () => Promise<readonly string[]>
  /** Answers GET /events: the room's log for the other rooms. */
  readonly events?: Handler
  /** A collector of traces; without one none are recorded. */
  readonly traces?: TraceSettings | undefined
  readonly log: Logger
}

const MAX_BODY = 2 * 1024 * 1024

/**
 * Serves one room: /graphql over HTTP and WebSocket, /events, /health. Everything but health needs the gateway's
 * signature for this very request; without it the answer is 401 and nothing else.
 */
export async function startSubgraph<Context extends CallerContext>(
  options: SubgraphOptions<Context>,
): Promise<Running> {
  const verify = callerVerifier(options.callerKey)
  const tracer = await openTracer(options.traces, options.log)
  if (tracer.isOn) traceRoots(options.schema)
  const graphql = await openGraphQL(options.schema, options.log)
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      options.log.error({ err: error }, 'request failed')
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  // Long polls have nothing to finish: at the end they are let go, and their followers ask again.
  const polls = new Set<ServerResponse>()
  const sockets = acceptSockets(server, options, verify)

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/'
    if (path.startsWith('/health/')) return answerHealth(path, response, options.ready)
    const body = await bodyOf(request)
    if (body === null) return end(response, 413)
    const caller = callerOf(request, path, body)
    if (!caller) return end(response, 401)
    if (path === '/graphql' && request.method === 'POST')
      return traced(tracer, 'graphql', traceparentOf(request), () =>
        answerGraphQL(graphql, request, response, body, options.context(caller)),
      )
    if (path.startsWith('/events') && options.events) {
      polls.add(response)
      response.once('close', () => polls.delete(response))
      return options.events(request, response, caller)
    }
    end(response, 404)
  }

  function callerOf(request: IncomingMessage, path: string, body: Uint8Array): Caller | null {
    const header = request.headers[CALLER_HEADER]
    try {
      return verify(
        typeof header === 'string' ? header : undefined,
        requestDigest(request.method ?? 'GET', path, body),
      )
    } catch {
      return null
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${options.host}:${port}`,
    async stop() {
      await sockets.stop()
      for (const poll of polls) poll.destroy()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), 3_000).unref()
      })
      await graphql.stop()
      await tracer.stop()
    },
  }
}

function traceparentOf({ headers: { traceparent } }: IncomingMessage): string | undefined {
  return typeof traceparent === 'string' ? traceparent : undefined
}

async function answerHealth(
  path: string,
  response: ServerResponse,
  ready: () => Promise<readonly string[]>,
): Promise<void> {
  const reasons = path === '/health/live' ? [] : await ready()
  response.writeHead(reasons.length > 0 ? 503 : 200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ status: reasons.length > 0 ? 'unready' : 'ready', reasons }))
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > MAX_BODY) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end()
}
