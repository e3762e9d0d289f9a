import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ROOM, startFollowed, type Followed } from '../support/gateway-followed.ts'
import { until } from '../support/gateway-socket.ts'

let wire: Followed['wire']
let follow: Followed['follow']
let stop: Followed['stop']

beforeEach(async () => void ({ wire, follow, stop } = await startFollowed()))
afterEach(() => stop())

describe('a subgraph that does not keep to the protocol', () => {
  const NOT_SENSE: readonly (readonly [what: string, message: object | string | Buffer])[] = [
    ['null', 'null'],
    ['no JSON', '{"type":'],
    ['a list', '[1]'],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00])],
    ['a message of no type', {}],
    ['a message of another type', { type: 'next2', id: '1' }],
    ['an event under another name', { type: 'next', id: '2', payload: { data: { stirred: ROOM } } }],
    ['a second acknowledgement', { type: 'connection_ack' }],
    ['a ping', { type: 'ping', payload: { a: 1 } }],
  ]

  it('is not listened to where it makes no sense', async () => {
    const subscriber = follow('subscription { stirred { id } }')
    const upstream = await wire.opened(1)
    upstream.next({ stirred: { ...ROOM, id: 'first' } })
    await subscriber.take(1)
    for (const [what, message] of NOT_SENSE) if (what !== 'a second acknowledgement') upstream.say(message)
    upstream.next({ stirred: { ...ROOM, id: 'last' } })
    const results = await subscriber.take(2)
    expect(results.map(({ data }) => data)).toEqual([
      { stirred: { id: 'first' } },
      { stirred: { id: 'last' } },
    ])
    expect(subscriber.errors).toEqual([])
  })

  it.each([
    ['nothing', undefined],
    ['a text', 'text'],
    ['data that is a list', { data: [] }],
    ['null without a reason', { data: null }],
    ['errors that are none', { data: { stirred: ROOM }, errors: [null] }],
    ['another type than it is', { data: { must: 'text' } }],
  ])('costs its client that one event, and no more: %s', async (_what, payload) => {
    const subscriber = follow('subscription { must { id } }')
    const upstream = await wire.opened(1)
    upstream.next({ must: ROOM })
    await subscriber.take(1)
    upstream.say({ type: 'next', id: '1', payload })
    upstream.next({ must: ROOM })
    const [, second, third] = await subscriber.take(3)
    expect(second).toMatchObject({ data: null, errors: [{ extensions: {} }] })
    expect(third).toEqual({ data: { must: { id: '1' } } })
    expect(wire.upstreams).toHaveLength(1)
  })

  it.each([
    ['no list', 'text'],
    ['nothing', undefined],
    ['an empty list', []],
    ['a list of nothing', [null]],
  ])('is told of as INTERNAL when it refuses with a reason that is none: %s', async (_what, payload) => {
    const subscriber = follow('subscription { stirred { id } }')
    const upstream = await wire.opened(1)
    upstream.say({ type: 'error', id: '1', payload })
    await until(() => subscriber.errors.length > 0)
    expect(subscriber.errors).toMatchObject([{ extensions: { code: 'INTERNAL', service: 'feed' } }])
  })

  it('is not heard after it has completed', async () => {
    const subscriber = follow('subscription { stirred { id } }')
    const upstream = await wire.opened(1)
    upstream.next({ stirred: ROOM })
    upstream.say({ type: 'complete', id: '1' })
    upstream.next({ stirred: ROOM })
    await until(() => subscriber.completed)
    expect(subscriber.results).toHaveLength(1)
    await until(() => !upstream.isOpen)
  })

  it('gives an event its own null and error when another subgraph fails for it, and the next is whole', async () => {
    const subscriber = follow('subscription { stirred { id dust } }')
    const upstream = await wire.opened(1)
    upstream.next({ stirred: ROOM })
    await until(() => wire.asked.length === 1)
    wire.asked[0]?.answer({ errors: [{ message: 'the password is swordfish' }] })
    upstream.next({ stirred: ROOM })
    await until(() => wire.asked.length === 2)
    wire.asked[1]?.answer({ data: { _entities: [{ __typename: 'Room', dust: 'fine' }] } })
    const [first, second] = await subscriber.take(2)
    expect(first).toMatchObject({
      data: { stirred: { id: '1', dust: null } },
      errors: [{ path: ['stirred'], extensions: { code: 'INTERNAL', service: 'attic' } }],
    })
    expect(second).toEqual({ data: { stirred: { id: '1', dust: 'fine' } } })
  })
})
