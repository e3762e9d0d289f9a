import { setTimeout as pause } from 'node:timers/promises'
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import { createClient, MessageType } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { Running } from '@hub/kit/run.ts'

/** A subscription whose results are kept as they come. */
export interface Subscriber {
  readonly results: FormattedExecutionResult[]
  readonly errors: GraphQLFormattedError[]
  completed: boolean
  /** The gateway has heard what is asked for. */
  heard: boolean
  /** Closes the socket, or says that no more is wanted and leaves it open. */
  leave(withWord?: boolean): void
  /** Waits until so many results are there. */
  take(count: number): Promise<FormattedExecutionResult[]>
}

/** Subscribes over graphql-transport-ws, as a client of graphql-ws. */
export function subscribe(
  gateway: Running,
  query: string,
  options: { token?: string; variables?: Record<string, unknown>; headers?: Record<string, string> } = {},
): Subscriber {
  const client = createClient({
    url: `${gateway.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: options.headers ? withHeaders(options.headers) : WebSocket,
    retryAttempts: 0,
    on: {
      // Said right after the operation: what comes back tells that both have arrived.
      connected: (socket) =>
        setImmediate(() => (socket as WebSocket).send('{"type":"ping","payload":{"heard":true}}')),
      message: ({ type }) => (subscriber.heard ||= type === MessageType.Pong),
    },
    ...(options.token && { connectionParams: { authorization: `Bearer ${options.token}` } }),
  })
  const subscriber: Subscriber = {
    results: [],
    errors: [],
    completed: false,
    heard: false,
    leave: (withWord = false) => (withWord ? complete() : void client.dispose()),
    async take(count) {
      await until(() => subscriber.results.length >= count || subscriber.errors.length > 0)
      return subscriber.results
    },
  }
  const complete = client.subscribe(
    { query, ...(options.variables && { variables: options.variables }) },
    {
      next: (result) => subscriber.results.push(result as FormattedExecutionResult),
      error: (error) =>
        subscriber.errors.push(...(Array.isArray(error) ? error : [{ message: String(error) }])),
      complete: () => (subscriber.completed = true),
    },
  )
  return subscriber
}

/** A WebSocket that says something more of itself when it is opened. */
function withHeaders(headers: Record<string, string>): typeof WebSocket {
  return class extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol, { headers })
    }
  } as typeof WebSocket
}

/** Waits for something to become true, and says so when it does not. */
export async function until(happened: () => boolean, withinMs = 8_000): Promise<void> {
  for (const start = Date.now(); !happened(); await pause(10)) {
    if (Date.now() - start > withinMs)
      throw new Error(`waited ${withinMs} ms in vain for ${happened.toString()}`)
  }
}

/** Waits until one of the gateway's own measurements has this value. */
export async function untilMeasured(gateway: Running, name: string, value: number): Promise<void> {
  let measured = ''
  const look = async (): Promise<string> => (await fetch(`${gateway.url}/metrics`)).text()
  for (const start = Date.now(); !measured.includes(`\n${name} ${value}\n`); measured = await look())
    if (Date.now() - start > 8_000) throw new Error(`waited in vain for ${name} to be ${value}`)
}

/** Opens a bare socket and tells how it was closed. */
export function visit(
  gateway: Running,
  say: readonly unknown[],
  { protocol = 'graphql-transport-ws', origin }: { protocol?: string | string[]; origin?: string } = {},
): Promise<{ code: number; heard: Record<string, unknown>[] }> {
  return new Promise((resolve) => {
    const heard: Record<string, unknown>[] = []
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, protocol, {
      ...(origin && { origin }),
    })
    socket.on('open', () => {
      for (const message of say) {
        const isRaw = typeof message === 'string' || Buffer.isBuffer(message)
        socket.send(isRaw ? message : JSON.stringify(message))
      }
    })
    socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString('utf8'))))
    socket.on('unexpected-response', (_request, { statusCode }) => resolve({ code: statusCode ?? 0, heard }))
    socket.on('close', (code) => resolve({ code, heard }))
    socket.on('error', () => {})
  })
}
