import { setTimeout as pause } from 'node:timers/promises'
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { Running } from '@hub/kit/run.ts'

/** A subscription whose results are kept as they come. */
export interface Subscriber {
  readonly results: FormattedExecutionResult[]
  readonly errors: GraphQLFormattedError[]
  completed: boolean
  leave(): void
  /** Waits until so many results are there. */
  take(count: number): Promise<FormattedExecutionResult[]>
}

/** Subscribes over graphql-transport-ws, as a client of graphql-ws. */
export function subscribe(
  gateway: Running,
  query: string,
  options: { token?: string; variables?: Record<string, unknown> } = {},
): Subscriber {
  const client = createClient({
    url: `${gateway.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(options.token && { connectionParams: { authorization: `Bearer ${options.token}` } }),
  })
  const subscriber: Subscriber = {
    results: [],
    errors: [],
    completed: false,
    leave: () => void client.dispose(),
    async take(count) {
      await until(() => subscriber.results.length >= count || subscriber.errors.length > 0)
      return subscriber.results
    },
  }
  client.subscribe(
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

/** Waits for something to become true, and says so when it does not. */
export async function until(happened: () => boolean, withinMs = 8_000): Promise<void> {
  for (const start = Date.now(); !happened(); await pause(10)) {
    if (Date.now() - start > withinMs)
      throw new Error(`waited ${withinMs} ms in vain for ${happened.toString()}`)
  }
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
