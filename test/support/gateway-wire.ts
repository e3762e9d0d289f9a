import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { WebSocketServer, type WebSocket } from 'ws'
import { until } from './gateway-socket.ts'

const HEAD = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])`
const TONE = `@link(url: "https://specs.example.org/tone/v1.0", import: ["@tone"]) @composeDirective(name: "@tone")
  directive @tone(of: String! = "low") on FIELD`
const FEED = `${HEAD} ${TONE}
  type Query { room: Room }
  input Window { from: Int to: Int }
  type Subscription { moved(after: String, in: Window, tags: [String!], limit: Int = 3): Moved stirred: Room must: Room! }
  type Moved { cursor: String! room: Room }
  type Room @key(fields: "id") { id: ID! name: String }`
const ATTIC = `${HEAD} type Room @key(fields: "id") { id: ID! dust: String }`

/** A subscription as it came to the subgraph, which says what a test wants it to, right or wrong. */
export interface Upstream {
  readonly query: string
  readonly headers: IncomingHttpHeaders
  readonly variables: Readonly<Record<string, unknown>>
  readonly isOpen: boolean
  /** A message, as JSON or as it is. */
  say(message: object | string | Buffer): void
  /** An event with this for data. */
  next(data: unknown): void
  close(code: number): void
}

/** A request that the subgraph has got and not answered. */
export interface Asked {
  readonly query: string
  readonly headers: IncomingHttpHeaders
  readonly isCut: boolean
  answer(body: unknown): void
}

export interface Wire {
  readonly supergraphFile: string
  readonly url: string
  readonly upstreams: readonly Upstream[]
  readonly asked: readonly Asked[]
  /** What the feed says of the directives it knows; nothing where empty. */
  readonly directives: string[]
  /** Whether a socket is acknowledged. */
  acknowledges: boolean
  opened(count: number): Promise<Upstream>
  /** Ends the sockets that stand and listens elsewhere: the supergraph names the new place, where the feed may offer something else. */
  move(change?: (sdl: string) => string): Promise<void>
  stop(): Promise<void>
}

/** Two subgraphs of one server, of which a test writes every word. */
export async function startWire(): Promise<Wire> {
  const upstreams: Upstream[] = []
  const asked: Asked[] = []
  const directives: string[] = []
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-wire-'))
  const supergraphFile = path.join(folder, 'supergraph.graphql')
  let stopServer: () => Promise<void>
  let url = ''

  const listen = async (feed: string): Promise<void> => {
    const sockets = new WebSocketServer({ noServer: true })
    const server = createServer((request, response) => void receive(request, response))
    server.on('upgrade', (request, stream, head) =>
      sockets.handleUpgrade(request, stream, head, (socket) => hear(socket, request)),
    )
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
    const { supergraphSdl = '' } = composeServices([
      { name: 'feed', typeDefs: parse(feed), url },
      { name: 'attic', typeDefs: parse(ATTIC), url },
    ])
    writeFileSync(supergraphFile, supergraphSdl)
    stopServer = async () => {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }

  const hear = (socket: WebSocket, { headers }: IncomingMessage): void => {
    const say = (message: object | string | Buffer): void =>
      socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message))
    socket.on('message', (data: Buffer) => {
      const { type, id, payload } = JSON.parse(data.toString('utf8')) as {
        type: string
        id: string
        payload: Pick<Upstream, 'query' | 'variables'>
      }
      if (type === 'connection_init' && wire.acknowledges) say({ type: 'connection_ack' })
      if (type !== 'subscribe') return
      upstreams.push({
        query: payload.query,
        headers,
        variables: payload.variables,
        get isOpen() {
          return socket.readyState === socket.OPEN
        },
        say,
        next: (data_) => say({ id, type: 'next', payload: { data: data_ } }),
        close: (code) => socket.close(code),
      })
    })
  }

  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const answer = (told: unknown): void => void response.end(JSON.stringify(told))
    const { query = '' } = body === '' ? {} : (JSON.parse(body) as { query?: string })
    if (query.includes('__schema'))
      return answer({
        data: directives.length > 0 ? { __schema: { directives: directives.map(named) } } : null,
      })
    asked.push({
      query,
      headers: request.headers,
      answer,
      get isCut() {
        return request.socket.destroyed
      },
    })
  }

  const wire: Wire = {
    supergraphFile,
    get url() {
      return url
    },
    upstreams,
    asked,
    directives,
    acknowledges: true,
    async opened(count) {
      await until(() => upstreams.length >= count)
      return upstreams[count - 1] as Upstream
    },
    async move(change = (sdl) => sdl) {
      const before = stopServer
      await listen(change(FEED))
      await before()
    },
    async stop() {
      await stopServer()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await listen(FEED)
  return wire
}

function named(name: string) {
  return { name }
}
