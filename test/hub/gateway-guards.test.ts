import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Running } from '@hub/kit/run.ts'
import { ask, openGateway, openIssuer, tokensOf, type Issuer } from '../support/gateway-client.ts'
import { subscribe, until } from '../support/gateway-socket.ts'
import type { Subgraphs } from '../support/gateway-subgraphs.ts'
import { startVault } from '../support/gateway-vault.ts'

let vault: Subgraphs
let issuer: Issuer
let gateway: Running
let open: Running

beforeAll(async () => {
  vault = await startVault()
  issuer = await openIssuer()
  const tokens = tokensOf(issuer)
  const token = tokens.token && { ...tokens.token, attributes: { policy: 'policy' } }
  gateway = await openGateway(vault, { ...tokens, token })
  open = await openGateway(vault)
})

afterAll(async () => {
  await gateway.stop()
  await open.stop()
  await vault.stop()
})

/** Document, what the token has, and whether that is enough. */
const CASES: readonly (readonly [string, Record<string, string>, boolean])[] = [
  ['{ boxes { id label } }', {}, true],
  ['{ me }', {}, true],
  ['{ boxes { code } }', {}, false],
  ['{ boxes { code } }', { scope: 'keys' }, false],
  ['{ boxes { code } }', { scope: 'keys night' }, true],
  ['{ boxes { code } }', { scope: 'master' }, true],
  ['{ boxes { other: code } }', {}, false],
  ['{ boxes { ...F } } fragment F on Box { code }', {}, false],
  ['{ boxes { ... on Holder { ... on Box { code } } } }', {}, false],
  ['query ($no: Boolean = false) { boxes { code @include(if: $no) } }', {}, false],
  ['{ boxes { hush } }', {}, false],
  ['{ boxes { hush } }', { policy: 'loud quiet' }, true],
  ['{ colour }', {}, false],
  ['{ colour }', { scope: 'colours' }, true],
  ['{ holder { id } }', {}, true],
  ['{ holder { label } }', {}, false],
  ['{ holders { __typename label } }', { scope: 'safes' }, true],
  ['{ boxes { worth } }', {}, false],
  ['{ boxes { worth } }', { scope: 'keys night' }, true],
  ['{ thing { rarity } }', {}, false],
  ['{ thing { ... on Coin { rarity } } }', {}, false],
  ['{ thing { ... on Coin { rarity } } }', { scope: 'rare' }, true],
  ['{ shape { id } }', {}, false],
  ['{ shape { ... on Square { id } } }', { scope: 'round' }, true],
  ['{ shape { ... on Round { id } } }', {}, false],
  ['{ shape { id } }', { scope: 'round' }, true],
  ['{ tower { id } }', {}, true],
  ['{ tower { first } }', {}, false],
  ['{ tower { ...F } } fragment F on Tower { a: first }', {}, false],
  ['{ tower { first } }', { scope: 'tower' }, true],
  ['{ tower { rooms { id } } }', {}, true],
  ['{ tower { rooms { hint } } }', {}, false],
  ['{ tower { rooms { hint } } }', { scope: 'tower' }, true],
  ['{ pin }', {}, false],
  ['{ a: pin }', { scope: 'pins' }, true],
  ['{ door { id } }', {}, true],
]

describe('@authenticated, @requiresScopes and @policy of a supergraph', () => {
  it.each(CASES)('%s with %o: %s', async (query, claims, passes) => {
    const headers = { authorization: `Bearer ${await issuer.token(claims)}` }
    const { status, errors, data } = await ask(gateway, query, { headers })
    expect([status, errors?.[0]?.extensions['code']]).toEqual(passes ? [200, undefined] : [403, 'FORBIDDEN'])
    expect(data === undefined || data === null).toBe(!passes)
  })

  it('hold for what a field is computed from, also where its supergraph forgot to say so (GHSA-m8jr-fxqx-8xx6)', async () => {
    const sdl = readFileSync(vault.supergraphFile, 'utf8')
    const guarded = /((?:first|hint): String.*?) @requiresScopes\(scopes: \[\["tower"\]\]\)/g
    expect(sdl.match(guarded)).toHaveLength(2)
    const supergraphFile = `${vault.supergraphFile}.unguarded`
    writeFileSync(supergraphFile, sdl.replace(guarded, '$1'))
    const other = await openGateway({ supergraphFile }, tokensOf(issuer))
    const asked = async (query: string, scope: string) => {
      const authorization = `Bearer ${await issuer.token({ scope })}`
      const { data, errors } = await ask(other, query, { headers: { authorization } })
      return errors?.[0]?.extensions['code'] ?? data
    }
    const [computed, taken] = ['{ tower { first } }', '{ tower { rooms { hint } } }']
    expect(await asked(computed, '')).toBe('FORBIDDEN')
    expect(await asked(computed, 'tower')).toEqual({ tower: { first: 'h' } })
    expect(await asked(taken, '')).toBe('FORBIDDEN')
    expect(await asked(taken, 'tower')).toEqual({ tower: { rooms: [{ hint: 'hush' }] } })
    await other.stop()
  })

  it('hold over a socket too', async () => {
    const subscriber = subscribe(gateway, '{ boxes { code } }', { token: await issuer.token() })
    const { errors, results } = subscriber
    await until(() => errors.length + results.length > 0)
    expect([...errors, ...(results[0]?.errors ?? [])][0]?.extensions?.['code']).toBe('FORBIDDEN')
    subscriber.leave()
  })

  it('let nobody in where nobody is signed in, and everybody to what has no guard', async () => {
    expect((await ask(open, '{ me }')).status).toBe(403)
    expect((await ask(open, '{ boxes { id } }')).data).toEqual({ boxes: [{ id: '1' }] })
  })
})
