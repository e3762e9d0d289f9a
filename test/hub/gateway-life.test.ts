import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultLimits } from '@hub/gateway/operation/limit-settings.ts'
import { ask, openGateway } from '../support/gateway-client.ts'
import { startLibrary, type Library } from '../support/gateway-library.ts'
import { subscribe, until, untilMeasured, visit } from '../support/gateway-socket.ts'

let library: Library

beforeAll(async () => {
  library = await startLibrary()
})

afterAll(() => library.stop())

const slow = (ms: number): string => `{ slow(ms: ${ms}) }`

describe('a gateway that has enough to do', () => {
  it('answers 503 OVERLOADED with Retry-After at once, and serves again when there is room', async () => {
    const gateway = await openGateway(library, { limits: { ...defaultLimits, underWay: 3 } })
    const under = [1, 2, 3].map(() => ask(gateway, slow(1_500)))
    let answered = 0
    for (const each of under) void each.then(() => (answered += 1))
    await untilMeasured(gateway, 'hub_gateway_operations_under_way', 3)
    const refused = await ask(gateway, '{ shelves }')
    expect(answered).toBe(0)
    expect([refused.status, refused.errors?.[0]?.extensions]).toEqual([503, { code: 'OVERLOADED' }])
    expect(refused.headers.get('retry-after')).toBe('1')
    const overSocket = subscribe(gateway, '{ shelves }')
    expect((await overSocket.take(1))[0]?.errors?.[0]?.extensions).toEqual({ code: 'OVERLOADED' })
    overSocket.leave()
    expect((await Promise.all(under)).map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await ask(gateway, '{ shelves }')).status).toBe(200)
    await gateway.stop()
  })

  it('does not count streams among it', async () => {
    const gateway = await openGateway(library, { limits: { ...defaultLimits, underWay: 1 } })
    const stream = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { bookEvents { kind } }' }),
    })
    expect((await ask(gateway, '{ shelves }')).status).toBe(200)
    await stream.body?.cancel()
    await gateway.stop()
  })
})

describe('a gateway that stops', () => {
  it('answers every request that it took, and closes sockets with 1001', async () => {
    const gateway = await openGateway(library)
    const pool = new Pool(gateway.url, { connections: 20 })
    const outcomes = { answered: 0, neverSent: 0, lost: [] as string[] }
    const left = new AbortController()
    const client = async (): Promise<void> => {
      while (!left.signal.aborted) {
        try {
          const { statusCode, body } = await pool.request({
            method: 'POST',
            path: '/graphql',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ query: slow(20) }),
          })
          const text = await body.text()
          if (statusCode === 200 && text.includes('late')) outcomes.answered += 1
          else outcomes.lost.push(`${statusCode} ${text}`)
        } catch (error) {
          const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
          if (code === 'ECONNREFUSED') outcomes.neverSent += 1
          else outcomes.lost.push(code)
          await pause(10)
        }
      }
    }
    const clients = Array.from({ length: 20 }, client)
    const onSocket = subscribe(gateway, slow(700))
    const quiet = visit(gateway, [{ type: 'connection_init' }])
    await until(() => outcomes.answered > 200)
    await pause(100)
    await gateway.stop()
    left.abort()
    await Promise.all(clients)
    expect(outcomes.lost).toEqual([])
    expect(outcomes.answered).toBeGreaterThan(200)
    expect(onSocket.results).toEqual([{ data: { slow: 'late' } }])
    expect((await quiet).code).toBe(1001)
    await pool.destroy()
  })

  it('is not ready any more for who asks on a connection that stands', async () => {
    const gateway = await openGateway(library)
    const pool = new Pool(gateway.url, { connections: 1 })
    const readiness = async () => {
      const { statusCode, body } = await pool.request({ method: 'GET', path: '/health/ready' })
      return [statusCode, await body.json()]
    }
    expect(await readiness()).toEqual([200, { status: 'ready', reasons: [] }])
    const stopped = gateway.stop()
    expect(await readiness()).toEqual([503, { status: 'unready', reasons: ['stopping'] }])
    await stopped
    await pool.destroy()
  })
})
