import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { openDoors } from '../support/gateway-doors.ts'
import { openGateway } from '../support/gateway-client.ts'
import { until, untilMeasured } from '../support/gateway-socket.ts'

const doors = await openDoors()
const { library, issuer, gateway, closed } = doors

afterEach(() => until(() => library.events.open === 0))
afterAll(() => doors.stop())

const QUERY = 'subscription ($after: String) { bookEvents(after: $after) { book { title copies } } }'

interface Polling {
  readonly query?: string
  readonly after?: string | undefined
  readonly wait?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** Asks for the next event. */
async function poll({ query = QUERY, after, wait = 'wait=30', headers, signal }: Polling, at = gateway) {
  const response = await fetch(`${at.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: wait, ...headers },
    body: JSON.stringify({ query, variables: { after } }),
    ...(signal && { signal }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
}

describe('a long poll', () => {
  it('waits for the next event and answers it, completed, with its cursor', async () => {
    const answer = poll({})
    await until(() => library.events.open === 1)
    library.events.add('1')
    const { status, headers, body } = await answer
    expect([status, headers.get('preference-applied')]).toEqual([200, 'wait=30'])
    expect(body).toEqual({
      data: { bookEvents: { book: { title: 'A Dream of Red Mansions', copies: 10 } } },
      extensions: { cursor: library.events.log.at(-1)?.cursor },
    })
  })

  it('goes on from its cursor, nothing lost between and nothing twice, by `after` or by last-event-id', async () => {
    library.events.add('1')
    let cursor = library.events.log.at(-1)?.cursor
    const before = library.events.log.length
    library.events.add('2', 5)
    const seen: string[] = []
    for (let at = 0; at < 5; at++) {
      const asked = at % 2 === 0 ? { after: cursor } : { headers: { 'last-event-id': cursor ?? '' } }
      const { body } = await poll(asked)
      cursor = body.extensions.cursor
      seen.push(cursor ?? '')
    }
    expect(seen).toEqual(library.events.log.slice(before).map((event) => event.cursor))
  })

  it('is 204 when nothing comes in its time, and never longer than what stands between endures', async () => {
    const { status, body, headers } = await poll({ wait: 'respond-async, wait=1' })
    expect([status, body, headers.get('preference-applied')]).toEqual([204, null, 'wait=1'])
    await until(() => library.events.open === 0)
    const longest = poll({ wait: 'wait=99999' })
    await until(() => library.events.open === 1)
    library.events.add('1')
    expect((await longest).headers.get('preference-applied')).toBe('wait=55')
  })

  it('lets the subgraph go when its client leaves', async () => {
    const left = new AbortController()
    const answer = poll({ signal: left.signal }).catch(() => 'left')
    await until(() => library.events.open === 1)
    left.abort()
    expect(await answer).toBe('left')
    await until(() => library.events.open === 0)
    await untilMeasured(gateway, 'hub_gateway_subscriptions_open', 0)
  })

  it('is refused like any subscription: by the subgraph, for its document, without a token, and when the token ends', async () => {
    const refused = await poll({ query: 'subscription { refused { kind } }' })
    expect(refused).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'BOOK_LOCKED' } }] },
    })
    const invalid = await poll({ query: 'subscription { nothing }' })
    expect(invalid.body).toMatchObject({ errors: [{ extensions: { code: 'DOCUMENT_INVALID' } }] })
    expect((await poll({}, closed)).status).toBe(401)
    const authorization = `Bearer ${await issuer.token({}, 2)}`
    const { status, body } = await poll({ headers: { authorization } }, closed)
    expect([status, body.errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED'])
  })

  it('is answered when the gateway stops: the client comes back to another', async () => {
    const stopping = await openGateway(library)
    const answer = poll({}, stopping)
    await until(() => library.events.open === 1)
    await stopping.stop()
    expect((await answer).status).toBe(204)
  })

  it('is nothing to a query, which is answered at once', async () => {
    const { status, body } = await poll({ query: '{ shelves }' })
    expect([status, body]).toEqual([200, { data: { shelves: ['north', 'south'] } }])
  })
})
