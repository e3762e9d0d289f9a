import type { Caller } from '@hub/kit/caller.ts'

/** A caller of supervision, in English. */
export function callerOf(role: string, department?: string): Caller {
  return {
    subject: `test ${role}`,
    role,
    attributes: department ? { department } : {},
    scopes: [],
    locale: 'en',
    expiresAt: 4_000_000_000,
    requestId: 'test',
  }
}
