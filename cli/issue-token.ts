import { importJWK, SignJWT, type JWK } from 'jose'
import { randomUUID } from 'node:crypto'
import { UsageError } from './failure.ts'

/** What a person may be to the hub. */
export const ROLES = ['OPERATOR', 'OFFICE', 'DEPARTMENT', 'LEADER', 'PORTAL', 'OVERSIGHT', 'ADMIN'] as const
export type Role = (typeof ROLES)[number]

/** Whom a token speaks for. */
export interface TokenRequest {
  role: string
  department?: string | undefined
  district?: string | undefined
  caller?: string | undefined
  subject?: string | undefined
  /** `12h`, `30m`, `7d`, `90s`. */
  expires?: string | undefined
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 }
const LONGEST = 366 * 86_400

/** Signs a token of the local hub, or says in one sentence what is wrong with the request. */
export async function issueToken(request: TokenRequest, key: JWK): Promise<string> {
  const role = readRole(request.role)
  checkAttributes(role, request)
  const { department, district, caller } = request
  const subject = request.subject ?? [role.toLowerCase(), department ?? district].filter(Boolean).join(':')
  const now = Math.floor(Date.now() / 1000)
  return await new SignJWT({ role, ...without({ department, district, caller }) })
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid ?? '', typ: 'JWT' })
    .setIssuer('hub12345')
    .setAudience('hub12345')
    .setSubject(subject)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + readDuration(request.expires ?? '12h'))
    .sign(await importJWK(key, 'EdDSA'))
}

function readRole(text: string): Role {
  const role = ROLES.find((role) => role === text)
  if (role) return role
  throw new UsageError(`--role: "${text}" is not a role; use one of ${ROLES.join(', ')}.`)
}

function checkAttributes(role: Role, { department, district, caller }: TokenRequest): void {
  if (role === 'DEPARTMENT' && !department) {
    throw new UsageError(
      '--role DEPARTMENT needs the unit it speaks for: add --department CODE, for example --department JN-SWJ.',
    )
  }
  if (role === 'PORTAL' && !district && !caller) {
    throw new UsageError(
      '--role PORTAL needs its district or the citizen it acts for: add --district 历下区 or --caller PHONE.',
    )
  }
  if (caller && role !== 'PORTAL') {
    throw new UsageError(`--caller: only a PORTAL acts for a citizen, not ${role}; leave --caller out.`)
  }
  if (department && !/^[A-Z][A-Z0-9-]{1,39}$/.test(department)) {
    throw new UsageError(`--department: "${department}" is not the code of a unit; a code looks like JN-SWJ.`)
  }
  if (caller && !/^\+?[\d -]{5,20}$/.test(caller)) {
    throw new UsageError('--caller: this is not a phone number; a number looks like 13800000000.')
  }
}

function readDuration(text: string): number {
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  const seconds = Number(count) * (SECONDS[unit ?? ''] ?? 0)
  if (seconds > 0 && seconds <= LONGEST) return seconds
  throw new UsageError(`--expires: "${text}" is not a time up to 366d; write 90s, 30m, 12h or 7d.`)
}

function without(claims: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
}
