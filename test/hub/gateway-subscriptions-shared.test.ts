import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Running } from '@hub/kit/run.ts'
import { Delivery } from '@hub/gateway/subscription/delivery.ts'
import { LONGEST_LAG, SharedUpstream, type Member } from '@hub/gateway/subscription/shared-upstream.ts'
import type { UpstreamEvent } from '@hub/gateway/subscription/follow-upstream.ts'
import { openGateway } from '../support/gateway-client.ts'
import { openInside } from '../support/gateway-inside.ts'
import { startLibrary, type Library } from '../support/gateway-library.ts'
import { subscribe, until, type Subscriber } from '../support/gateway-socket.ts'

let library: Library
let gateway: Running
const subscribers: Subscriber[] = []
const EVENTS = 'subscription { bookEvents { cursor book { title copies } } }'

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

function follow(query: string): Subscriber {
  const subscriber = subscribe(gateway, query)
  subscribers.push(subscriber)
  return subscriber
}

describe('identical subscriptions of one caller', () => {
  it('have one upstream among fifty, and every one gets every event', async () => {
    const fifty = Array.from({ length: 50 }, () => follow(EVENTS))
    await until(() => fifty.every(({ heard }) => heard) && library.events.open > 0)
    expect(library.events.open).toBe(1)
    const before = library.events.pulled
    library.events.add('1')
    library.events.add('2', 3)
    const results = await Promise.all(fifty.map((one) => one.take(4)))
    expect(new Set(results.map((told) => JSON.stringify(told))).size).toBe(1)
    expect(results[0]).toHaveLength(4)
    expect(library.events.pulled - before).toBe(4)
  })

  it('keep the upstream until the last of them leaves', async () => {
    const [one, two] = [follow(EVENTS), follow(EVENTS)]
    await until(() => one.heard && two.heard && library.events.open > 0)
    library.events.add('1')
    await Promise.all([one.take(1), two.take(1)])
    one.leave()
    library.events.add('2')
    expect(await two.take(2)).toHaveLength(2)
    expect(library.events.open).toBe(1)
    two.leave()
    await until(() => library.events.open === 0, 3_000)
  })

  it('are others with another operation or a cursor of their own', async () => {
    const { cursor = 'c0' } = library.events.log.at(-1) ?? {}
    follow(EVENTS)
    follow('subscription { bookEvents { kind } }')
    const late = follow(`subscription { bookEvents(after: "${cursor}") { kind } }`)
    await until(() => library.events.open === 3)
    library.events.add('1')
    expect(await late.take(1)).toEqual([{ data: { bookEvents: { kind: 'CHANGED' } } }])
  })

  it('of a stream that has begun and offers no cursor are not shared: its beginning may be gone', async () => {
    const first = follow('subscription { ticks(count: 3) }')
    await until(() => first.completed)
    const second = follow('subscription { ticks(count: 3) }')
    await until(() => second.completed)
    expect(second.results).toEqual(first.results)
  })
})

describe('a subscriber that does not keep up', () => {
  async function* many(): AsyncGenerator<UpstreamEvent> {
    const answered = { interrupted: false, answer: () => Promise.resolve({ data: null }) }
    for (let at = 0; ; at++) yield { payload: {}, cursor: `c${at}`, ...answered }
  }

  const answer = ({ cursor }: UpstreamEvent) => Promise.resolve(new Delivery({ data: null }, cursor))

  async function next(member: Member): Promise<Delivery | string> {
    for (;;) {
      const step = member.take()
      if (step !== undefined) return step
      await new Promise<void>((ready) => member.whenReady(ready))
    }
  }

  it('finds the last events, and is told when it fell further behind', async () => {
    const share = new SharedUpstream(many(), answer, () => {})
    const [slow, fast] = [share.join(), share.join()]
    for (let at = 0; at < LONGEST_LAG - 1; at++) await next(fast)
    expect(await next(slow)).toMatchObject({ cursor: 'c0' })
    for (let at = 0; at < LONGEST_LAG * 2; at++) await next(fast)
    expect(await next(slow)).toBe('behind')
    fast.leave()
    slow.leave()
  })

  /** A fast subscriber beside one that pauses before these events: whether the slow one fell behind. */
  async function isLeftBehind(pausesBefore: (at: number) => boolean): Promise<boolean> {
    const share = new SharedUpstream(many(), answer, () => {})
    const [slow, fast] = [share.join(), share.join()]
    let behind = false
    const reading = (async () => {
      for (let at = 0; at < 600 && !behind; at++) {
        if (pausesBefore(at)) await pause(10)
        behind = (await next(slow)) === 'behind'
      }
    })()
    for (let at = 0; at < 600; at++) await next(fast)
    await reading
    fast.leave()
    slow.leave()
    return behind
  }

  it('is waited for when it is slower for a moment', async () => {
    expect(await isLeftBehind((at) => at === 100)).toBe(false)
  })

  it('is not waited for again and again', async () => {
    expect(await isLeftBehind((at) => at % 10 === 0)).toBe(true)
  })

  it('pulls nothing before it is asked, and a few events more than are taken', async () => {
    let pulled = 0
    async function* counted(): AsyncGenerator<UpstreamEvent> {
      for await (const event of many()) {
        pulled += 1
        yield event
      }
    }
    const share = new SharedUpstream(counted(), answer, () => {})
    const member = share.join()
    await pause(20)
    expect(pulled).toBe(0)
    await next(member)
    await pause(20)
    expect(pulled).toBeGreaterThan(0)
    expect(pulled).toBeLessThanOrEqual(9)
    member.leave()
  })

  it('goes on alone from its cursor: nothing lost, nothing twice, and the fast one is not held up', async () => {
    const inside = await openInside(library.supergraphFile, EVENTS)
    const [slow, fast] = [inside.subscribe(), inside.subscribe()]
    const firsts = [slow.next(), fast.next()]
    await until(() => library.events.open === 1)
    const before = library.events.log.length
    library.events.add('1', LONGEST_LAG * 2)
    const cursors = library.events.log.slice(before).map(({ cursor }) => cursor)
    await Promise.all(firsts)
    for (const cursor of cursors.slice(1)) expect((await fast.next()).value?.cursor).toBe(cursor)
    expect(library.events.open).toBe(1)
    let most = 0
    for (const cursor of cursors.slice(1)) {
      expect((await slow.next()).value?.cursor).toBe(cursor)
      most = Math.max(most, library.events.open)
    }
    expect(most).toBe(2)
    // It has caught up, and takes part again.
    await until(() => library.events.open === 1)
    await Promise.all([slow.return(), fast.return()])
    await inside.stop()
  }, 20_000)
})

describe('a subscriber of a stream without cursors that does not keep up', () => {
  it('is told CONSUMER_TOO_SLOW, and the fast one gets everything', async () => {
    const inside = await openInside(library.supergraphFile, 'subscription { ticks(count: 300) }')
    const [slow, fast] = [inside.subscribe(), inside.subscribe()]
    await slow.next()
    let ticks = 0
    for await (const { text } of fast) expect(text).toBe(`{"data":{"ticks":${++ticks}}}`)
    expect(ticks).toBe(300)
    const told = await slow.next().catch((error: unknown) => error)
    expect(told).toMatchObject({ errors: [{ extensions: { code: 'CONSUMER_TOO_SLOW', cursor: null } }] })
    expect(await slow.next()).toEqual({ done: true, value: undefined })
    await inside.stop()
  })
})

describe('subscribers who come back with a cursor', () => {
  it('have one upstream again as soon as they have caught up', async () => {
    const inside = await openInside(
      library.supergraphFile,
      'subscription ($from: String) { bookEvents(after: $from) { cursor } }',
    )
    const { length: from } = library.events.log
    library.events.add('1', 5)
    const many = [5, 3, 0, 0].map((more) => inside.subscribe({ from: `c${from + more}` }))
    const firsts = many.map((one) => one.next())
    await until(() => library.events.open === many.length)
    library.events.add('2')
    const last = `c${library.events.log.length}`
    for (const [at, one] of many.entries())
      for (let step = await firsts[at]; step?.value?.cursor !== last; step = await one.next())
        expect(step?.done).toBe(false)
    await until(() => library.events.open === 1)
    library.events.add('3')
    for (const one of many) expect((await one.next()).value?.cursor).toBe(`c${library.events.log.length}`)
    await Promise.all(many.map((one) => one.return()))
    await inside.stop()
  })
})
