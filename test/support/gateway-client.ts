import { SignJWT, exportJWK, generateKeyPair, type JWTPayload } from 'jose'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openLog } from '@hub/kit/log.ts'
import type { Running } from '@hub/kit/run.ts'
import { startGateway } from '@hub/gateway/server.ts'
import { defaultLimits } from '@hub/gateway/operation/limit-settings.ts'
import type { GatewaySettings } from '@hub/gateway/settings.ts'
import { CALLER_KEY, type Library } from './gateway-library.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions: Record<string, unknown>
  }[]
}

export interface Issuer {
  readonly jwksFile: string
  token(claims?: JWTPayload, lifeSeconds?: number): Promise<string>
}

/** Issues tokens as the hub's own issuer would, with keys of its own. */
export async function openIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const jwksFile = path.join(mkdtempSync(path.join(tmpdir(), 'gateway-keys-')), 'jwks.json')
  writeFileSync(
    jwksFile,
    JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA' }] }),
  )
  return {
    jwksFile,
    token(claims = {}, lifeSeconds = 300) {
      const exp = Math.floor(Date.now() / 1000) + lifeSeconds
      const all = { sub: 'u1', role: 'OPERATOR', iss: 'hub12345', aud: 'hub12345', exp, ...claims }
      return new SignJWT(all).setProtectedHeader({ alg: 'EdDSA', kid: 'k1' }).sign(privateKey)
    },
  }
}

/** Starts a gateway over the library on a free port. */
export function openGateway(
  library: Pick<Library, 'supergraphFile'>,
  changes: Partial<GatewaySettings> = {},
): Promise<Running> {
  const settings: GatewaySettings = {
    supergraph: library.supergraphFile,
    port: 0,
    host: '127.0.0.1',
    auth: 'none',
    subgraphUrls: {},
    callerKey: CALLER_KEY,
    introspection: true,
    origins: [],
    answerWithinMs: 2_500,
    mutateWithinMs: 15_000,
    compile: true,
    deduplicateFetches: true,
    deduplicateOperations: false,
    limits: defaultLimits,
    ...changes,
  }
  return startGateway(settings, openLog('gateway', process.env['TEST_LOG'] ?? 'silent'))
}

/** Settings under which tokens of the issuer are asked for. */
export function tokensOf(issuer: Issuer): Partial<GatewaySettings> {
  const attributes = { department: 'department', district: 'district', citizen: 'caller' }
  return {
    auth: 'jwt',
    token: { jwksFile: issuer.jwksFile, issuer: 'hub12345', audience: 'hub12345', attributes },
  }
}

/** Sends an operation as JSON. */
export async function ask(
  gateway: Running,
  query: string,
  { variables, headers = {} }: { variables?: Record<string, unknown>; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return post(gateway, JSON.stringify({ query, variables }), {
    'content-type': 'application/json',
    ...headers,
  })
}

/** Sends a body as it is. */
export async function post(gateway: Running, body: string, headers: Record<string, string>): Promise<Answer> {
  const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body })
  return { status: response.status, headers: response.headers, ...((await response.json()) as object) }
}
