import { afterAll, describe, expect, it } from 'vitest'
import { openDoors } from '../support/gateway-doors.ts'
import { until } from '../support/gateway-socket.ts'

const doors = await openDoors({ origins: ['https://portal.example'] })
const { library, issuer, gateway, closed } = doors

afterAll(() => doors.stop())

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
    const parts = await open({ query: '{ book(id: "1") { title ... @defer { copies } } }' })
    expect(await parts.take(3)).toMatchObject([
      { data: { data: { book: { title: 'A Dream of Red Mansions' } }, hasNext: true } },
      { data: { incremental: [{ path: ['book'], data: { copies: 10 } }], hasNext: false } },
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
