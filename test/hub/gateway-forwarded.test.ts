import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CALLER_HEADER } from '@hub/kit/caller.ts'
import type { Running } from '@hub/kit/run.ts'
import { ask, openGateway } from '../support/gateway-client.ts'
import { subscribe, until } from '../support/gateway-socket.ts'
import { startWire, type Wire } from '../support/gateway-wire.ts'

let wire: Wire
let gateway: Running

beforeAll(async () => {
  wire = await startWire()
  gateway = await openGateway(wire, { forwardHeaders: ['authorization', 'x-district'] })
})

afterAll(async () => {
  await gateway.stop()
  await wire.stop()
})

const ROOM = '{ room { name } }'
const NEWS = 'subscription { stirred { name } }'

/** Asks for the room with these headers; the subgraph answers whenever it has been asked as often as that. */
async function askAs(callers: readonly Record<string, string>[], times: number) {
  const before = wire.asked.length
  const answers = callers.map((headers) => ask(gateway, ROOM, { headers }))
  await until(() => wire.asked.length >= before + times)
  const asked = wire.asked.slice(before)
  for (const one of asked) one.answer({ data: { room: { name: 'hall' } } })
  for (const answer of await Promise.all(answers)) expect(answer.data).toEqual({ room: { name: 'hall' } })
  return asked
}

describe('a header that the operator lets through', () => {
  it('goes on to the subgraphs as it came, and no other does', async () => {
    const given = { authorization: 'Basic b', 'x-district': 'lixia', 'x-role': 'ADMIN' }
    const [asked] = await askAs([given], 1)
    expect(asked?.headers).toMatchObject({ authorization: 'Basic b', 'x-district': 'lixia' })
    expect(asked?.headers).not.toHaveProperty('x-role')
  })

  it('is no part of what is signed', async () => {
    const [asked] = await askAs([{ 'x-district': 'lixia' }], 1)
    const [payload = ''] = String(asked?.headers[CALLER_HEADER]).split('.')
    const { caller } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { caller: object }
    expect(Object.keys(caller).toSorted()).toEqual(
      ['attributes', 'expiresAt', 'locale', 'requestId', 'role', 'scopes', 'subject'].toSorted(),
    )
  })

  it('parts those who bring another from what is asked once for all', async () => {
    const [lixia, shizhong] = [{ 'x-district': 'lixia' }, { 'x-district': 'shizhong' }]
    const asked = await askAs([lixia, shizhong, lixia], 2)
    await new Promise((turn) => setImmediate(turn))
    expect(wire.asked.slice(-2)).toEqual(asked)
    expect(asked.map(({ headers }) => String(headers['x-district'])).toSorted()).toEqual([
      'lixia',
      'shizhong',
    ])
  })

  it('goes with a subscription, of which there is one upstream for each', async () => {
    const bringing = (district: string) => subscribe(gateway, NEWS, { headers: { 'x-district': district } })
    const subscribers = [bringing('lixia'), bringing('shizhong'), bringing('lixia')]
    await until(() => subscribers.every(({ heard }) => heard))
    const [first, second] = [await wire.opened(1), await wire.opened(2)]
    expect([first, second].map(({ headers }) => String(headers['x-district'])).toSorted()).toEqual([
      'lixia',
      'shizhong',
    ])
    for (const upstream of wire.upstreams)
      upstream.next({ stirred: { name: upstream.headers['x-district'] } })
    const told = await Promise.all(subscribers.map(async (subscriber) => (await subscriber.take(1))[0]?.data))
    expect(told.map((data) => data?.['stirred'])).toEqual(
      ['lixia', 'shizhong', 'lixia'].map((name) => ({ name })),
    )
    expect(wire.upstreams.length).toBe(2)
    for (const subscriber of subscribers) subscriber.leave()
  })
})
