import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { Rounds } from '@hub/gateway/websocket/rounds.ts'

const bearer = { subject: 'u1', role: 'OFFICE', attributes: {}, scopes: [], expiresAt: 0 }

/** A socket of a gateway that is attended to, and its client. */
async function attended(isGood: () => boolean, autoPong = true) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  const identify = () => (isGood() ? Promise.resolve(bearer) : Promise.reject(new Error('withdrawn')))
  const rounds = new Rounds(identify, 5)
  server.on('connection', (socket) => {
    const scope = { locale: 'en', requestId: 'r1' } as const
    rounds.attend({ socket, authorization: 'Bearer x', scope, bearer, writeFrames: () => {} })
  })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const client = new WebSocket(`ws://127.0.0.1:${port}`, { autoPong })
  await once(client, 'open')
  return {
    client,
    stop: () => {
      rounds.stop()
      client.terminate()
      server.close()
    },
  }
}

describe('a socket of a gateway', () => {
  it('is closed with 4403 when its token is good no longer', async () => {
    let isGood = true
    const { client, stop } = await attended(() => isGood)
    await once(client, 'ping')
    await once(client, 'ping')
    expect(client.readyState).toBe(WebSocket.OPEN)
    isGood = false
    expect((await once(client, 'close'))[0]).toBe(4403)
    stop()
  })

  it('is let go when nobody answers any more', async () => {
    const { client, stop } = await attended(() => true, false)
    expect((await once(client, 'close'))[0]).toBe(1006)
    stop()
  })
})
