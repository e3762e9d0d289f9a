import { createHash } from 'node:crypto'
import type { Caller } from './caller.ts'

/** One request as it is recognised when it comes again. */
export interface RequestMark {
  /** Who sent it. */
  readonly client: string
  /** Hash of the operation and its input. */
  readonly requestHash: string
}

/** A client that heard no answer tries again within this time. */
export const RETRY_MS = 10 * 60_000

/** The mark of a request: the client as its role, unit and subject; what it asks as a hash that tells nothing. */
export function markOf({ subject, role, attributes }: Caller, asked: readonly unknown[]): RequestMark {
  return {
    client: [role, attributes['department'] ?? attributes['district'] ?? '', subject].join(':'),
    requestHash: createHash('sha256').update(JSON.stringify(asked)).digest('base64url'),
  }
}
