import { openCipher } from '@hub/kit/crypt.ts'
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'

const KEY = randomBytes(32).toString('base64url')
const cipher = openCipher(KEY)
const PHONE = '13853112345'

describe("a caller's data, sealed", () => {
  it('comes back whole under the same key, in another process too', () => {
    for (const plain of ['', PHONE, '李女士,历下区泉城路'])
      expect(openCipher(KEY).open(cipher.seal(plain))).toBe(plain)
  })

  it('shows nothing of itself, and never looks the same twice', () => {
    const [once, again] = [cipher.seal(PHONE), cipher.seal(PHONE)]
    expect(once).not.toBe(again)
    expect(once).not.toContain(PHONE)
    expect(Buffer.from(once.split('.')[1] ?? '', 'base64url').toString('latin1')).not.toContain(PHONE)
  })

  it('names its key, and is not opened with another', () => {
    const other = openCipher(randomBytes(32).toString('base64url'))
    expect(() => other.open(cipher.seal(PHONE))).toThrow(/was sealed with the key [0-9a-f]{8}, not with/)
  })

  it('is refused when a bit of it was changed', () => {
    const [id, value = ''] = cipher.seal(PHONE).split('.')
    const bytes = Buffer.from(value, 'base64url')
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
    expect(() => cipher.open(`${id}.${bytes.toString('base64url')}`)).toThrow('unable to authenticate')
  })
})

describe('a fingerprint', () => {
  it('finds equal values without reading them', () => {
    expect(cipher.fingerprint(PHONE)).toBe(openCipher(KEY).fingerprint(PHONE))
    expect(cipher.fingerprint(PHONE)).not.toBe(cipher.fingerprint('13853112346'))
  })

  it('says nothing to one without the key', () => {
    expect(cipher.fingerprint(PHONE)).not.toContain(PHONE)
    expect(openCipher(randomBytes(32).toString('base64url')).fingerprint(PHONE)).not.toBe(
      cipher.fingerprint(PHONE),
    )
  })
})
