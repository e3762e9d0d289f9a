import { COMMANDS } from '@hub/cli/commands.ts'
import { findPostmaster } from '@hub/cli/database/postmaster.ts'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { hubEnvironment, makeDataFolder } from '../support/hub.ts'
import { runHub } from '../support/run-hub.ts'

const folder = makeDataFolder()
const database = await openTestDatabase()
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const environment = (env?: NodeJS.ProcessEnv): NodeJS.ProcessEnv => hubEnvironment(folder, env)

describe('every command', () => {
  it.each(COMMANDS.map(({ name }) => name))('hub %s has a help with examples', async (name) => {
    const { code, out } = await runHub([name, '--help'], environment())
    expect(code).toBe(0)
    expect(out).toContain(`Usage: hub ${name}`)
    expect(out).toMatch(/Examples?:\n\s+.*hub /)
  })

  it('stands in the help of hub', async () => {
    const { out } = await runHub(['--help'], environment())
    for (const { name, summary } of COMMANDS)
      expect(out.replaceAll(/\s+/g, ' ')).toContain(`${name} ${summary}`.slice(0, 40))
  })

  it('is refused by name when there is none', async () => {
    const { code, err } = await runHub(['strat'], environment())
    expect(code).toBe(1)
    expect(err).toContain("unknown command 'strat'")
  })
})

describe('hub migrate', () => {
  it('applies everything to the embedded database, then nothing, and leaves no server running', async () => {
    const first = await runHub(['migrate', '--json'], environment())
    const files: { applied: string[] } = JSON.parse(first.out)
    expect(files.applied).toContain('cases: every/0001_event_log.sql')
    const second = await runHub(['migrate', '--json'], environment())
    expect(JSON.parse(second.out)).toEqual({ applied: [] })
    expect(findPostmaster(path.join(folder, 'postgres', 'data'))).toBeNull()
  })

  it('brings the server of DATABASE_URL up to date', async () => {
    const { out } = await runHub(['migrate'], environment({ DATABASE_URL: database.url }))
    expect(out).toBe('已是最新 · up to date\n')
  })
})

describe('hub schema', () => {
  it('prints the supergraph, and the SDL of one subgraph', async () => {
    expect((await runHub(['schema'], environment())).out).toContain('@join__graph')
    expect((await runHub(['schema', '--subgraph', 'departments'], environment())).out).toContain(
      'type Department',
    )
  })

  it('refuses the name of no subgraph', async () => {
    const { code, err } = await runHub(['schema', '--subgraph', 'rooms'], environment())
    expect(code).toBe(1)
    expect(err).toBe(
      '--subgraph: "rooms" is not a subgraph; use cases, departments, knowledge or supervision.\n',
    )
  })
})
