import { findUnprivileged, isReachable } from '@hub/cli/database/postgres-binaries.ts'
import { PROJECT } from '@hub/cli/data-folder.ts'
import { isAlive } from '@hub/cli/house/process-table.ts'
import { readFileSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { hubEnvironment, makeDataFolder, startTestHub, type TestHub } from '../support/hub.ts'
import { runHub } from '../support/run-hub.ts'
import { waitUntil } from '../support/wait-until.ts'

const folder = makeDataFolder()
const env = { HUB_DATA: folder }
const hubs: TestHub[] = []
const start = async (): Promise<TestHub> => {
  const hub = await startTestHub({ env, sample: false })
  hubs.push(hub)
  return hub
}
afterAll(async () => {
  for (const hub of hubs) await hub.stop()
  rmSync(folder, { recursive: true, force: true })
})

// Aimed at on a quiet machine: 5 s, and 10 s for the database. A run of all tests shares its cores with other files.
const SOON = 20_000
const PATIENCE = { timeout: 120_000 }

const isReady = async (hub: TestHub): Promise<boolean> => {
  const answer = await fetch(`${hub.url}/health/ready`).catch(() => null)
  return answer?.status === 200
}

function living(hub: TestHub): string[] {
  return Object.entries(hub.pids).flatMap(([name, pid]) => (isAlive(pid) ? [name] : []))
}

describe('hub start', PATIENCE, () => {
  it('is ready with database, subgraphs and gateway as processes of their own, and a token per role', async () => {
    const hub = await start()
    const names = ['launcher', 'postgres', 'cases', 'departments', 'knowledge', 'supervision', 'gateway']
    expect(Object.keys(hub.pids).toSorted()).toEqual(names.toSorted())
    expect(new Set(Object.values(hub.pids)).size).toBe(names.length)
    expect(await isReady(hub)).toBe(true)
    expect(Object.keys(hub.tokens)).toEqual([
      'OPERATOR',
      'OFFICE',
      'DEPARTMENT',
      'LEADER',
      'PORTAL',
      'OVERSIGHT',
      'ADMIN',
    ])
    for (const name of ['caller.key', 'data.key', 'token.jwk.json']) {
      expect(statSync(path.join(folder, 'keys', name)).mode & 0o077).toBe(0)
    }
  })

  it('is refused on a data folder where a hub already runs', async () => {
    const { code, err } = await runHub(['start'], hubEnvironment(folder))
    expect(code).toBe(1)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).toContain(`HUB_DATA: ${folder} is in use by the hub at ${hubs[0]?.url}`)
  })

  it('is refused on a port that is in use, in one sentence that names it', async () => {
    const port = new URL(hubs[0]?.url ?? '').port
    const other = makeDataFolder()
    const { code, err } = await runHub(['start'], hubEnvironment(other, { PORT: port }))
    expect(err).toBe(
      `PORT: ${port} is in use on 127.0.0.1; stop what listens there, or set PORT to a free port, for example PORT=${Number(port) + 10}.\n`,
    )
    expect(code).toBe(1)
    rmSync(other, { recursive: true })
  })

  // How soon is measured by `npm run bench delivery`.
  it('brings back a killed subgraph and a killed gateway', async () => {
    const [hub] = hubs
    if (!hub) throw new Error('no hub')
    for (const name of ['cases', 'supervision', 'gateway']) {
      const before = hub.pid(name)
      const others = ['postgres', 'departments', 'knowledge']
      const beside = others.map((other) => hub.pid(other))
      hub.kill(name)
      await waitUntil(async () => hub.pid(name) !== before && (await isReady(hub)), SOON)
      expect(others.map((other) => hub.pid(other))).toEqual(beside)
    }
  })

  it('brings back a killed postmaster', async () => {
    const [hub] = hubs
    if (!hub) throw new Error('no hub')
    const before = hub.pid('postgres')
    const rooms = ['departments', 'knowledge'].map((name) => hub.pid(name))
    hub.kill('postgres')
    await waitUntil(async () => hub.pid('postgres') !== before && (await isReady(hub)), SOON)
    expect(['departments', 'knowledge'].map((name) => hub.pid(name))).toEqual(rooms)
  })

  it('stops everything on Ctrl-C and leaves nothing running', async () => {
    const [hub] = hubs
    if (!hub) throw new Error('no hub')
    for (const name of Object.keys(hub.pids)) if (name !== 'launcher') hub.pids[name] = hub.pid(name)
    expect(await hub.stop('SIGINT')).toBe(0)
    expect(living(hub)).toEqual([])
  })

  it('is ready again the second time, on the same ports', async () => {
    const before = readFileSync(path.join(folder, 'ports.json'), 'utf8')
    await start()
    expect(readFileSync(path.join(folder, 'ports.json'), 'utf8')).toBe(before)
  })

  it('cleans up after a launcher that was killed, and starts again', async () => {
    const hub = hubs.at(-1)
    if (!hub) throw new Error('no hub')
    await hub.stop('SIGKILL')
    await waitUntil(() => living(hub).every((name) => name === 'postgres'), SOON)
    const next = await start()
    expect(living(hub)).toEqual([])
    expect(await isReady(next)).toBe(true)
    await next.stop()
    expect(living(next)).toEqual([])
  })
})

const ordinary = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : null

describe.runIf(ordinary && isReachable(PROJECT, ordinary.uid))(
  'hub start by an ordinary user',
  PATIENCE,
  () => {
    it('is ready and stops like that of root', async () => {
      const as = ordinary ?? undefined
      const hub = await startTestHub({ as, sample: false, env: { HOME: '/nonexistent' } })
      expect(await isReady(hub)).toBe(true)
      expect(statSync(path.join(hub.dataFolder, 'postgres')).uid).toBe(as?.uid)
      expect(await hub.stop('SIGINT')).toBe(0)
      expect(living(hub)).toEqual([])
    })

    it('is refused where root keeps its data', async () => {
      const folder = makeDataFolder()
      const { code, err } = await runHub(['start'], hubEnvironment(folder), ordinary ?? {})
      expect(err).toMatch(
        /^HUB_DATA: \S+ cannot be written by the user \S+ \(EACCES\); set HUB_DATA to a folder that can,.*\n$/,
      )
      expect(code).toBe(1)
      rmSync(folder, { recursive: true })
    })
  },
)

describe.runIf(ordinary)('hub start by root', () => {
  it('runs PostgreSQL as somebody else', async () => {
    expect(findUnprivileged('/').uid).not.toBe(0)
  })
})
