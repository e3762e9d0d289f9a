import { once } from 'node:events'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { openDoors } from '../support/gateway-doors.ts'
import { subscribe, until, type Subscriber } from '../support/gateway-socket.ts'

const doors = await openDoors()
const { library, issuer, closed } = doors
const subscribers: Subscriber[] = []

afterEach(async () => {
  for (const subscriber of subscribers.splice(0)) subscriber.leave()
  await until(() => library.events.open === 0)
})

afterAll(() => doors.stop())

const OWN = 'subscription { ownEvents { cursor book { title copies } } }'

/** Subscribes as someone of a department, and waits until the subgraph has it. */
async function followAs(department: string, lifeSeconds?: number): Promise<Subscriber> {
  const before = library.events.open
  const token = await issuer.token({ sub: `desk:${department}`, department }, lifeSeconds)
  const subscriber = subscribe(closed, OWN, { token })
  subscribers.push(subscriber)
  await until(() => library.events.open > before)
  return subscriber
}

const titlesOf = ({ results }: Subscriber): unknown[] =>
  results.map(({ data }) => (data?.['ownEvents'] as { book: { title: string } } | null)?.book.title)

describe('authority over a subscription that lives', () => {
  it('is asked for at each event: once it is withdrawn, the next is not delivered and the stream ends with the code', async () => {
    library.rights.set('NORTH', ['1', '2']).set('SOUTH', ['1', '2'])
    const [north, south] = [await followAs('NORTH'), await followAs('SOUTH')]
    library.events.add('1')
    await Promise.all([north.take(1), south.take(1)])
    library.rights.delete('NORTH')
    library.events.add('2', 2)
    await until(() => north.errors.length > 0)
    await south.take(3)
    expect(titlesOf(north).filter((title) => title !== undefined)).toEqual(['A Dream of Red Mansions'])
    expect(north.errors).toMatchObject([{ extensions: { code: 'BOOK_LOCKED', service: 'books' } }])
    expect(JSON.stringify(north.results)).not.toContain('Fortress')
    // The other has lost nothing by it, and nobody asks the subgraph for the one that was refused.
    expect(titlesOf(south)).toEqual(['A Dream of Red Mansions', 'Fortress Besieged', 'Fortress Besieged'])
    expect(library.events.open).toBe(1)
  })

  it('lets each see its own: who asks for the same as another department never gets what is for that one', async () => {
    library.rights.set('NORTH', ['1']).set('SOUTH', ['2'])
    const [north, south] = [await followAs('NORTH'), await followAs('SOUTH')]
    for (const book of ['2', '1', '2', '1']) library.events.add(book)
    await Promise.all([north.take(2), south.take(2)])
    // What comes last for the one comes after all that was for the other.
    library.events.add('2')
    await south.take(3)
    library.events.add('1')
    await north.take(3)
    expect(new Set(titlesOf(north))).toEqual(new Set(['A Dream of Red Mansions']))
    expect(new Set(titlesOf(south))).toEqual(new Set(['Fortress Besieged']))
  })

  it('ends with the token: the socket is closed with 4403, the subgraph is let go, and another goes on', async () => {
    library.rights.set('NORTH', ['1']).set('SOUTH', ['1'])
    const south = await followAs('SOUTH')
    const token = await issuer.token({ department: 'NORTH' }, 2)
    const socket = new WebSocket(`${closed.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    await once(socket, 'open')
    const heard: string[] = []
    socket.on('message', (data: Buffer) => heard.push(data.toString('utf8')))
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }))
    await until(() => heard.length === 1)
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: OWN } }))
    await until(() => library.events.open === 2)
    library.events.add('1')
    await until(() => heard.length === 2)
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(4403)
    await until(() => library.events.open === 1)
    library.events.add('1')
    expect(titlesOf({ ...south, results: await south.take(2) })).toHaveLength(2)
    expect(heard).toHaveLength(2)
  })
})

describe('a client of a stream without cursors that stops reading', () => {
  it('is told CONSUMER_TOO_SLOW when it reads again, and another has got everything', async () => {
    const EVENTS = 220
    // Its name for the operation comes back with every event: so few of them fill what the kernel holds for a socket.
    const [slow, fast] = await Promise.all([open('s'.repeat(100_000)), open('fast')])
    slow.socket.pause()
    for (let at = 1; at <= EVENTS; at++) {
      library.events.add('1')
      while (fast.heard.length < at) await new Promise((later) => setImmediate(later))
    }
    expect(slow.heard).toHaveLength(0)
    slow.socket.resume()
    await until(() => slow.heard.at(-1)?.type === 'error')
    expect(slow.heard.at(-1)?.payload).toMatchObject([
      { extensions: { code: 'CONSUMER_TOO_SLOW', cursor: null } },
    ])
    expect(slow.heard.length).toBeLessThan(EVENTS)
    expect(fast.heard.every(({ type }) => type === 'next')).toBe(true)
    for (const { socket } of [slow, fast]) socket.terminate()
  })

  interface Heard {
    readonly type: string
    readonly payload?: unknown
  }

  /** A bare socket with one subscription, which the gateway has taken. */
  async function open(id: string): Promise<{ socket: WebSocket; heard: Heard[] }> {
    const { url } = doors.gateway
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    const heard: Heard[] = []
    socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString('utf8')) as Heard))
    await once(socket, 'open')
    socket.send(JSON.stringify({ type: 'connection_init' }))
    const payload = { query: 'subscription { gossip { text } }' }
    await until(() => heard.length === 1)
    socket.send(JSON.stringify({ id, type: 'subscribe', payload }))
    await until(() => library.events.open === 1)
    socket.send(JSON.stringify({ type: 'ping' }))
    await until(() => heard.length === 2)
    heard.length = 0
    return { socket, heard }
  }
})
