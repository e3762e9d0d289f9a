import { readFileSync, statSync } from 'node:fs'
import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import type { TokenSettings } from '../settings.ts'

/** Finds the public key a token names, in a file or at an address; both notice new keys without a restart. */
export function openKeySet({ jwksFile, jwksUrl }: TokenSettings): JWTVerifyGetKey {
  if (jwksFile) return fileKeySet(jwksFile)
  if (jwksUrl)
    return createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 2_000, cooldownDuration: 5_000 })
  throw new Error('no key set is configured')
}

/** The file is the truth, for keys that are added and for those withdrawn; only a changed one is read again. */
function fileKeySet(file: string): JWTVerifyGetKey {
  let readAt = changedAt(file)
  let keys = readKeys(file)
  return (header, token) => {
    const at = changedAt(file)
    if (at !== readAt) {
      keys = readKeys(file)
      readAt = at
    }
    return keys(header, token)
  }
}

function readKeys(file: string): JWTVerifyGetKey {
  return createLocalJWKSet(JSON.parse(readFileSync(file, 'utf8')) as JSONWebKeySet)
}

function changedAt(file: string): number {
  return statSync(file).mtimeMs
}
