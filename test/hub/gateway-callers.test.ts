import { createHmac, generateKeyPairSync } from 'node:crypto'
import { readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT, importJWK, exportJWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CALLER_HEADER } from '@hub/kit/caller.ts'
import { openIdentification } from '@hub/gateway/identity/caller-of-token.ts'
import { gatewaySettings, type TokenSettings } from '@hub/gateway/settings.ts'
import { openLog } from '@hub/kit/log.ts'
import type { Running } from '@hub/kit/run.ts'
import { ask, openGateway, openIssuer, tokensOf, type Issuer } from '../support/gateway-client.ts'
import { startLibrary, type Library } from '../support/gateway-library.ts'

let library: Library
let issuer: Issuer
let gateway: Running

beforeAll(async () => {
  library = await startLibrary()
  issuer = await openIssuer()
  gateway = await openGateway(library, tokensOf(issuer))
})

afterAll(async () => {
  await gateway.stop()
  await library.stop()
})

const WHO = '{ whoAsks { subject role department locale requestId idempotencyKey } }'

function bearer(token: string, headers: Record<string, string> = {}) {
  return { headers: { authorization: `Bearer ${token}`, ...headers } }
}

describe('a caller with a token', () => {
  it('is known to the subgraphs by what the token says and nothing else', async () => {
    const token = await issuer.token({ sub: 'u7', role: 'DEPARTMENT', department: 'JN-SWJ' })
    const forged = {
      [CALLER_HEADER]: 'forged',
      'x-user-id': 'root',
      'x-role': 'ADMIN',
      'accept-language': 'en',
      'x-request-id': 'r-1',
      'idempotency-key': 'once',
    }
    const { data } = await ask(gateway, WHO, bearer(token, forged))
    expect(data).toEqual({
      whoAsks: {
        subject: 'u7',
        role: 'DEPARTMENT',
        department: 'JN-SWJ',
        locale: 'en',
        requestId: 'r-1',
        idempotencyKey: 'once',
      },
    })
  })

  it('is refused as soon as the token ends, also when it was good a moment ago', async () => {
    const token = await issuer.token({}, 1)
    expect((await ask(gateway, '{ shelves }', bearer(token))).status).toBe(200)
    await new Promise((later) => setTimeout(later, 1_100))
    expect((await ask(gateway, '{ shelves }', bearer(token))).status).toBe(401)
  })

  it('may come with a key that was added to the file while the gateway ran, until it is withdrawn', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const keys = JSON.parse(readFileSync(issuer.jwksFile, 'utf8')) as { keys: unknown[] }
    keys.keys.push({ ...(await exportJWK(publicKey)), kid: 'k2', alg: 'ES256' })
    writeFileSync(issuer.jwksFile, JSON.stringify(keys))
    const signed = (sub: string) =>
      new SignJWT({ ...claims(), sub }).setProtectedHeader({ alg: 'ES256', kid: 'k2' }).sign(privateKey)
    expect((await ask(gateway, '{ shelves }', bearer(await signed('u2')))).status).toBe(200)
    keys.keys.pop()
    writeFileSync(issuer.jwksFile, JSON.stringify(keys))
    expect((await ask(gateway, '{ shelves }', bearer(await signed('u3')))).status).toBe(401)
  })
})

describe('the keys of tokens', () => {
  it('go on when their file becomes none, until it is one again', async () => {
    const whole = readFileSync(issuer.jwksFile, 'utf8')
    for (const [sub, content] of [
      ['half', whole.slice(0, 40)],
      ['empty', ''],
      ['other', '{}'],
    ] as const) {
      writeFileSync(issuer.jwksFile, content)
      expect((await ask(gateway, '{ shelves }', bearer(await issuer.token({ sub })))).status).toBe(200)
    }
    unlinkSync(issuer.jwksFile)
    expect((await ask(gateway, '{ shelves }', bearer(await issuer.token({ sub: 'gone' })))).status).toBe(200)
    writeFileSync(issuer.jwksFile, '{"keys":[]}')
    expect((await ask(gateway, '{ shelves }', bearer(await issuer.token({ sub: 'withdrawn' })))).status).toBe(
      401,
    )
    writeFileSync(issuer.jwksFile, whole)
    expect((await ask(gateway, '{ shelves }', bearer(await issuer.token({ sub: 'back' })))).status).toBe(200)
  })

  it('may be away for whoever has them; who never had them says so, and not that a token is bad', async () => {
    let isThere = false
    const keys = createServer((request, response) =>
      isThere ? void response.end(readFileSync(issuer.jwksFile)) : void request.socket.destroy(),
    )
    await new Promise<void>((listening) => keys.listen(0, '127.0.0.1', listening))
    const { token } = tokensOf(issuer)
    if (!token) throw new Error('no settings of tokens')
    const jwksUrl = `http://127.0.0.1:${(keys.address() as AddressInfo).port}/`
    const settings = { auth: 'jwt' as const, token: { ...token, jwksFile: undefined, jwksUrl } }
    const other = await openGateway(library, settings)
    const early = await ask(other, '{ shelves }', bearer(await issuer.token({ sub: 'early' })))
    expect([early.status, early.headers.get('retry-after'), early.errors]).toMatchObject([
      503,
      '1',
      [{ extensions: { code: 'KEYS_UNAVAILABLE' } }],
    ])
    isThere = true
    expect((await ask(other, '{ shelves }', bearer(await issuer.token({ sub: 'known' })))).status).toBe(200)
    isThere = false
    expect((await ask(other, '{ shelves }', bearer(await issuer.token({ sub: 'later' })))).status).toBe(200)
    const { privateKey } = generateKeyPairSync('ed25519')
    const forged = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'EdDSA', kid: 'no' })
      .sign(privateKey)
    expect((await ask(other, '{ shelves }', bearer(forged))).status).toBe(401)
    await other.stop()
    keys.close()
  })

  it('may be used by an issuer whose clock is a little ahead, and lists what it grants', async () => {
    const now = Math.floor(Date.now() / 1000)
    const ahead = await issuer.token({ sub: 'ahead', nbf: now + 3, iat: now + 3 })
    expect((await ask(gateway, '{ shelves }', bearer(ahead))).status).toBe(200)
    const strict = tokensOf(issuer)
    const none = openIdentification(
      { ...settingsOf(), ...strict, token: { ...(strict.token as TokenSettings), leewayMs: 0 } },
      openLog('gateway', 'silent'),
    )
    await expect(none(`Bearer ${ahead}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    const tomorrow = await issuer.token({ sub: 'tomorrow', nbf: now + 60 })
    expect((await ask(gateway, '{ shelves }', bearer(tomorrow))).status).toBe(401)
    const identify = openIdentification(
      { ...settingsOf(), ...tokensOf(issuer) },
      openLog('gateway', 'silent'),
    )
    const scopes = async (granted: Record<string, unknown>) =>
      (await identify(`Bearer ${await issuer.token(granted)}`)).scopes
    expect(await scopes({ scope: 'a b' })).toEqual(['a', 'b'])
    expect(await scopes({ scope: ['a', 'b'] })).toEqual(['a', 'b'])
    expect(await scopes({ scp: ['a', 'b', 1] })).toEqual(['a', 'b'])
    const { attributes } = await identify(`Bearer ${await issuer.token({ department: ['X', 'Y'] })}`)
    expect(attributes).toEqual({ department: 'X Y' })
  })
})

describe('a caller who is not known', () => {
  const forgeries: Record<string, () => Promise<string> | string> = {
    'no token': () => '',
    'no JWT': () => 'abc.def.ghi',
    'alg none': () => `${part({ alg: 'none' })}.${part(claims())}.`,
    'the public key as a shared secret (HS256)': () => {
      const { keys } = JSON.parse(readFileSync(issuer.jwksFile, 'utf8')) as { keys: { x: string }[] }
      const signed = `${part({ alg: 'HS256', kid: 'k1' })}.${part(claims())}`
      return `${signed}.${createHmac('sha256', Buffer.from(keys[0]?.x ?? '', 'base64url'))
        .update(signed)
        .digest('base64url')}`
    },
    'another issuer': () => issuer.token({ iss: 'elsewhere' }),
    'another audience': () => issuer.token({ aud: 'elsewhere' }),
    'a token that has ended': () => issuer.token({}, -10),
    'a token that never ends': () => unended(),
    'a token of nobody': () => issuer.token({ sub: '' }),
    'a stranger’s key': async () => {
      const { privateKey } = generateKeyPairSync('ed25519')
      return new SignJWT(claims()).setProtectedHeader({ alg: 'EdDSA', kid: 'k1' }).sign(privateKey)
    },
    'a key inside the token': async () => {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519')
      const jwk = await exportJWK(publicKey)
      return new SignJWT(claims()).setProtectedHeader({ alg: 'EdDSA', jwk }).sign(privateKey)
    },
    'a kid that is a path': async () => {
      const { privateKey } = generateKeyPairSync('ed25519')
      return new SignJWT(claims())
        .setProtectedHeader({ alg: 'EdDSA', kid: '../../dev/null' })
        .sign(privateKey)
    },
    'claims that were changed': async () => {
      const [head, , signature] = (await issuer.token()).split('.')
      return `${head}.${part({ ...claims(), role: 'ADMIN' })}.${signature}`
    },
  }

  it.each(Object.keys(forgeries))('%s: 401, and no subgraph hears of it', async (name) => {
    const token = await forgeries[name]?.()
    library.asked.length = 0
    for (const query of ['{ books { title } }', '{ __schema { types { name } } }']) {
      const answer = await ask(gateway, query, token ? bearer(token) : {})
      expect([answer.status, answer.errors?.[0]?.extensions]).toEqual([401, { code: 'UNAUTHENTICATED' }])
      expect(answer.data).toBeUndefined()
    }
    expect(library.asked).toEqual([])
  })

  it('is nobody to a subgraph that is called past the gateway', async () => {
    const answer = await fetch(library.url('books'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', [CALLER_HEADER]: 'e30.e30' },
      body: '{"query":"{ shelves }"}',
    })
    expect([answer.status, await answer.text()]).toEqual([401, ''])
  })

  async function unended(): Promise<string> {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const keys = JSON.parse(readFileSync(issuer.jwksFile, 'utf8')) as { keys: unknown[] }
    keys.keys.push({ ...(await exportJWK(publicKey)), kid: 'k3', alg: 'EdDSA' })
    writeFileSync(issuer.jwksFile, JSON.stringify(keys))
    const { exp: _, ...rest } = claims()
    return new SignJWT(rest)
      .setProtectedHeader({ alg: 'EdDSA', kid: 'k3' })
      .sign(await importJWK(privateKey.export({ format: 'jwk' }) as never, 'EdDSA'))
  }
})

function settingsOf() {
  return gatewaySettings({ SUPERGRAPH: library.supergraphFile, GATEWAY_AUTH: 'none' })
}

function claims() {
  return {
    sub: 'u1',
    role: 'ADMIN',
    iss: 'hub12345',
    aud: 'hub12345',
    exp: Math.floor(Date.now() / 1000) + 300,
  }
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
