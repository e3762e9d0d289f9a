import { readFileSync, statSync } from 'node:fs'
import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import type { TokenSettings } from './settings.ts'

/** Finds the public key a token names, in a file or at an address; both notice new keys without a restart. */
export function openKeySet({ jwksFile, jwksUrl }: TokenSettings): JWTVerifyGetKey {
  if (jwksFile) return fileKeySet(jwksFile)
  if (jwksUrl)
    return createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 2_000, cooldownDuration: 5_000 })
  throw new Error('no key set is configured')
}

function fileKeySet(file: string): JWTVerifyGetKey {
  let readAt = changedAt(file)
  let keys = readKeys(file)
  return async (header, token) => {
    try {
      return await keys(header, token)
    } catch (error) {
      // A key that is not known may have been added since: the file is the truth, but only a changed file is read.
      const at = changedAt(file)
      if (!(error instanceof errors.JWKSNoMatchingKey) || at === readAt) throw error
      readAt = at
      keys = readKeys(file)
      return keys(header, token)
    }
  }
}

function readKeys(file: string): JWTVerifyGetKey {
  return createLocalJWKSet(JSON.parse(readFileSync(file, 'utf8')) as JSONWebKeySet)
}

function changedAt(file: string): number {
  return statSync(file).mtimeMs
}
