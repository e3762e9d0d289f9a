import { problemOfServer } from '@hub/cli/database/check-database.ts'
import { findFreePort } from '@hub/cli/house/ports.ts'
import { HUB_NAMES } from '@hub/cli/house/launch-settings.ts'
import { PROJECT } from '@hub/cli/data-folder.ts'
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { hubEnvironment, makeDataFolder } from '../support/hub.ts'
import { runHub } from '../support/run-hub.ts'

const folder = makeDataFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const server = new URL(inject('postgresUrl'))

function address(change: (url: URL) => void): string {
  const url = new URL(server)
  change(url)
  return url.href
}

async function sentence(env: NodeJS.ProcessEnv): Promise<string> {
  const { code, err, out } = await runHub(['start'], hubEnvironment(folder, env))
  expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 1, out: '', lines: 1 })
  return err.trim()
}

describe('a wrong setting', () => {
  it('PORT that is no number', async () => {
    expect(await sentence({ PORT: 'four' })).toBe(
      'PORT: "four" cannot be used: a port is a number from 0 to 65535.',
    )
  })

  it('HOST that is not of this machine', async () => {
    expect(await sentence({ HOST: '192.0.2.7', PORT: '4999' })).toMatch(
      /^HOST: 192\.0\.2\.7 is not an address of this machine/,
    )
  })

  it('a HUB_ name that nothing reads, with the near one', async () => {
    expect(await sentence({ HUB_DTA: '/x' })).toBe(
      'HUB_DTA is not a setting of the hub; did you mean HUB_DATA?',
    )
    expect(await sentence({ HUB_CLOK_FILE: 'x' })).toContain('did you mean HUB_CLOCK?')
    expect(await sentence({ HUB_NONSENSE: 'x' })).toContain('the settings are HUB_')
  })

  it('HUB_DATA that is a file', async () => {
    const file = path.join(folder, 'a-file')
    writeFileSync(file, '')
    expect(await sentence({ HUB_DATA: file })).toMatch(
      new RegExp(`^HUB_DATA: ${file} cannot be written by the user .* set HUB_DATA`),
    )
  })

  it('LOG_LEVEL that is none', async () => {
    expect(await sentence({ LOG_LEVEL: 'loud' })).toMatch(
      /^LOG_LEVEL: "loud" cannot be used: it is one of trace, debug/,
    )
  })
})

describe('a wrong DATABASE_URL', () => {
  it('that is no address', async () => {
    expect(await sentence({ DATABASE_URL: 'mysql://root:secret@db/hub' })).toBe(
      'DATABASE_URL: "mysql://root:***@db/hub" cannot be used: an address looks like postgres://user@host:5432/database.',
    )
    expect(await sentence({ DATABASE_URL: 'postgres://u:secret@host:port/hub' })).toMatch(
      /^DATABASE_URL: "postgres:\/\/u:\*\*\*@host:port\/hub" is not an address/,
    )
  })

  it('where nothing listens', async () => {
    const port = String(await findFreePort())
    expect(await sentence({ DATABASE_URL: `postgres://hub:secret@127.0.0.1:${port}/hub` })).toBe(
      `DATABASE_URL: "postgres://hub:***@127.0.0.1:${port}/hub" cannot be reached (ECONNREFUSED); start the server at 127.0.0.1:${port}, or correct host and port.`,
    )
  })

  it('with a wrong password, which is not shown', async () => {
    const said = await sentence({ DATABASE_URL: address((url) => (url.password = 'wr0ng-secret')) })
    expect(said).toContain('is refused: the password of the user hub is wrong; correct it.')
    expect(said).not.toContain('wr0ng-secret')
  })

  it('with a database that does not exist', async () => {
    const said = await sentence({ DATABASE_URL: address((url) => (url.pathname = '/nowhere')) })
    expect(said).toContain('names a database that does not exist; make it: createdb nowhere.')
  })

  it('with a server too old, too new, or of another encoding', () => {
    expect(problemOfServer({ version: 14, name: '14.9', encoding: 'UTF8' })).toBe(
      'is PostgreSQL 14.9; name a server of version 15 to 18',
    )
    expect(problemOfServer({ version: 19, name: '19.0', encoding: 'UTF8' })).toContain('is PostgreSQL 19.0')
    expect(problemOfServer({ version: 18, name: '18.1', encoding: 'SQL_ASCII' })).toContain(
      'encoding SQL_ASCII',
    )
    expect(problemOfServer({ version: 15, name: '15.1', encoding: 'UTF8' })).toBeNull()
  })
})

describe('the list of HUB_ settings', () => {
  it('is what the code reads', () => {
    const files = globSync('{cli,gateway,kit,migrations,subgraphs}/**/*.{ts,mjs}', {
      cwd: PROJECT,
      exclude: ['**/node_modules/**'],
    })
    const read = files.flatMap(
      (file) => readFileSync(path.join(PROJECT, file), 'utf8').match(/\bHUB_[A-Z]+(?:_[A-Z]+)*/g) ?? [],
    )
    const known = [...HUB_NAMES, 'HUB_NAMES']
    expect(read.filter((name) => !known.some((one) => one === name))).toEqual([])
    expect(HUB_NAMES.filter((name) => !read.includes(name))).toEqual([])
  })
})
