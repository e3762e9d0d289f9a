import { createHmac, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { base64, forged, json, raw, signedBy, type Attack, type Target } from './gateway-attack.ts'

const claims = { sub: 'u1', role: 'ADMIN', iss: 'hub12345', aud: 'hub12345', exp: 4_000_000_000 }
const unsigned = (alg: string): Attack =>
  forged(`alg ${alg}`, () => Promise.resolve(`${base64({ alg })}.${base64(claims)}.`))
/** The public key as the secret of a shared one. */
const confused = (alg: 'HS256' | 'HS512', hash: string): Attack =>
  forged(`the public key as the secret of ${alg}`, ({ issuer }) => {
    const body = `${base64({ alg, kid: 'k1' })}.${base64(claims)}`
    const mac = createHmac(hash, readFileSync(issuer.jwksFile, 'utf8')).update(body).digest('base64url')
    return Promise.resolve(`${body}.${mac}`)
  })
const header = (name: string, more: object): Attack =>
  forged(name, () => signedBy(claims, { alg: 'EdDSA', ...more }))
const claimed = (name: string, changes: object): Attack =>
  forged(name, ({ issuer }) => issuer.token(changes as never))
const bent = (name: string, bend: (parts: string[]) => string): Attack =>
  forged(name, async ({ issuer }) => bend((await issuer.token({ role: 'PORTAL' })).split('.')))
/** A good token where none is looked for. */
const elsewhere = (name: string, init: (token: string) => object): Attack => ({
  name,
  answer: [401, 'UNAUTHENTICATED'],
  send: async (target: Target) => {
    const token = await target.issuer.token()
    const given = { headers: json, body: '{"query":"{ shelves }"}', ...init(token) }
    return raw(name, 401, 'UNAUTHENTICATED', { ...given, token: null }).send(target)
  },
})

/** Tokens that are none, and callers by other ways than a token. */
export const TOKEN_ATTACKS: readonly Attack[] = [
  ...['None', 'NONE', 'nOnE', ''].map(unsigned),
  confused('HS256', 'sha256'),
  confused('HS512', 'sha512'),
  header('a key in the token itself', {
    jwk: { kty: 'OKP', crv: 'Ed25519', x: randomBytes(32).toString('base64url') },
  }),
  header('a key at an address', { jku: 'http://127.0.0.1:9/jwks', kid: 'k1' }),
  header('a certificate at an address', { x5u: 'http://127.0.0.1:9/x5u', kid: 'k1' }),
  header('SQL for a kid', { kid: "k1' or '1'='1" }),
  header('a kid that is an address', { kid: 'http://127.0.0.1:9/' }),
  header('no kid', {}),
  claimed('an end that is a text', { exp: '4000000000' }),
  claimed('an end of nothing', { exp: 0 }),
  claimed('an issuer that is a list', { iss: ['hub12345'] }),
  claimed('audiences without ours', { aud: ['a', 'b'] }),
  claimed('nobody', { sub: '' }),
  claimed('good only tomorrow', { nbf: Math.floor(Date.now() / 1000) + 86_400 }),
  bent('another role', ([head = '', , tail = '']) => `${head}.${base64(claims)}.${tail}`),
  bent(
    'another header',
    ([, body = '', tail = '']) => `${base64({ alg: 'EdDSA', kid: 'k2' })}.${body}.${tail}`,
  ),
  bent('half a signature', ([head = '', body = '', tail = '']) => `${head}.${body}.${tail.slice(0, 40)}`),
  bent('no signature', ([head = '', body = '']) => `${head}.${body}.`),
  bent('two parts', ([head = '', body = '']) => `${head}.${body}`),
  bent('four parts', (parts) => `${parts.join('.')}.${parts[2]}`),
  bent(
    'a turned signature',
    ([head = '', body = '', tail = '']) => `${head}.${body}.${[...tail].toReversed().join('')}`,
  ),
  elsewhere('a token in the address', (token) => ({ path: `/graphql?access_token=${token}` })),
  elsewhere('a token in a cookie', (token) => ({ headers: { ...json, cookie: `token=${token}` } })),
  elsewhere('a token in the body', (token) => ({ body: JSON.stringify({ query: '{ shelves }', token }) })),
  elsewhere('a token under another scheme', (token) => ({
    headers: { ...json, authorization: `Basic ${token}` },
  })),
  elsewhere('a token without a scheme', (token) => ({ headers: { ...json, authorization: token } })),
  elsewhere('two tokens', (token) => ({
    headers: { ...json, authorization: `Bearer ${token}, Bearer ${token}` },
  })),
  ...['x-hub-caller', 'x-forwarded-user', 'x-role', 'x-auth-request-user'].map((name) =>
    elsewhere(`a caller in ${name}`, () => ({ headers: { ...json, [name]: 'root' } })),
  ),
]
