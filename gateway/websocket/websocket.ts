import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { CloseCode, handleProtocols } from 'graphql-ws'
import { WebSocket, WebSocketServer } from 'ws'
import type { Logger } from '@hub/kit/log.ts'
import { scopeOf } from '../request-scope.ts'
import type { GatewaySettings } from '../settings.ts'
import { inOrder } from './order.ts'
import { speak, type SocketOptions, type Visit } from './protocol.ts'
import { restrain } from './restraint.ts'
import { Rounds } from './rounds.ts'

/** The sockets of a gateway. */
export interface Sockets {
  readonly size: number
  stop(): Promise<void>
}

/** Operations over graphql-transport-ws on /graphql: an event is pulled when the last one was taken by the socket. */
export function acceptSockets(server: Server, options: SocketOptions): Sockets {
  const { settings, log } = options
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: settings.limits.bodyBytes,
    // An unknown protocol is agreed to for long enough to be closed with 4406: a client can read that, a bare refusal not.
    handleProtocols: (offered) => handleProtocols(offered) || (offered.values().next().value ?? false),
    perMessageDeflate: false,
  })
  const protocol = speak(options)
  const rounds = new Rounds(options.identify)
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const status = refusalOfUpgrade(request, settings)
    if (status) stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    else
      sockets.handleUpgrade(request, stream, head, (socket) => {
        const visit = visitOf(socket, stream, request, settings)
        rounds.attend(visit)
        attend(visit, protocol, log)
      })
  })
  return {
    get size() {
      return sockets.clients.size
    },
    async stop() {
      rounds.stop()
      for (const socket of sockets.clients) socket.close(1001, 'Going away')
      const impatience = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate()
      }, 1_000)
      await new Promise<void>((resolve) => sockets.close(() => resolve()))
      clearTimeout(impatience)
    },
  }
}

/** A browser tells from which page it comes; another page must not act with what this browser may do. */
function refusalOfUpgrade(request: IncomingMessage, { origins }: GatewaySettings): string | null {
  if ((request.url ?? '').split('?', 1)[0] !== '/graphql') return '404 Not Found'
  const { origin, host } = request.headers
  if (!origin || origins.includes(origin) || originHost(origin) === host) return null
  return '403 Forbidden'
}

function originHost(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

function visitOf(
  socket: WebSocket,
  stream: Duplex,
  { headers }: IncomingMessage,
  { forwardHeaders }: GatewaySettings,
): Visit {
  const look = restrain(socket, stream)
  return {
    socket,
    authorization: headers.authorization,
    scope: scopeOf(headers, forwardHeaders),
    // Beside `ws`, whose messages are whole frames too: it would make a new head for each socket.
    writeFrames(frames, taken) {
      const [first] = frames
      if (socket.readyState !== WebSocket.OPEN) setImmediate(taken)
      else {
        stream.cork()
        process.nextTick(() => stream.uncork())
        stream.write(frames.length === 1 && first ? first : Buffer.concat(frames), taken)
        look()
      }
    },
  }
}

/** Carries messages between a socket and the protocol. */
function attend(visit: Visit, protocol: ReturnType<typeof speak>, log: Logger): void {
  const { socket } = visit
  // A message that is too large or no text: ws closes by itself, with the code of the protocol.
  socket.on('error', () => {})
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (text) =>
        new Promise<void>((resolve) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(text, () => resolve())
          else resolve()
        }),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (heard) => {
        const hear = inOrder(heard)
        socket.on('message', (data: Buffer, isBinary: boolean) => {
          const refuse = (): void => socket.close(CloseCode.BadRequest, 'Invalid message received')
          if (isBinary) return refuse()
          hear(data.toString('utf8')).catch((error: unknown) => {
            // What only a server says is no failure of ours.
            if (String(error).includes('Unexpected message of type')) return refuse()
            log.error({ requestId: visit.scope.requestId, err: error }, 'a socket failed')
            socket.close(CloseCode.InternalServerError, 'Internal server error')
          })
        })
      },
    },
    visit,
  )
  socket.once('close', (code, reason) => {
    visit.expiry?.callOff()
    visit.release?.()
    closed(code, reason.toString('utf8')).catch((error: unknown) =>
      log.error({ err: error }, 'a socket failed'),
    )
  })
}
