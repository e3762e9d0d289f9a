import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Encrypts single values, and finds equal ones without reading them. */
export interface FieldCipher {
  seal(plain: string): string
  open(sealed: string): string
  /** A keyed fingerprint of a value: equal values have equal fingerprints, which say nothing without the key. */
  fingerprint(plain: string): string
}

/** AES-256-GCM under a key derived from the site's data key; the key's id stands in front of each value. */
export function openCipher(dataKey: string): FieldCipher {
  const secret = Buffer.from(dataKey, 'base64url')
  const sealing = derive(secret, 'seal')
  const indexing = derive(secret, 'index')
  const keyId = createHmac('sha256', indexing).update('id').digest('hex').slice(0, 8)
  return {
    seal(plain) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, iv)
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return `${keyId}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    open(sealed) {
      const [id, value] = sealed.split('.')
      if (id !== keyId || !value)
        throw new Error(`the value was sealed with the key ${id}, not with ${keyId}`)
      const bytes = Buffer.from(value, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    },
    fingerprint: (plain) => createHmac('sha256', indexing).update(plain).digest('base64url'),
  }
}

/** A key of its own for one use of a site's key: it says nothing of the key it comes from, nor of the others. */
export function deriveKey(key: string, use: string): string {
  return derive(Buffer.from(key, 'base64url'), use).toString('base64url')
}

function derive(secret: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `hub ${use}`, 32))
}
