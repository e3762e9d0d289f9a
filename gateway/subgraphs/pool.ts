import { Pool, type Dispatcher } from 'undici'
import type { Place } from '@hub/kit/bag.ts'
import { hasLeft, NobodyWaits, type Audience, type Limit } from './audience.ts'
import { Deadlines, type Waiting } from './deadlines.ts'

/** Connections to one subgraph, kept alive between requests. */
export interface SubgraphPool {
  post(path: string, headers: Record<string, string>, body: string, limit: Limit): Promise<PoolAnswer>
  get(path: string, limit: Limit): Promise<PoolAnswer>
}

export interface PoolAnswer {
  readonly status: number
  readonly text: string
}

/** One pool for each origin, shared by every supergraph that was ever loaded, so that a reload cuts no connection. */
export class SubgraphPools {
  private readonly pools = new Map<string, Pool>()
  private readonly deadlines = new Deadlines()
  private readonly mostBytes: number

  constructor(mostBytes = Infinity) {
    this.mostBytes = mostBytes
  }

  /** The pool for the origin of an address. */
  at(url: URL): SubgraphPool {
    const pool = this.pools.get(url.origin) ?? this.open(url.origin)
    const send = (request: Dispatcher.DispatchOptions, limit: Limit): Promise<PoolAnswer> =>
      new Promise((resolve, reject) => {
        pool.dispatch(
          request,
          new Exchange(resolve, reject, { limit, deadlines: this.deadlines, mostBytes: this.mostBytes }),
        )
      })
    return {
      post: (path, headers, body, limit) => send({ method: 'POST', path, headers, body }, limit),
      get: (path, limit) => send({ method: 'GET', path }, limit),
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.destroy()))
    this.pools.clear()
  }

  private open(origin: string): Pool {
    // The deadline is the one clock of a request.
    const timeouts = {
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: 1_000 },
      keepAliveTimeout: 4_000,
    }
    const pool = new Pool(origin, { connections: 64, ...timeouts })
    this.pools.set(origin, pool)
    return pool
  }
}

interface Bounds {
  readonly limit: Limit
  readonly deadlines: Deadlines
  readonly mostBytes: number
}

/** One request and its answer, read whole as it comes: a stream to read it from would cost more than the request. */
class Exchange implements Dispatcher.DispatchHandler, Waiting {
  private readonly limit: Limit
  private readonly resolve: (answer: PoolAnswer) => void
  private readonly reject: (reason: unknown) => void
  private readonly deadlines: Deadlines
  private readonly place: Place<Waiting>
  private readonly chunks: Buffer[] = []
  private controller: Dispatcher.DispatchController | null = null
  private status = 0
  private bytesLeft: number
  private givenUp: Error | null = null

  constructor(
    resolve: (answer: PoolAnswer) => void,
    reject: (reason: unknown) => void,
    { limit, deadlines, mostBytes }: Bounds,
  ) {
    this.resolve = resolve
    this.reject = reject
    this.limit = limit
    this.deadlines = deadlines
    this.bytesLeft = mostBytes
    this.place = deadlines.add(this)
  }

  get deadline(): number {
    return this.limit.deadline
  }

  get audience(): Audience | undefined {
    return this.limit.audience
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Thrown, it costs the request alone; aborted, it would cost the connection that was to take it.
    if (this.givenUp) throw this.givenUp
    this.controller = controller
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.status = status
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.bytesLeft -= chunk.length
    if (this.bytesLeft < 0) this.giveUp(new LongAnswer())
    else this.chunks.push(chunk)
  }

  onResponseEnd(): void {
    this.deadlines.remove(this.place)
    const [first] = this.chunks
    const whole = first && this.chunks.length === 1 ? first : Buffer.concat(this.chunks)
    this.resolve({ status: this.status, text: whole.toString('utf8') })
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.deadlines.remove(this.place)
    this.reject(error)
  }

  expire(): void {
    this.giveUp(hasLeft(this.limit) ? new NobodyWaits() : new LateAnswer())
  }

  private giveUp(reason: Error): void {
    this.deadlines.remove(this.place)
    this.chunks.length = 0
    this.givenUp = reason
    this.reject(reason)
    this.controller?.abort(reason)
  }
}

/** More has come than an answer may be. */
export class LongAnswer extends Error {
  override readonly name = 'LongAnswer'

  constructor() {
    super('the answer of the subgraph is too long')
  }
}

/** What was asked for has not come in time. */
export class LateAnswer extends Error {
  override readonly name = 'LateAnswer'

  constructor() {
    super('the subgraph has not answered in time')
  }
}

const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
])
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_CLOSED', 'ETIMEDOUT'])

/** Whether a failed request certainly never reached the subgraph: even a mutation may be sent again. */
export function wasNeverSent(error: unknown): boolean {
  return NEVER_SENT.has(codeOf(error))
}

/** Whether a request failed for want of a connection, and not by what was asked. */
export function isBroken(error: unknown): boolean {
  return wasNeverSent(error) || BROKEN.has(codeOf(error))
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
