import { databaseUrl, key, port, readSettings, SettingError } from '@hub/kit/env.ts'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

const folder = mkdtempSync(path.join(tmpdir(), 'hub-env-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const shape = z.object({
  PORT: port.default(4000),
  DATABASE_URL: databaseUrl.optional(),
  HUB_DATA_KEY: key.optional(),
})
const sentenceFor = (env: NodeJS.ProcessEnv): string => {
  try {
    readSettings(shape, env)
  } catch (error) {
    if (error instanceof SettingError) return error.message
    throw error
  }
  return 'accepted'
}

describe('settings', () => {
  it('are read with their defaults, an empty one counting as none', () => {
    expect(readSettings(shape, { PORT: '4100' }).PORT).toBe(4100)
    expect(readSettings(shape, { PORT: '' }).PORT).toBe(4000)
  })

  it('come from a file that NAME_FILE names, unless they are given', () => {
    const file = path.join(folder, 'port')
    writeFileSync(file, '4200\n')
    expect(readSettings(shape, { PORT_FILE: file }).PORT).toBe(4200)
    const secret = 'k'.repeat(43)
    writeFileSync(path.join(folder, 'key'), `${secret}\n`)
    expect(readSettings(shape, { HUB_DATA_KEY_FILE: path.join(folder, 'key') }).HUB_DATA_KEY).toBe(secret)
    expect(readSettings(shape, { PORT_FILE: file, PORT: '4100' }).PORT).toBe(4100)
  })
})

describe('a wrong setting is one sentence with its name, its value and the mend', () => {
  it.each<[NodeJS.ProcessEnv, string]>([
    [{ PORT: 'abc' }, 'PORT: "abc" cannot be used: a port is a number from 0 to 65535.'],
    [
      { DATABASE_URL: 'mysql://x' },
      'DATABASE_URL: "mysql://x" cannot be used: an address looks like postgres://user@host:5432/database.',
    ],
    [
      { HUB_DATA_KEY: 'secret-but-short' },
      'HUB_DATA_KEY: (hidden) cannot be used: a key is 32 bytes in base64url, 43 characters.',
    ],
    [{ PORT_FILE: '/no/such' }, 'PORT_FILE: /no/such cannot be read; name a file that this user may read.'],
  ])('%j', (env, sentence) => {
    expect(sentenceFor(env)).toBe(sentence)
  })

  it('names one that is needed and not set', () => {
    const needed = z.object({ SUPERGRAPH: z.string({ error: 'the file with the supergraph SDL' }) })
    expect(() => readSettings(needed, {})).toThrow(
      'SUPERGRAPH is not set; it is needed: the file with the supergraph SDL.',
    )
  })

  it('never shows the password in an address', () => {
    expect(sentenceFor({ DATABASE_URL: 'postgres//u:geheim@h' })).not.toBe('accepted')
    expect(sentenceFor({ DATABASE_URL: 'http://u:geheim@h/d' })).toContain('http://u:***@h/d')
  })

  it('names the range of a port', () => {
    expect(sentenceFor({ PORT: '70000' })).toContain('65535')
  })
})
