import { createHmac, generateKeyPairSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { SignJWT, importJWK, exportJWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CALLER_HEADER } from '@hub/kit/caller.ts'
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
