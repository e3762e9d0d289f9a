import { readFileSync, statSync } from 'node:fs'
import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { SettingError } from '@hub/kit/env.ts'
import type { Logger } from '@hub/kit/log.ts'
import { refuse } from '../errors.ts'
import type { TokenSettings } from '../settings.ts'

/** Finds the public key a token names, in a file or at an address; both notice new keys without a restart. */
export function openKeySet({ jwksFile, jwksUrl }: TokenSettings, log: Logger): JWTVerifyGetKey {
  if (jwksFile) return fileKeySet(jwksFile, log)
  if (jwksUrl) return addressKeySet(jwksUrl, log)
  throw new Error('no key set is configured')
}

/** An address that is away costs nobody whose key is known already. */
function addressKeySet(address: string, log: Logger): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(new URL(address), { timeoutDuration: 2_000, cooldownDuration: 5_000 })
  let isAway = false
  return async (header, token) => {
    try {
      const key = await remote(header, token)
      isAway = false
      return key
    } catch (error) {
      if (isAboutToken(error)) throw error
      if (!isAway) log.error({ address }, 'the key set does not answer; the keys before go on')
      isAway = true
      const before = remote.jwks()
      if (!before) throw refuse('KEYS_UNAVAILABLE')
      return createLocalJWKSet(before)(header, token)
    }
  }
}

/** Whether it is the token that names no key, and not the key set that cannot be had. */
function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  )
}

/**
 * The file is the truth, for keys that are added and for those withdrawn; only a changed one is read again. One that is
 * no key set is told in the log, and the keys before go on: it may be half written.
 */
function fileKeySet(file: string, log: Logger): JWTVerifyGetKey {
  let readAt = changedAt(file)
  let keys = firstKeys(file)
  return (header, token) => {
    const at = changedAt(file)
    if (at !== readAt) {
      readAt = at
      try {
        keys = readKeys(file)
      } catch {
        log.error({ file }, 'the changed key set cannot be used; the keys before go on')
      }
    }
    return keys(header, token)
  }
}

function firstKeys(file: string): JWTVerifyGetKey {
  try {
    return readKeys(file)
  } catch (error) {
    const reason =
      error instanceof Error && 'code' in error && error.code === 'ENOENT'
        ? 'there is no such file'
        : 'it is no JSON Web Key Set that this user may read'
    throw new SettingError(`JWKS_FILE: "${file}" cannot be used: ${reason}.`)
  }
}

function readKeys(file: string): JWTVerifyGetKey {
  return createLocalJWKSet(JSON.parse(readFileSync(file, 'utf8')) as JSONWebKeySet)
}

/** When it is not there it changes when it is there again. */
function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
