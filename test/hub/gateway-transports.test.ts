import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Running } from '@hub/kit/run.ts'
import { idOf } from '@hub/gateway/operation/documents.ts'
import { defaultLimits } from '@hub/gateway/operation/limit-settings.ts'
import { openGateway, openIssuer, tokensOf, type Issuer } from '../support/gateway-client.ts'
import type { Subgraphs } from '../support/gateway-subgraphs.ts'
import { TRANSPORTS } from '../support/gateway-transports.ts'
import { startVault } from '../support/gateway-vault.ts'

// An operation has one answer, whatever it comes over and whether it was carried out before or not.

const CODE = '{ boxes { code worth } }'
const SIZED = 'query Sized($take: Int) { sized(take: $take) { id } }'
const TWO = 'query A { boxes { id } } query B { boxes { label } }'

let vault: Subgraphs
let issuer: Issuer
let gateway: Running

beforeAll(async () => {
  vault = await startVault()
  issuer = await openIssuer()
  const limits = { ...defaultLimits, depth: 6, rate: { perSecond: 0.001, atOnce: 200 } }
  gateway = await openGateway(vault, {
    ...tokensOf(issuer),
    limits,
    introspection: false,
    documents: { mode: 'off', onlyFor: [], register: true },
  })
})

afterAll(async () => {
  await gateway.stop()
  await vault.stop()
})

const CASES: readonly (readonly [what: string, body: object, claims: object, code: string | null])[] = [
  ['who may', { query: CODE }, { scope: 'keys night' }, null],
  ['who may not', { query: CODE }, {}, 'FORBIDDEN'],
  ['what is guarded in one place', { query: '{ holders { id label } }' }, {}, 'FORBIDDEN'],
  ['a list that is long', { query: SIZED, variables: { take: 1_001 } }, {}, 'OPERATION_TOO_COSTLY'],
  ['a list of its length', { query: SIZED, variables: { take: 9 } }, {}, null],
  ['variables of a wrong type', { query: SIZED, variables: { take: 'many' } }, {}, 'VARIABLE_INVALID'],
  ['variables that are null', { query: SIZED, variables: null }, {}, null],
  ['one of two by its name', { query: TWO, operationName: 'A' }, {}, null],
  ['one of two by the other name', { query: TWO, operationName: 'B' }, {}, null],
  ['one of two without a name', { query: TWO }, {}, 'OPERATION_UNKNOWN'],
  [
    'a condition on what is subscribed to',
    { query: 'subscription ($no: Boolean!) { opened @skip(if: $no) }', variables: { no: true } },
    {},
    'DOCUMENT_INVALID',
  ],
  ['a field there is not', { query: '{ boxes { no } }' }, {}, 'DOCUMENT_INVALID'],
  ['many fields there are not', { query: `{ ${'x y z '.repeat(9)} }` }, {}, 'DOCUMENT_INVALID'],
  ['no document', { query: '{ boxes {' }, {}, 'DOCUMENT_MALFORMED'],
  ['the schema', { query: '{ __schema { types { name } } }' }, {}, 'DOCUMENT_INVALID'],
  ['a document too deep', { query: deep(8) }, {}, 'OPERATION_TOO_DEEP'],
  [
    'an id that is unknown',
    { query: '', extensions: { persistedQuery: { version: 1, sha256Hash: idOf('{ none }') } } },
    {},
    'PERSISTED_QUERY_NOT_FOUND',
  ],
  ['a mutation', { query: 'mutation { open { id } }' }, {}, null],
  ['a part that comes at once', { query: '{ boxes { id ... @defer(if: false) { label } } }' }, {}, null],
]

function deep(levels: number): string {
  return `{ boxes { ${'boxes { '.repeat(levels)} id ${'} '.repeat(levels)} } }`
}

/** The answer over each transport, first of an operation that may be new, then of one that is known. */
async function answers(body: object, claims: object, locale: 'en' | 'zh-CN' = 'zh-CN'): Promise<string[]> {
  const told: string[] = []
  for (const time of ['first', 'again']) {
    for (const [name, over] of Object.entries(TRANSPORTS)) {
      const token = await issuer.token({
        sub: `${JSON.stringify([body, locale])} ${name} ${time}`,
        ...claims,
      })
      told.push(await over(gateway, { body, token, locale }))
    }
  }
  return told
}

describe('an operation', () => {
  it.each(CASES)('is answered alike over every transport: %s', async (_what, body, claims, code) => {
    const [first = '', ...others] = await answers(body, claims)
    expect(others).toEqual(others.map(() => first))
    const { errors = [] } = JSON.parse(first) as { errors?: { extensions: { code: string } }[] }
    expect(errors[0]?.extensions.code ?? null).toBe(code)
  })

  it('is refused in the language of whoever asks', async () => {
    const [chinese] = await answers({ query: CODE }, {})
    const [english, ...others] = await answers({ query: CODE }, {}, 'en')
    expect(english).not.toBe(chinese)
    expect(others).toEqual(others.map(() => english))
  })

  it('counts against the rate of its caller', async () => {
    const body = { query: SIZED, variables: { take: 90 } }
    for (const [name, over] of Object.entries(TRANSPORTS)) {
      const token = await issuer.token({ sub: `often ${name}` })
      const told: string[] = []
      for (let at = 0; at < 3; at++) told.push(await over(gateway, { body, token }))
      expect(told.map((text) => text.includes('RATE_EXCEEDED'))).toEqual([false, false, true])
    }
  })

  it('is counted and timed alike over every transport', async () => {
    const query = '{ counted: boxes { id } }'
    await answers({ query }, {})
    const page = await (await fetch(`${gateway.url}/metrics`)).text()
    const own = page.split('\n').filter((line) => line.includes(idOf(query).slice(0, 12)))
    expect(own).toContainEqual(expect.stringMatching(/operations_total.*code="OK"} 8$/))
    expect(own).toContainEqual(expect.stringMatching(/operation_seconds_count.* 8$/))
  })
})
