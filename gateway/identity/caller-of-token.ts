import { jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose'
import type { Caller } from '@hub/kit/caller.ts'
import { Refusal } from '@hub/kit/errors.ts'
import type { Logger } from '@hub/kit/log.ts'
import { Recent } from '@hub/kit/remembered.ts'
import { refuse } from '../errors.ts'
import type { Asker } from './caller-scope.ts'
import { openKeySet } from './key-set.ts'
import type { RequestScope } from '../request-scope.ts'
import type { GatewaySettings, TokenSettings } from '../settings.ts'

/** What a token says of its bearer; the request adds the rest of the caller. */
export type Bearer = Pick<Caller, 'subject' | 'role' | 'attributes' | 'scopes' | 'expiresAt'>

/** Tells who sent an `authorization` value, or throws UNAUTHENTICATED. */
export type Identify = (authorization: string | undefined) => Promise<Bearer>

const ALGORITHMS = ['EdDSA', 'Ed25519', 'ES256', 'RS256']
/** How far the clock of who issues tokens may be ahead of ours. */
const AHEAD_MS = 5_000
const REMEMBER_MS = 45_000
const REMEMBERED_TOKENS = 10_000

/** How callers are identified under these settings. */
export function openIdentification({ auth, token }: GatewaySettings, log: Logger): Identify {
  if (auth === 'none' || !token) return () => Promise.resolve(anyone())
  return remembering(tokenVerifier(token, openKeySet(token, log)))
}

/** The caller as the subgraphs are told. */
export function callerOf(bearer: Bearer, scope: RequestScope, idempotencyKey?: string): Asker {
  const caller = { ...bearer, ...scope }
  return idempotencyKey ? { ...caller, idempotencyKey } : caller
}

function anyone(): Bearer {
  const expiresAt = Math.floor(Date.now() / 1000) + 365 * 86_400
  return { subject: 'anonymous', role: 'ANONYMOUS', attributes: {}, scopes: [], expiresAt }
}

function tokenVerifier(settings: TokenSettings, keys: JWTVerifyGetKey): (token: string) => Promise<Bearer> {
  const rules = {
    issuer: settings.issuer,
    audience: settings.audience,
    algorithms: ALGORITHMS,
    requiredClaims: ['exp', 'sub'],
    clockTolerance: (settings.leewayMs ?? AHEAD_MS) / 1_000,
  }
  return async (token) => {
    const { payload } = await jwtVerify(token, keys, rules)
    if (!payload.sub) throw new Error('a token of nobody')
    // Only a clock that is ahead is forgiven: a token ends when it says.
    if ((payload.exp ?? 0) * 1000 <= Date.now()) throw new Error('a token that has ended')
    return bearerOf(payload, settings.attributes)
  }
}

function bearerOf(claims: JWTPayload, attributes: TokenSettings['attributes']): Bearer {
  const named = Object.entries(attributes).flatMap(([name, claim]) => {
    const value = wordsIn(claims[claim])
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    subject: claims.sub ?? '',
    role: typeof claims['role'] === 'string' ? claims['role'] : '',
    attributes: Object.fromEntries(named),
    scopes: (wordsIn(claims['scope']) ?? wordsIn(claims['scp']) ?? '').split(' ').filter(Boolean),
    expiresAt: claims.exp ?? 0,
  }
}

/** A text, or a list of texts as one, parted by spaces: issuers write either. */
function wordsIn(claim: unknown): string | undefined {
  if (typeof claim === 'string') return claim
  return Array.isArray(claim) ? claim.filter((word) => typeof word === 'string').join(' ') : undefined
}

/** Verifies a token once in a while instead of once a request; a withdrawn key is noticed within a minute, also by sockets. */
function remembering(verify: (token: string) => Promise<Bearer>): Identify {
  const known = new Recent<{ readonly bearer: Bearer; readonly until: number }>(REMEMBERED_TOKENS)
  return async (authorization) => {
    const token = tokenIn(authorization)
    if (!token) throw refuse('UNAUTHENTICATED')
    const now = Date.now()
    const remembered = known.get(token)
    if (remembered && remembered.until > now) return remembered.bearer
    const bearer = await verify(token).catch((error: unknown) => {
      throw error instanceof Refusal ? error : refuse('UNAUTHENTICATED')
    })
    known.set(token, { bearer, until: Math.min(now + REMEMBER_MS, bearer.expiresAt * 1000) })
    return bearer
  }
}

function tokenIn(authorization: string | undefined): string | undefined {
  return /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1]
}
