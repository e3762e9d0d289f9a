import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { openDoors } from '../support/gateway-doors.ts'
import { until } from '../support/gateway-socket.ts'

const doors = await openDoors()
const { library, issuer, gateway, closed } = doors

afterAll(() => doors.stop())

const accept = 'multipart/mixed;boundary="graphql";subscriptionSpec="1.0", application/json'
const events = 'subscription ($after: String) { bookEvents(after: $after) { cursor book { title copies } } }'

/** A subscription as an answer of many parts. `heard` are its bodies without heartbeats. */
async function follow(query: string, variables: Record<string, unknown> = {}, token?: string) {
  const left = new AbortController()
  const at = token === undefined ? gateway : closed
  const response = await fetch(`${at.url}/graphql`, {
    method: 'POST',
    headers: {
      accept,
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
    signal: left.signal,
  })
  const stream = { response, heard: [] as unknown[], beats: 0, end: '', leave: () => left.abort() }
  const collect = async (): Promise<void> => {
    let text = ''
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString('utf8')
      const parts = text.split('\r\n--graphql')
      text = parts.pop() ?? ''
      for (const part of parts.filter((known) => known !== '')) {
        const json = part.slice(part.indexOf('\r\n\r\n') + 4)
        if (json === '{}') stream.beats += 1
        else stream.heard.push(JSON.parse(json))
      }
      stream.end = text
    }
  }
  void collect().catch(() => {})
  return stream
}

describe('a subscription over multipart', () => {
  it('has each event in an envelope, and goes on after a cursor', async () => {
    const first = await follow(events)
    expect(first.response.headers.get('content-type')).toBe(
      'multipart/mixed; boundary="graphql"; subscriptionSpec="1.0"',
    )
    await until(() => library.events.open === 1)
    library.events.add('1')
    await until(() => first.heard.length === 1)
    const [cursor] = library.events.log.slice(-1).map((event) => event.cursor)
    expect(first.heard).toEqual([
      {
        payload: {
          data: { bookEvents: { cursor, book: { title: 'A Dream of Red Mansions', copies: 10 } } },
        },
      },
    ])
    first.leave()
    await until(() => library.events.open === 0, 3_000)
    library.events.add('2', 2)
    const second = await follow(events, { after: cursor })
    await until(() => second.heard.length === 2)
    second.leave()
    await until(() => library.events.open === 0, 3_000)
  })

  it('ends with the last boundary, also after a refusal, which stands beside a payload of null', async () => {
    const ended = await follow('subscription { ticks(count: 2) }')
    await until(() => ended.end === '--\r\n')
    expect(ended.heard).toEqual([{ payload: { data: { ticks: 1 } } }, { payload: { data: { ticks: 2 } } }])
    const refused = await follow('subscription { refused { kind } }')
    await until(() => refused.end === '--\r\n')
    expect(refused.heard).toMatchObject([
      { payload: null, errors: [{ extensions: { code: 'BOOK_LOCKED' } }] },
    ])
  })

  it('says that it stands while nothing happens, and ends when the token ends, with the reason', async () => {
    const stream = await follow(events, {}, await issuer.token({}, 9))
    await until(() => stream.end === '--\r\n', 20_000)
    expect(stream.beats).toBe(1)
    expect(stream.heard).toMatchObject([
      { payload: null, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    ])
    await until(() => library.events.open === 0, 3_000)
  })

  it('is 401 without a token, and 400 where the document does not fit', async () => {
    expect((await follow(events, {}, 'x.y.z')).response.status).toBe(401)
    expect((await follow('subscription { nothing }')).response.status).toBe(400)
    const query = await follow('{ shelves }')
    expect([query.response.status, query.response.headers.get('content-type')]).toEqual([
      200,
      'application/json; charset=utf-8',
    ])
  })

  it('stops reading from the subgraph when the client stops reading', async () => {
    const long = Array.from({ length: 80 }, (_, at) => `k${at}: kind`).join(' ')
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { accept, 'content-type': 'application/json' },
      body: JSON.stringify({ query: `subscription { bookEvents(after: "c0") { ${long} } }` }),
    })
    const before = library.events.pulled
    library.events.add('1', 60_000)
    let seen = -1
    await until(() => {
      const still = library.events.pulled === seen
      seen = library.events.pulled
      return still && seen > before
    }, 20_000)
    await pause(500)
    expect(library.events.pulled - before).toBeLessThan(20_000)
    await response.body?.cancel()
    await until(() => library.events.open === 0, 3_000)
  })
})
