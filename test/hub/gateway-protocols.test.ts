import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Running } from '@hub/kit/run.ts'
import { openGateway, openIssuer, tokensOf, type Issuer } from '../support/gateway-client.ts'
import { startLibrary, type Library } from '../support/gateway-library.ts'
import { until, visit } from '../support/gateway-socket.ts'

let library: Library
let issuer: Issuer
let gateway: Running
let closed: Running

beforeAll(async () => {
  library = await startLibrary()
  issuer = await openIssuer()
  gateway = await openGateway(library)
  closed = await openGateway(library, { ...tokensOf(issuer), origins: ['https://portal.example'] })
})

afterAll(async () => {
  await gateway.stop()
  await closed.stop()
  await library.stop()
})

const init = { type: 'connection_init' }
const ticks = { id: '1', type: 'subscribe', payload: { query: 'subscription { ticks(count: 1) }' } }
const quiet = { id: '1', type: 'subscribe', payload: { query: 'subscription { bookEvents { kind } }' } }

describe('graphql-transport-ws', () => {
  it('closes with the code of the protocol for what is wrong', async () => {
    const codes = await Promise.all([
      visit(gateway, [], { protocol: 'graphql-ws' }),
      visit(gateway, [], { protocol: [] }),
      visit(gateway, []),
      visit(gateway, [ticks]),
      visit(gateway, [init, init]),
      visit(gateway, ['no JSON']),
      visit(gateway, [{ type: 'nonsense' }]),
      visit(gateway, [init, { type: 'subscribe', payload: {} }]),
    ])
    expect(codes.map(({ code }) => code)).toEqual([4406, 4406, 4408, 4401, 4429, 4400, 4400, 4400])
  })

  it('refuses a second subscription under a name in use with 4409', async () => {
    expect((await converse(gateway, [init], [quiet, quiet])).code).toBe(4409)
  })

  it('acknowledges, answers a ping, and carries results in order to their end', async () => {
    const { heard } = await converse(gateway, [init], [{ type: 'ping', payload: { a: 1 } }, ticks])
    expect(heard).toEqual([
      { type: 'connection_ack' },
      { type: 'pong', payload: { a: 1 } },
      { id: '1', type: 'next', payload: { data: { ticks: 1 } } },
      { id: '1', type: 'complete' },
    ])
  })

  it('carries queries too, and tells of a document that does not fit by `error`', async () => {
    const { heard } = await converse(
      gateway,
      [init],
      [
        { id: 'q', type: 'subscribe', payload: { query: '{ shelves }' } },
        { id: 'x', type: 'subscribe', payload: { query: '{ shelvs }' } },
      ],
    )
    expect(heard).toContainEqual({
      id: 'q',
      type: 'next',
      payload: { data: { shelves: ['north', 'south'] } },
    })
    expect(heard).toContainEqual({ id: 'q', type: 'complete' })
    expect(heard).toContainEqual({
      id: 'x',
      type: 'error',
      payload: [expect.objectContaining({ extensions: { code: 'DOCUMENT_INVALID' } })],
    })
  })

  it('lets a browser in from its own origin and those on the list, and answers 403 to others', async () => {
    expect((await visit(closed, [], { origin: 'https://evil.example' })).code).toBe(403)
    expect((await visit(closed, [init], { origin: 'https://portal.example' })).code).toBe(4403)
    expect((await visit(closed, [init], { origin: closed.url })).code).toBe(4403)
  })

  it('closes with 4403 for a bad token, and within a second of the end of a good one', async () => {
    expect((await visit(closed, [{ ...init, payload: { authorization: 'Bearer x.y.z' } }])).code).toBe(4403)
    const token = await issuer.token({}, 2)
    const ends = (
      JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as { exp: number }
    ).exp
    const { code } = await visit(closed, [{ ...init, payload: { authorization: `Bearer ${token}` } }])
    expect(code).toBe(4403)
    expect(Math.abs(Date.now() - ends * 1000)).toBeLessThan(1_000)
  })

  it('stops reading from the subgraph when the client stops reading', async () => {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    await new Promise((opened) => socket.once('open', opened))
    socket.send(JSON.stringify(init))
    await new Promise((acknowledged) => socket.once('message', acknowledged))
    const long = 'kind '.repeat(1) + Array.from({ length: 80 }, (_, at) => `k${at}: kind`).join(' ')
    const query = `subscription { bookEvents(after: "c0") { ${long} } }`
    const before = library.events.pulled
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }))
    socket.pause()
    library.events.add('1', 60_000)
    let seen = -1
    await until(() => {
      const still = library.events.pulled === seen
      seen = library.events.pulled
      return still && seen > before
    }, 20_000)
    await pause(500)
    // What the sockets between hold is some megabytes at most: far from all of 60,000 events of 1 KB.
    expect(library.events.pulled - before).toBeLessThan(20_000)
    socket.terminate()
    await until(() => library.events.open === 0, 3_000)
    library.events.log.length = 0
  })
})

describe('server-sent events', () => {
  const query = 'subscription { bookEvents { book { title copies } } }'
  const accept = { accept: 'text/event-stream', 'content-type': 'application/json' }

  it('carry each result with its cursor as id, and go on after Last-Event-ID', async () => {
    const first = await open({ query })
    await until(() => library.events.open === 1)
    library.events.add('1')
    const [event] = await first.take(1)
    expect(event).toMatchObject({
      event: 'next',
      data: { data: { bookEvents: { book: { title: 'A Dream of Red Mansions', copies: 10 } } } },
    })
    expect(event?.id).toBe(library.events.log.at(-1)?.cursor)
    first.leave()
    await until(() => library.events.open === 0, 3_000)
    library.events.add('2', 2)
    const second = await open({ query }, { 'last-event-id': event?.id ?? '' })
    const ids = (await second.take(2)).map(({ id }) => id)
    expect(ids).toEqual(library.events.log.slice(-2).map(({ cursor }) => cursor))
    second.leave()
    await until(() => library.events.open === 0, 3_000)
  })

  it('end with `complete`, also after a refusal, which comes as a result', async () => {
    const ended = await open({ query: 'subscription { ticks(count: 2) }' })
    expect(await ended.take(3)).toMatchObject([
      { event: 'next', data: { data: { ticks: 1 } } },
      { event: 'next', data: { data: { ticks: 2 } } },
      { event: 'complete' },
    ])
    const refused = await open({ query: 'subscription { refused { kind } }' })
    expect(await refused.take(2)).toMatchObject([
      { event: 'next', data: { errors: [{ extensions: { code: 'BOOK_LOCKED' } }] } },
      { event: 'complete' },
    ])
    const once = await open({ query: '{ shelves }' })
    expect(await once.take(2)).toMatchObject([
      { data: { data: { shelves: ['north', 'south'] } } },
      { event: 'complete' },
    ])
  })

  it('begin with 400 for a document that does not fit and 401 without a token', async () => {
    const body = JSON.stringify({ query: 'subscription { nothing }' })
    const invalid = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers: accept, body })
    expect([invalid.status, await invalid.json()]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'DOCUMENT_INVALID' } }] },
    ])
    const stranger = await fetch(`${closed.url}/graphql`, { method: 'POST', headers: accept, body })
    expect(stranger.status).toBe(401)
  })

  it('end when the token ends, with the reason', async () => {
    const token = await issuer.token({}, 2)
    const stream = await open({ query }, { authorization: `Bearer ${token}` }, closed)
    expect(await stream.take(2)).toMatchObject([
      { event: 'next', data: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } },
      { event: 'complete' },
    ])
    await until(() => library.events.open === 0, 3_000)
  })

  it('can be had by GET', async () => {
    const headers = { accept: 'text/event-stream' }
    const response = await fetch(
      `${gateway.url}/graphql?query=${encodeURIComponent('subscription { ticks(count: 1) }')}`,
      { headers },
    )
    expect(await response.text()).toContain('event: next\ndata: {"data":{"ticks":1}}\n\nevent: complete\n')
    const mutation = await fetch(`${gateway.url}/graphql?query=mutation{addBook(title:"x"){id}}`, { headers })
    expect(mutation.status).toBe(405)
  })

  interface ServerEvent {
    readonly event?: string
    readonly id?: string
    readonly data?: unknown
  }

  async function open(payload: unknown, headers: Record<string, string> = {}, at = gateway) {
    const left = new AbortController()
    const response = await fetch(`${at.url}/graphql`, {
      method: 'POST',
      headers: { ...accept, ...headers },
      body: JSON.stringify(payload),
      signal: left.signal,
    })
    const events: ServerEvent[] = []
    void collect(response, events).catch(() => {})
    return {
      leave: () => left.abort(),
      async take(count: number) {
        await until(() => events.length >= count)
        return events
      },
    }
  }

  async function collect(response: Response, events: ServerEvent[]): Promise<void> {
    let text = ''
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString('utf8')
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) if (block.startsWith('event:')) events.push(parsed(block))
    }
  }

  function parsed(block: string): ServerEvent {
    const fields = block
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const)
    const { data, ...rest } = Object.fromEntries(fields)
    return { ...rest, ...(data && { data: JSON.parse(data) as unknown }) }
  }
})

/** Says something, waits for the acknowledgement, says more, and leaves when it is quiet. */
async function converse(at: Running, first: readonly unknown[], then: readonly unknown[]) {
  const heard: unknown[] = []
  const socket = new WebSocket(`${at.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  let code = 0
  socket.on('close', (with_) => (code = with_))
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString('utf8'))))
  await new Promise((opened) => socket.once('open', opened))
  for (const message of first) socket.send(JSON.stringify(message))
  await until(() => heard.length > 0)
  for (const message of then) socket.send(JSON.stringify(message))
  await pause(400)
  socket.close()
  await until(() => code !== 0)
  return { code, heard }
}
