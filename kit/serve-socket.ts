import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import {
  createSourceEventStream,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
} from 'graphql'
import { useServer, type Extra } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import { CALLER_HEADER, requestDigest, type Caller } from './caller.ts'
import { toGraphQLError } from './errors.ts'
import type { CallerContext } from './graph.ts'
import type { SubgraphOptions } from './serve.ts'

type Verify = (header: string | undefined, digest: string) => Caller

/**
 * Subscriptions over graphql-transport-ws on /graphql. The upgrade request carries the signed caller: an unsigned one
 * is answered 401 before it becomes a socket. Every event is executed in a context of its own, and the next one is
 * pulled only when the last one was written.
 */
export function acceptSockets<Context extends CallerContext>(
  server: Server,
  { schema, context, log }: SubgraphOptions<Context>,
  verify: Verify,
): { stop(): Promise<void> } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 })
  const callers = new WeakMap<IncomingMessage, Caller>()
  const masked = (errors: readonly GraphQLError[], extra: Extra): GraphQLError[] =>
    errors.map((error) => toGraphQLError(error, callers.get(extra.request)?.locale ?? 'zh-CN', log))
  const protocol = useServer(
    {
      schema,
      context: ({ extra }) => contextOf(callers, extra.request, context),
      execute: (args) => execute(args),
      subscribe: (args) => eachInItsOwnContext(args, context),
      onNext: ({ extra }, _id, _payload, _args, result) =>
        result.errors ? formatted(result, masked(result.errors, extra)) : undefined,
      onError: ({ extra }, _id, _payload, errors) => masked(errors, extra).map((error) => error.toJSON()),
    },
    sockets,
  )
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const header = request.headers[CALLER_HEADER]
    try {
      const digest = requestDigest('GET', request.url ?? '/', '')
      callers.set(request, verify(typeof header === 'string' ? header : undefined, digest))
    } catch {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request))
  })
  return {
    async stop() {
      for (const client of sockets.clients) client.close(1012, 'restarting')
      await protocol.dispose()
      sockets.close()
    },
  }
}

function contextOf<Context>(
  callers: WeakMap<IncomingMessage, Caller>,
  request: IncomingMessage,
  context: (caller: Caller) => Context,
): Context {
  const caller = callers.get(request)
  if (!caller) throw new Error('a socket without a caller')
  return context(caller)
}

interface Answer {
  readonly data?: ExecutionResult['data'] | undefined
  readonly extensions?: ExecutionResult['extensions'] | undefined
}

function formatted({ data, extensions }: Answer, errors: readonly GraphQLError[]): FormattedExecutionResult {
  return {
    errors: errors.map((error) => error.toJSON()),
    ...(data === undefined ? {} : { data }),
    ...(extensions ? { extensions } : {}),
  }
}

/** graphql-js runs all events of a subscription in one context, whose loaders would answer from a stale cache. */
async function eachInItsOwnContext(
  args: ExecutionArgs,
  context: (caller: Caller) => CallerContext,
): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> {
  const { caller } = args.contextValue as CallerContext
  const source = await createSourceEventStream(args)
  if (!(Symbol.asyncIterator in source)) return source
  return mapped(source[Symbol.asyncIterator](), async (event) =>
    execute({ ...args, rootValue: event, contextValue: context(caller) }),
  )
}

/**
 * Not an async generator: its `return` would wait for the event that never comes, and the source would never be let go.
 * A source that fails says why in a last answer; thrown on, it would close the socket and all its other subscriptions.
 */
function mapped(
  source: AsyncIterator<unknown>,
  run: (event: unknown) => Promise<ExecutionResult>,
): AsyncGenerator<ExecutionResult> {
  let failed = false
  const iterator: AsyncGenerator<ExecutionResult> = {
    async next() {
      if (failed) return { done: true, value: undefined }
      try {
        const step = await source.next()
        return step.done ? { done: true, value: undefined } : { done: false, value: await run(step.value) }
      } catch (error) {
        failed = true
        return { done: false, value: { errors: [asGraphQLError(error)] } }
      }
    },
    async return() {
      await source.return?.()
      return { done: true, value: undefined }
    },
    async throw(error: unknown) {
      await source.return?.()
      throw error
    },
    async [Symbol.asyncDispose]() {
      await source.return?.()
    },
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}

function asGraphQLError(error: unknown): GraphQLError {
  const cause = error instanceof Error ? error : new Error(String(error))
  return new GraphQLError(cause.message, { originalError: cause })
}
