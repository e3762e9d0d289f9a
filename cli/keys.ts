import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The keys of one hub. They stand in `keys/` of the data folder, readable by their owner alone. */
export interface Keys {
  /** Signs callers between gateway and subgraphs. */
  callerKey: string
  /** Encrypts the callers' data; without it they cannot be read again. */
  dataKey: string
  /** Signs tokens (Ed25519, private). */
  tokenKey: JWK
  /** The public half, as the gateway reads it. */
  jwksFile: string
}

const ALGORITHM = 'EdDSA'

/** Reads the keys of a data folder and makes those that are missing. */
export async function openKeys(dataFolder: string): Promise<Keys> {
  const file = (name: string): string => path.join(dataFolder, 'keys', name)
  const secret = (): string => randomBytes(32).toString('base64url')
  const callerKey = await readOrMake(file('caller.key'), secret)
  const dataKey = await readOrMake(file('data.key'), secret)
  const tokenKey: JWK = JSON.parse(await readOrMake(file('token.jwk.json'), makeTokenKey))
  const jwksFile = file('jwks.json')
  const { d: _private, ...publicKey } = tokenKey
  await readOrMake(jwksFile, () => JSON.stringify({ keys: [publicKey] }))
  return { callerKey, dataKey, tokenKey, jwksFile }
}

async function makeTokenKey(): Promise<string> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true })
  const kid = `local-${randomBytes(4).toString('hex')}`
  return JSON.stringify({ ...(await exportJWK(privateKey)), kid, alg: ALGORITHM, use: 'sig' })
}

// Written beside and linked: of two programs that start at once, one key wins and none is ever read half written.
async function readOrMake(file: string, make: () => string | Promise<string>): Promise<string> {
  if (!existsSync(file)) {
    const half = `${file}.${process.pid}`
    writeFileSync(half, `${await make()}\n`, { mode: 0o600 })
    try {
      linkSync(half, file)
    } catch (error) {
      if (!existsSync(file)) throw error
    } finally {
      rmSync(half)
    }
  }
  return readFileSync(file, 'utf8').trim()
}
