import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { copyFileSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Running } from '@hub/kit/run.ts'
import { ask, openGateway } from '../support/gateway-client.ts'
import { composeLibrary, startLibrary, type Library } from '../support/gateway-library.ts'
import { subscribe, until, type Subscriber } from '../support/gateway-socket.ts'

let library: Library
let gateway: Running
const subscribers: Subscriber[] = []

beforeAll(async () => {
  library = await startLibrary()
  gateway = await openGateway(library)
})

afterEach(async () => {
  for (const subscriber of subscribers.splice(0)) subscriber.leave()
  await until(() => library.events.open === 0, 3_000)
})

afterAll(async () => {
  await gateway.stop()
  await library.stop()
})

/** Subscribes and waits until the subgraph has the subscription too. */
async function follow(query: string, variables?: Record<string, unknown>): Promise<Subscriber> {
  const before = library.events.open
  const subscriber = subscribe(gateway, query, variables ? { variables } : {})
  subscribers.push(subscriber)
  await until(() => library.events.open > before || subscriber.errors.length > 0 || subscriber.completed)
  return subscriber
}

describe('a subscription', () => {
  it('completes each event with what three subgraphs know', async () => {
    const subscriber = await follow(
      'subscription { bookEvents { kind book { title copies author { name } } } }',
    )
    library.events.add('1')
    expect(await subscriber.take(1)).toEqual([
      {
        data: {
          bookEvents: {
            kind: 'CHANGED',
            book: { title: 'A Dream of Red Mansions', copies: 10, author: { name: 'Cao Xueqin' } },
          },
        },
      },
    ])
  })

  it('begins after the cursor that the client gives, as a literal or a variable', async () => {
    const { cursor: last = '' } = library.events.log.at(-1) ?? {}
    library.events.add('2', 3)
    const literal = await follow(`subscription { bookEvents(after: "${last}") { cursor } }`)
    const variable = await follow(
      'subscription ($from: String) { e: bookEvents(after: $from) { c: cursor } }',
      {
        from: last,
      },
    )
    const cursors = library.events.log.slice(-3).map(({ cursor }) => cursor)
    expect(await literal.take(3)).toEqual(cursors.map((cursor) => ({ data: { bookEvents: { cursor } } })))
    expect(await variable.take(3)).toEqual(cursors.map((c) => ({ data: { e: { c } } })))
  })

  it('may bear a name that means two things below it, and go on after a variable of any name', async () => {
    const { cursor: last = '' } = library.events.log.at(-1) ?? {}
    library.events.add('1')
    const related = 'related { ... on Book { a: label } ... on Magazine { a: title } }'
    const query = `subscription ($hubAfter_: String) { a: bookEvents(after: $hubAfter_) { book { ${related} } } }`
    const [told] = await (await follow(query, { hubAfter_: last })).take(1)
    const both = [{ a: '2: Fortress Besieged' }, { a: 'Reading' }]
    expect(told?.data).toEqual({ a: { book: { related: both } } })
  })

  it('ends when the subgraph ends it', async () => {
    const subscriber = await follow('subscription { ticks(count: 3) }')
    await until(() => subscriber.completed)
    expect(subscriber.results).toEqual([1, 2, 3].map((ticks) => ({ data: { ticks } })))
  })

  it('is refused with the code and sentence of the subgraph', async () => {
    const subscriber = await follow('subscription { refused { kind } }')
    await until(() => subscriber.errors.length > 0)
    expect(subscriber.errors).toEqual([
      {
        message: '图书 3 已锁定。',
        path: ['refused'],
        extensions: { code: 'BOOK_LOCKED', service: 'books' },
      },
    ])
  })

  it('goes on past an event whose field is refused, with null and the error', async () => {
    const subscriber = await follow('subscription { bookEvents { kind broken } }')
    library.events.add('3')
    library.events.add('1')
    expect(await subscriber.take(2)).toEqual([
      {
        data: { bookEvents: { kind: 'CHANGED', broken: null } },
        errors: [
          {
            message: '图书 3 已锁定。',
            path: ['bookEvents', 'broken'],
            extensions: { code: 'BOOK_LOCKED', service: 'books' },
          },
        ],
      },
      { data: { bookEvents: { kind: 'CHANGED', broken: 'whole' } } },
    ])
  })

  it('goes on past an event that cannot be made at all: null, a masked error, and the next', async () => {
    const subscriber = await follow('subscription { bookEvents { kind whole } }')
    library.events.add('1')
    library.events.add('3')
    library.events.add('2')
    const results = await subscriber.take(3)
    expect(results.map(({ data }) => data?.['bookEvents'] ?? null)).toEqual([
      { kind: 'CHANGED', whole: 'whole' },
      null,
      { kind: 'CHANGED', whole: 'whole' },
    ])
    expect(results[1]?.errors?.[0]?.extensions).toMatchObject({ code: 'INTERNAL' })
    expect(JSON.stringify(results)).not.toContain('swordfish')
  })

  it('lets the subgraph go when the line to the client is cut', async () => {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    await once(socket, 'open')
    const payload = { query: 'subscription { bookEvents { kind } }' }
    socket.send('{"type":"connection_init"}')
    await once(socket, 'message')
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }))
    await until(() => library.events.open === 1)
    socket.terminate()
    await until(() => library.events.open === 0, 3_000)
    expect(library.events.open).toBe(0)
  })

  it('lets the subgraph go when the client leaves while nothing happens', async () => {
    const subscriber = await follow('subscription { bookEvents { kind } }')
    expect(library.events.open).toBe(1)
    subscriber.leave()
    await until(() => library.events.open === 0, 3_000)
    expect(subscriber.errors).toEqual([])
  })
})

describe('a subgraph that restarts under a subscription', () => {
  it('is subscribed to again after the last cursor: nothing lost, nothing twice, no error', async () => {
    const subscriber = await follow('subscription { bookEvents { book { title copies } } }')
    library.events.add('1')
    await subscriber.take(1)
    await library.stopRoom('books')
    library.events.add('2', 2)
    await pause(300)
    await library.startRoom('books')
    library.events.add('3')
    const results = await subscriber.take(4)
    const titles = ['A Dream of Red Mansions', 'Fortress Besieged', 'Fortress Besieged', 'Teahouse']
    expect(results).toMatchObject(titles.map((title) => ({ data: { bookEvents: { book: { title } } } })))
    expect(results.every(({ errors, extensions }) => errors === undefined && extensions === undefined)).toBe(
      true,
    )
    expect(subscriber.errors).toEqual([])
  })

  it('stays away for seconds under a subscriber that came with a cursor and was quiet: no error, nothing lost', async () => {
    const { cursor: last = '' } = library.events.log.at(-1) ?? {}
    const subscriber = await follow(`subscription { bookEvents(after: "${last}") { book { title } } }`)
    await pause(700)
    await library.stopRoom('books')
    library.events.add('2')
    await pause(3_500)
    await library.startRoom('books')
    expect(await subscriber.take(1)).toEqual([
      { data: { bookEvents: { book: { title: 'Fortress Besieged' } } } },
    ])
    expect(subscriber.errors).toEqual([])
  })

  it('is told of the gap by name when the stream offers no cursor', async () => {
    const subscriber = await follow('subscription { gossip { book { copies } } }')
    library.events.add('1')
    expect(await subscriber.take(1)).toEqual([{ data: { gossip: { book: { copies: 10 } } } }])
    await library.stopRoom('books')
    await library.startRoom('books')
    await until(() => library.events.open > 0)
    library.events.add('1')
    const [, second] = await subscriber.take(2)
    expect(second).toMatchObject({ extensions: { interrupted: { code: 'SUBSCRIPTION_INTERRUPTED' } } })
  })

  it('is an error with its name when it was never there', async () => {
    await library.stopRoom('books')
    const startedAt = Date.now()
    const subscriber = await follow('subscription { bookEvents { kind } }')
    expect(subscriber.errors).toMatchObject([
      { extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'books' } },
    ])
    expect(Date.now() - startedAt).toBeLessThan(3_000)
    await library.startRoom('books')
  })
})

describe('a supergraph that is loaded again', () => {
  it('again and again drops none of many subscriptions, and fails none of their events', async () => {
    const file = `${library.supergraphFile}.changing`
    copyFileSync(library.supergraphFile, file)
    // Planned anew for each of many at once, events may take long on a machine with other work.
    const other = await openGateway(library, { supergraph: file, answerWithinMs: 30_000 })
    const many = Array.from({ length: 40 }, (_, at) =>
      subscribe(other, `subscription { bookEvents { book { copies } kind a${at}: kind } }`),
    )
    await until(() => library.events.open === many.length)
    const added: number[] = []
    for (let round = 1; round <= 3; round++) {
      library.events.add('1')
      writeFileSync(file, composeLibrary(library.url, `extend type Query { added${round}: String }`))
      await untilKnown(other, `{ added${round} }`)
      library.events.add('2')
      added.push(10, 20)
    }
    for (const one of many) {
      const results = await one.take(added.length)
      expect(results.map(({ data }) => data?.['bookEvents'])).toMatchObject(
        added.map((copies) => ({ book: { copies } })),
      )
      expect([one.errors, one.completed]).toEqual([[], false])
      one.leave()
    }
    await other.stop()
  })
})

/** Waits until the gateway serves a supergraph that this document fits. */
async function untilKnown(other: Running, query: string): Promise<void> {
  for (let tries = 0; (await ask(other, query)).status === 400; tries++) {
    if (tries > 200) throw new Error('the supergraph was not loaded')
    await pause(40)
  }
}
