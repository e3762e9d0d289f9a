import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { refuse, type Locale } from './errors.ts'

/** Who is asking, as the gateway learned it from a verified token. Travels to the rooms signed. */
export interface Caller {
  readonly subject: string
  readonly role: string
  readonly attributes: Readonly<Record<string, string>>
  readonly scopes: readonly string[]
  readonly locale: Locale
  /** Seconds since 1970, from the token; a subscription ends then. */
  readonly expiresAt: number
  readonly requestId: string
  readonly idempotencyKey?: string
}

interface Envelope {
  readonly caller: Caller
  readonly digest: string
  readonly at: number
  readonly nonce: string
}

export const CALLER_HEADER = 'x-hub-caller'
const MAX_AGE_MS = 30_000

/** What a signature is bound to, so that it is worth nothing on another request. */
export function requestDigest(method: string, path: string, body: string | Uint8Array): string {
  return createHash('sha256').update(`${method} ${path}\n`).update(body).digest('base64url')
}

/** Signs the caller for one request of that digest. */
export function signCaller(caller: Caller, digest: string, key: string): string {
  const envelope: Envelope = { caller, digest, at: Date.now(), nonce: randomBytes(12).toString('base64url') }
  const payload = Buffer.from(JSON.stringify(envelope)).toString('base64url')
  return `${payload}.${mac(payload, key).toString('base64url')}`
}

/**
 * Makes a verifier that remembers what it has seen: missing, wrong, old, foreign and replayed signatures are all
 * refused alike with UNAUTHENTICATED, without a word on which it was.
 */
export function callerVerifier(key: string): (header: string | undefined, digest: string) => Caller {
  const seen = new NonceMemory()
  return (header, digest) => {
    const envelope = open(header, key)
    if (!envelope || envelope.digest !== digest) throw refuse('UNAUTHENTICATED')
    if (Math.abs(Date.now() - envelope.at) > MAX_AGE_MS) throw refuse('UNAUTHENTICATED')
    if (envelope.caller.expiresAt * 1000 <= Date.now()) throw refuse('UNAUTHENTICATED')
    if (!seen.first(envelope.nonce)) throw refuse('UNAUTHENTICATED')
    return envelope.caller
  }
}

function open(header: string | undefined, key: string): Envelope | null {
  const [payload, signature] = header?.split('.') ?? []
  if (!payload || !signature) return null
  const expected = mac(payload, key)
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Envelope
}

function mac(payload: string, key: string): Buffer {
  return createHmac('sha256', key).update(payload).digest()
}

/** Nonces of the last one to two windows, in two sets that take turns, so that forgetting costs nothing. */
class NonceMemory {
  private current = new Set<string>()
  private previous = new Set<string>()
  private turnedAt = Date.now()

  first(nonce: string): boolean {
    if (Date.now() - this.turnedAt > 2 * MAX_AGE_MS) {
      this.previous = this.current
      this.current = new Set()
      this.turnedAt = Date.now()
    }
    if (this.current.has(nonce) || this.previous.has(nonce)) return false
    this.current.add(nonce)
    return true
  }
}
