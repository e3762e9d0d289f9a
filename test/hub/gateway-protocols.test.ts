import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Running } from '@hub/kit/run.ts'
import { openDoors } from '../support/gateway-doors.ts'
import { until, visit } from '../support/gateway-socket.ts'

const doors = await openDoors({ origins: ['https://portal.example'] })
const { library, issuer, gateway, closed } = doors

afterAll(() => doors.stop())

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

  it('takes nothing but text, of what a client may say, with all its parts and no longer than a body', async () => {
    const codes = await Promise.all([
      visit(gateway, [Buffer.from(JSON.stringify(init))]),
      visit(gateway, [init, { id: '1', type: 'next', payload: { data: {} } }]),
      visit(gateway, [init, { type: 'connection_ack' }]),
      visit(gateway, [init, { ...ticks, id: '' }]),
      visit(gateway, [init, { ...ticks, payload: { query: 7 } }]),
      visit(gateway, [init, { ...ticks, payload: { ...ticks.payload, variables: 'none' } }]),
      visit(gateway, [{ ...init, payload: 'token' }]),
      visit(gateway, ['x'.repeat(1_100_000)]),
    ])
    expect(codes.map(({ code }) => code)).toEqual([4400, 4400, 4400, 4400, 4400, 4400, 4400, 1009])
  })

  it('answers a ping as it came, and takes a pong without a word', async () => {
    const { heard, code } = await converse(
      gateway,
      [init],
      [{ type: 'pong' }, { type: 'pong', payload: { b: 2 } }, { type: 'ping' }],
      2,
    )
    expect(heard).toEqual([{ type: 'connection_ack' }, { type: 'pong' }])
    expect(code).toBe(1005)
  })

  it('says nothing more of what the client completed, also of what has no name here, and takes the name again', async () => {
    const unknown = { id: 'never', type: 'complete' }
    const { heard } = await converse(
      gateway,
      [init],
      [quiet, { id: '1', type: 'complete' }, unknown, { ...quiet, payload: ticks.payload }],
      3,
    )
    expect(heard).toEqual([
      { type: 'connection_ack' },
      { id: '1', type: 'next', payload: { data: { ticks: 1 } } },
      { id: '1', type: 'complete' },
    ])
    await until(() => library.events.open === 0, 3_000)
  })

  it('ends what failed by `error`, a list, without `complete`, and takes its name again', async () => {
    const failing = { id: 'f', type: 'subscribe', payload: { query: 'subscription { refused { kind } }' } }
    const { heard } = await converse(gateway, [init], [failing], 2)
    expect(heard).toEqual([
      { type: 'connection_ack' },
      {
        id: 'f',
        type: 'error',
        payload: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'BOOK_LOCKED' }) })],
      },
    ])
  })

  it('carries an answer in parts, each as a result of its own', async () => {
    const query = '{ book(id: "1") { title ... @defer(label: "rest") { copies author { name } } } }'
    const { heard } = await converse(gateway, [init], [{ id: 'p', type: 'subscribe', payload: { query } }], 4)
    const title = 'A Dream of Red Mansions'
    expect(heard.slice(1)).toEqual([
      { id: 'p', type: 'next', payload: { data: { book: { title } }, hasNext: true } },
      {
        id: 'p',
        type: 'next',
        payload: {
          incremental: [
            { label: 'rest', path: ['book'], data: { copies: 10, author: { name: 'Cao Xueqin' } } },
          ],
          hasNext: false,
        },
      },
      { id: 'p', type: 'complete' },
    ])
  })

  it('refuses a second subscription under a name in use with 4409', async () => {
    expect((await converse(gateway, [init], [quiet, quiet], Infinity)).code).toBe(4409)
  })

  it('acknowledges, answers a ping, and carries results in order to their end', async () => {
    const { heard } = await converse(gateway, [init], [{ type: 'ping', payload: { a: 1 } }, ticks], 4)
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
      4,
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

  it('closes with 4403 for a bad token, and at the end of a good one, not before', async () => {
    expect((await visit(closed, [{ ...init, payload: { authorization: 'Bearer x.y.z' } }])).code).toBe(4403)
    const token = await issuer.token({}, 2)
    const ends = (
      JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as { exp: number }
    ).exp
    const { code } = await visit(closed, [{ ...init, payload: { authorization: `Bearer ${token}` } }])
    expect(code).toBe(4403)
    expect(Date.now()).toBeGreaterThan(ends * 1000 - 1_000)
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

/**
 * Says something, waits for the acknowledgement, says more, waits until `count` messages were heard in all or the
 * gateway closed, and a little longer for what should not come; then leaves.
 */
async function converse(at: Running, first: readonly unknown[], then: readonly unknown[], count: number) {
  const heard: unknown[] = []
  const socket = new WebSocket(`${at.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  let code = 0
  socket.on('close', (with_) => (code = with_))
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString('utf8'))))
  await new Promise((opened) => socket.once('open', opened))
  for (const message of first) socket.send(JSON.stringify(message))
  await until(() => heard.length > 0)
  for (const message of then) socket.send(JSON.stringify(message))
  await until(() => heard.length >= count || code !== 0)
  await pause(200)
  socket.close()
  await until(() => code !== 0)
  return { code, heard }
}
