import { createLocalJWKSet, jwtVerify } from 'jose'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { hubEnvironment, makeDataFolder } from '../support/hub.ts'
import { runHub, type Outcome } from '../support/run-hub.ts'

const folder = makeDataFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const token = (...args: string[]): Promise<Outcome> => runHub(['token', ...args], hubEnvironment(folder))

describe('hub token', () => {
  it('prints a token and nothing else, which the public keys of the hub verify', async () => {
    const { out, err, code } = await token(
      '--role',
      'DEPARTMENT',
      '--department',
      'JN-SWJ',
      '--expires',
      '30m',
    )
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
    const keys = createLocalJWKSet(JSON.parse(readFileSync(path.join(folder, 'keys', 'jwks.json'), 'utf8')))
    const { payload, protectedHeader } = await jwtVerify(out.trim(), keys, {
      issuer: 'hub12345',
      audience: 'hub12345',
    })
    expect(payload).toMatchObject({ role: 'DEPARTMENT', department: 'JN-SWJ', sub: 'department:JN-SWJ' })
    expect(payload.jti).toMatch(/^[0-9a-f-]{36}$/)
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(1_800)
    expect(protectedHeader.alg).toBe('EdDSA')
  })

  it('gives a portal its district and the citizen it acts for', async () => {
    const { out } = await token('--role', 'PORTAL', '--district', '历下区', '--caller', '13800000000')
    const claims: unknown = JSON.parse(Buffer.from(out.split('.')[1] ?? '', 'base64url').toString())
    expect(claims).toMatchObject({ role: 'PORTAL', district: '历下区', caller: '13800000000' })
  })

  it('publishes no private part of its key', () => {
    expect(readFileSync(path.join(folder, 'keys', 'jwks.json'), 'utf8')).not.toContain('"d"')
  })

  it.each([
    [['--role', 'CLERK'], '--role: "CLERK" is not a role; use one of OPERATOR, OFFICE,'],
    [['--role', 'DEPARTMENT'], '--role DEPARTMENT needs the unit it speaks for: add --department CODE'],
    [['--role', 'PORTAL'], '--role PORTAL needs its district or the citizen it acts for'],
    [
      ['--role', 'OFFICE', '--caller', '13800000000'],
      '--caller: only a PORTAL acts for a citizen, not OFFICE',
    ],
    [
      ['--role', 'DEPARTMENT', '--department', 'no code'],
      '--department: "no code" is not the code of a unit',
    ],
    [['--role', 'OFFICE', '--expires', 'soon'], '--expires: "soon" is not a time up to 366d'],
    [['--role', 'OFFICE', '--expires', '9999d'], '--expires: "9999d" is not a time up to 366d'],
  ])('refuses %j in one sentence', async (args, said) => {
    const { out, err, code } = await token(...args)
    expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 1, out: '', lines: 1 })
    expect(err).toContain(said)
  })
})
