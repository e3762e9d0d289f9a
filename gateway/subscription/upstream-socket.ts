import type { GraphQLFormattedError } from 'graphql'
import { WebSocket } from 'ws'
import { isAnswer } from '../subgraphs/client.ts'
import { MALFORMED } from '../subgraphs/errors.ts'

export interface EventPayload {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly GraphQLFormattedError[]
}

/** What a subgraph's socket has to say next. After anything but `open` and `event` there is nothing more. */
export type UpstreamStep =
  | { readonly kind: 'open' }
  | { readonly kind: 'event'; readonly payload: EventPayload }
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLFormattedError[] }
  | { readonly kind: 'complete' }
  /** The supergraph of now has no place for it. */
  | { readonly kind: 'unfit'; readonly errors: readonly GraphQLFormattedError[] }
  | { readonly kind: 'broken'; readonly reason: string }

export interface UpstreamRequest {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly payload: { readonly query: string; readonly variables: Readonly<Record<string, unknown>> }
}

/** What it is called on its socket: there is no other. */
const ID = '1'
const READ_AHEAD = 8
const HANDSHAKE_MS = 2_000
const ALIVE_EVERY_MS = 10_000

/** One subscription over one graphql-transport-ws socket, read no faster than `next` is called. */
export class UpstreamSocket {
  private readonly socket: WebSocket
  private readonly steps: UpstreamStep[] = []
  private readonly alive: NodeJS.Timeout
  private readonly handshake: NodeJS.Timeout
  private wake: (() => void) | null = null
  private ended = false
  private answered = true

  constructor({ url, headers, payload }: UpstreamRequest) {
    const address = new URL(url)
    address.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    this.socket = new WebSocket(address, 'graphql-transport-ws', {
      headers,
      handshakeTimeout: HANDSHAKE_MS,
      perMessageDeflate: false,
    })
    this.handshake = setTimeout(
      () => this.end({ kind: 'broken', reason: 'no acknowledgement' }),
      HANDSHAKE_MS,
    )
    this.alive = setInterval(() => this.checkAlive(), ALIVE_EVERY_MS)
    this.socket.on('open', () => this.say({ type: 'connection_init' }))
    this.socket.on('message', (data: Buffer) => this.hear(data, payload))
    this.socket.on('pong', () => (this.answered = true))
    this.socket.on('unexpected-response', (_request, { statusCode }) =>
      this.end({ kind: 'broken', reason: `answered ${statusCode}` }),
    )
    this.socket.on('error', ({ message }) => this.end({ kind: 'broken', reason: message }))
    this.socket.on('close', (code) => this.end({ kind: 'broken', reason: `closed with ${code}` }))
  }

  /** The next step; waits for it. */
  async next(): Promise<UpstreamStep> {
    while (this.steps.length === 0) await new Promise<void>((resolve) => (this.wake = resolve))
    const step = this.steps.shift() ?? { kind: 'complete' as const }
    if (this.steps.length === 0 && this.socket.isPaused) this.socket.resume()
    return step
  }

  /** Lets the subgraph go; whoever waits in `next` is told. */
  close(): void {
    this.end({ kind: 'complete' })
  }

  private hear(data: Buffer, payload: UpstreamRequest['payload']): void {
    const message = readMessage(data)
    if (message.id !== undefined && message.id !== ID) return
    switch (message.type) {
      case 'connection_ack':
        clearTimeout(this.handshake)
        this.say({ id: ID, type: 'subscribe', payload })
        return this.push({ kind: 'open' })
      case 'ping':
        return this.say({ type: 'pong' })
      case 'next':
        return this.push({ kind: 'event', payload: eventIn(message.payload) })
      case 'error':
        return this.end({ kind: 'refused', errors: errorsIn(message.payload) })
      case 'complete':
        return this.end({ kind: 'complete' })
      default:
        return undefined
    }
  }

  private push(step: UpstreamStep): void {
    if (this.ended) return
    this.steps.push(step)
    // Unread events stay in the subgraph's own send queue, where the pull of its reader stops in turn.
    if (this.steps.length >= READ_AHEAD) this.socket.pause()
    this.wakeUp()
  }

  /** Nothing comes after this, but what came before it. */
  end(step: UpstreamStep): void {
    if (this.ended) return
    this.ended = true
    clearTimeout(this.handshake)
    clearInterval(this.alive)
    this.steps.push(step)
    this.socket.removeAllListeners()
    this.socket.on('error', () => {})
    this.socket.terminate()
    this.wakeUp()
  }

  private wakeUp(): void {
    this.wake?.()
    this.wake = null
  }

  private say(message: Readonly<Record<string, unknown>>): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message))
  }

  /** A cut cable closes nothing: only an answer that does not come tells of it. A paused socket cannot hear answers. */
  private checkAlive(): void {
    if (this.socket.isPaused || this.socket.readyState !== WebSocket.OPEN) return
    if (!this.answered) return this.end({ kind: 'broken', reason: 'silent' })
    this.answered = false
    this.socket.ping()
  }
}

/** An event; what is none is one of which nothing can be known. */
function eventIn(payload: unknown): EventPayload {
  if (!isAnswer(payload)) return { errors: MALFORMED }
  // Nothing without a reason is none either.
  return payload.data || (payload.errors && payload.errors.length > 0) ? payload : { errors: MALFORMED }
}

/** Why it is refused; a reason that is none stands for one. */
function errorsIn(payload: unknown): readonly GraphQLFormattedError[] {
  return Array.isArray(payload) && payload.length > 0 && isAnswer({ errors: payload as unknown[] })
    ? (payload as GraphQLFormattedError[])
    : MALFORMED
}

interface Message {
  readonly id?: unknown
  readonly type?: unknown
  readonly payload?: unknown
}

function readMessage(data: Buffer): Message {
  try {
    return Object(JSON.parse(data.toString('utf8'))) as Message
  } catch {
    return {}
  }
}
