import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Running } from '@hub/kit/run.ts'
import { defaultLimits } from '@hub/gateway/operation/limit-settings.ts'
import type { GatewaySettings } from '@hub/gateway/settings.ts'
import { openGateway, openIssuer, tokensOf, type Issuer } from '../support/gateway-client.ts'
import type { Subgraphs } from '../support/gateway-subgraphs.ts'
import { startVault } from '../support/gateway-vault.ts'

// An operation that was carried out before is answered past Apollo Server. Each request here is sent to a gateway that has
// carried out everything there is, and to one that leaves all to Apollo Server: nothing may tell them apart.

const CODE = '{ boxes { code worth } }'
const SIZED = 'query Sized($take: Int) { sized(take: $take) { id } }'
const TWO = 'query A { boxes { id } } query B { boxes { label } }'

let vault: Subgraphs
let issuer: Issuer
let known: Running
let apollo: Running
let all: string

beforeAll(async () => {
  vault = await startVault()
  issuer = await openIssuer()
  const limits = { ...defaultLimits, rate: { perSecond: 0.001, atOnce: 200 } }
  const settings: Partial<GatewaySettings> = { ...tokensOf(issuer), limits, introspection: false }
  known = await openGateway(vault, settings)
  apollo = await openGateway(vault, { ...settings, compile: false })
  all = await issuer.token({ sub: 'all', scope: 'keys night' })
  const bodies = [
    { query: CODE },
    { query: SIZED },
    { query: TWO, operationName: 'A' },
    { query: 'mutation { open { id } }' },
  ]
  for (const body of bodies) await send(known, { body, token: all })
})

afterAll(async () => {
  await known.stop()
  await apollo.stop()
  await vault.stop()
})

interface Sent {
  readonly body: object
  readonly token?: string
  readonly headers?: Record<string, string>
}

async function send(gateway: Running, { body, token, headers }: Sent) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-request-id': 'same',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify(body),
  })
  const told = [...response.headers].filter(([name]) => name !== 'date')
  return { status: response.status, headers: Object.fromEntries(told), text: await response.text() }
}

/** What is sent, by whom, and what status must come. */
const CASES: readonly (readonly [what: string, sent: Omit<Sent, 'token'>, claims: object | null, number])[] =
  [
    ['who may', { body: { query: CODE } }, { scope: 'keys night' }, 200],
    ['in English', { body: { query: CODE }, headers: { 'accept-language': 'en' } }, {}, 403],
    ['who may not', { body: { query: CODE } }, {}, 403],
    ['who has a half', { body: { query: CODE } }, { scope: 'keys' }, 403],
    ['nobody', { body: { query: CODE } }, null, 401],
    ['a list that is long', { body: { query: SIZED, variables: { take: 1_001 } } }, {}, 400],
    ['a list that is costly', { body: { query: SIZED, variables: { take: 90 } } }, {}, 200],
    ['variables of a wrong type', { body: { query: SIZED, variables: { take: 'many' } } }, {}, 400],
    ['variables that are text', { body: { query: SIZED, variables: '{}' } }, {}, 400],
    ['variables that are a list', { body: { query: SIZED, variables: [] } }, {}, 400],
    ['variables that are null', { body: { query: SIZED, variables: null } }, {}, 200],
    ['one of two by its name', { body: { query: TWO, operationName: 'A' } }, {}, 200],
    ['one of two by the other name', { body: { query: TWO, operationName: 'B' } }, {}, 200],
    ['one of two without a name', { body: { query: TWO } }, {}, 400],
    ['a name that is a number', { body: { query: TWO, operationName: 1 } }, {}, 400],
    ['a name that is null', { body: { query: CODE, operationName: null } }, { scope: 'master' }, 200],
    ['extensions that are text', { body: { query: SIZED, extensions: '{}' } }, {}, 400],
    ['extensions of its own', { body: { query: SIZED, extensions: { a: 1 } } }, {}, 200],
    ['more than one body', { body: [{ query: SIZED }] }, {}, 400],
    ['an answer of the newer type', { body: { query: SIZED }, headers: { accept: NEWER() } }, {}, 200],
    ['an answer of a type there is not', { body: { query: SIZED }, headers: { accept: 'a/b' } }, {}, 406],
    ['a body that is no JSON', { body: { query: CODE }, headers: { 'content-type': 'text/plain' } }, {}, 415],
    ['a mutation', { body: { query: 'mutation { open { id } }' } }, {}, 200],
  ]

function NEWER(): string {
  return 'application/graphql-response+json, application/json;q=0.9'
}

describe('an operation that is known', () => {
  it.each(CASES)('is answered like one that is not: %s', async (what, sent, claims, status) => {
    const token = claims === null ? {} : { token: await issuer.token({ sub: what, ...claims }) }
    for (const _time of ['first', 'again']) {
      const [ours, theirs] = [
        await send(known, { ...sent, ...token }),
        await send(apollo, { ...sent, ...token }),
      ]
      expect(ours).toEqual(theirs)
      expect(ours.status).toBe(status)
    }
  })

  it('counts against the rate of its caller', async () => {
    const token = await issuer.token({ sub: 'often' })
    const body = { query: SIZED, variables: { take: 90 } }
    const asked = async (gateway: Running) => {
      const answers = []
      for (let at = 0; at < 4; at++) answers.push(await send(gateway, { body, token }))
      return answers
    }
    const ours = await asked(known)
    expect(ours).toEqual(await asked(apollo))
    expect(ours.at(-1)?.status).toBe(429)
    expect(Number(ours.at(-1)?.headers['retry-after'])).toBeGreaterThan(1)
  })
})
