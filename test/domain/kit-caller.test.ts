import { callerVerifier, requestDigest, signCaller, type Caller } from '@hub/kit/caller.ts'
import { Refusal } from '@hub/kit/errors.ts'
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const KEY = randomBytes(32).toString('base64url')
const NOW = new Date('2026-11-23T01:00:00Z')
const BODY = '{"query":"{ cases { nodes { number } } }"}'
const digest = requestDigest('POST', '/graphql', BODY)
const caller: Caller = {
  subject: 'desk-1',
  role: 'DEPARTMENT',
  attributes: { department: 'JN-SWJ' },
  scopes: [],
  locale: 'zh-CN',
  expiresAt: NOW.getTime() / 1000 + 3600,
  requestId: 'r-1',
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const codeOf = (verify: () => unknown): string => {
  try {
    verify()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'accepted'
}

/** The same header with the caller changed by hand, under the old signature. */
const forged = (header: string): string => {
  const [payload = '', signature = ''] = header.split('.')
  const envelope = Buffer.from(payload, 'base64url').toString().replace('DEPARTMENT', 'OFFICE')
  return `${Buffer.from(envelope).toString('base64url')}.${signature}`
}

describe('a signed caller', () => {
  it('arrives whole, with the district in Chinese', () => {
    const signed = { ...caller, attributes: { district: '历下区' } }
    expect(callerVerifier(KEY)(signCaller(signed, digest, KEY), digest)).toEqual(signed)
  })

  it('may come 30 seconds late or early, as clocks differ', () => {
    const verify = callerVerifier(KEY)
    const header = signCaller(caller, digest, KEY)
    vi.setSystemTime(NOW.getTime() + 30_000)
    expect(codeOf(() => verify(header, digest))).toBe('accepted')
    const next = signCaller(caller, digest, KEY)
    vi.setSystemTime(NOW.getTime())
    expect(codeOf(() => verify(next, digest))).toBe('accepted')
  })
})

describe('refused alike as UNAUTHENTICATED', () => {
  const other = randomBytes(32).toString('base64url')
  it.each<[string, string | undefined, string]>([
    ['a missing signature', undefined, digest],
    ['an empty one', '', digest],
    ['a payload alone', signed().split('.')[0], digest],
    ['a signature alone', `.${signed().split('.')[1]}`, digest],
    ['noise', 'x.y', digest],
    ['another key', signCaller(caller, digest, other), digest],
    ['a caller changed on the way', forged(signed()), digest],
    ['another body', signed(), requestDigest('POST', '/graphql', BODY.replace('number', 'content'))],
    ['another path', signed(), requestDigest('POST', '/events', BODY)],
    ['another method', signed(), requestDigest('GET', '/graphql', BODY)],
  ])('is %s', (_what, header, of) => {
    expect(codeOf(() => callerVerifier(KEY)(header, of))).toBe('UNAUTHENTICATED')
  })

  it('is one older than 30 seconds, or from as far ahead', () => {
    const header = signCaller(caller, digest, KEY)
    vi.setSystemTime(NOW.getTime() + 30_001)
    expect(codeOf(() => callerVerifier(KEY)(header, digest))).toBe('UNAUTHENTICATED')
    vi.setSystemTime(NOW.getTime() - 30_001)
    expect(codeOf(() => callerVerifier(KEY)(header, digest))).toBe('UNAUTHENTICATED')
  })

  it('is one whose token has expired since', () => {
    const header = signCaller({ ...caller, expiresAt: NOW.getTime() / 1000 }, digest, KEY)
    expect(codeOf(() => callerVerifier(KEY)(header, digest))).toBe('UNAUTHENTICATED')
  })

  it('is a replayed one, as long as it would still be young enough', () => {
    const verify = callerVerifier(KEY)
    const early = signCaller(caller, digest, KEY)
    vi.setSystemTime(NOW.getTime() - 29_000)
    expect(codeOf(() => verify(early, digest))).toBe('accepted')
    for (let at = -29_000; at <= 30_000; at += 1_000) {
      vi.setSystemTime(NOW.getTime() + at)
      expect(codeOf(() => verify(early, digest))).toBe('UNAUTHENTICATED')
      expect(codeOf(() => verify(signCaller(caller, digest, KEY), digest))).toBe('accepted')
    }
  })

  it('is a replayed one, also when the memory of a verifier has turned over in between', () => {
    const verify = callerVerifier(KEY)
    vi.setSystemTime(NOW.getTime() + 59_000)
    const header = signCaller(caller, digest, KEY)
    expect(codeOf(() => verify(header, digest))).toBe('accepted')
    vi.setSystemTime(NOW.getTime() + 61_000)
    expect(codeOf(() => verify(signCaller(caller, digest, KEY), digest))).toBe('accepted')
    expect(codeOf(() => verify(header, digest))).toBe('UNAUTHENTICATED')
  })
})

function signed(): string {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] })
  const header = signCaller(caller, digest, KEY)
  vi.useRealTimers()
  return header
}
