import { Pool } from 'undici'

/** Connections to one subgraph, kept alive between requests. */
export interface SubgraphPool {
  post(path: string, headers: Record<string, string>, body: string, signal: AbortSignal): Promise<PoolAnswer>
  get(path: string, signal: AbortSignal): Promise<PoolAnswer>
}

export interface PoolAnswer {
  readonly status: number
  readonly text: string
}

/** One pool for each origin, shared by every supergraph that was ever loaded, so that a reload cuts no connection. */
export class SubgraphPools {
  private readonly pools = new Map<string, Pool>()

  /** The pool for the origin of an address. */
  at(url: URL): SubgraphPool {
    const pool = this.pools.get(url.origin) ?? this.open(url.origin)
    return {
      post: (path, headers, body, signal) => send(pool, { method: 'POST', path, headers, body, signal }),
      get: (path, signal) => send(pool, { method: 'GET', path, signal }),
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.destroy()))
    this.pools.clear()
  }

  private open(origin: string): Pool {
    const pool = new Pool(origin, { connections: 64, connect: { timeout: 1_000 }, keepAliveTimeout: 4_000 })
    this.pools.set(origin, pool)
    return pool
  }
}

async function send(pool: Pool, request: Parameters<Pool['request']>[0]): Promise<PoolAnswer> {
  const { statusCode, body } = await pool.request(request)
  return { status: statusCode, text: await body.text() }
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
