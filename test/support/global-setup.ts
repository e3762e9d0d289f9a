import { startEmbeddedPostgres } from '@hub/cli/database/embedded-postgres.ts'
import { findHolder } from '@hub/cli/house/lock.ts'
import { endProcess } from '@hub/cli/house/process-table.ts'
import { migrate } from '@hub/migrations/migrate.ts'
import { ROOMS } from '@hub/migrations/rooms.ts'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run. */
    postgresUrl: string
    /** Rooms whose migrations failed, with the reason: only tests that need them fail. */
    brokenRooms: Record<string, string>
    /** Data folder of the hub that files share, started by the first that wants it. */
    sharedHubFolder: string
  }
}

/** Starts one PostgreSQL for the whole run, with a migrated template that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hub-test-'))
  chmodSync(folder, 0o711)
  // What one hub of this run has compiled, the next need not; the workers inherit it as well.
  process.env['NODE_COMPILE_CACHE'] = path.join(folder, 'compile-cache')
  const server = await startEmbeddedPostgres({
    folder: path.join(folder, 'postgres'),
    durable: false,
    settings: { max_connections: '300', autovacuum: 'off' },
  })
  const admin = postgres(server.url('postgres'), { max: 1, onnotice: () => {} })
  await admin`create database hub_template`
  const brokenRooms: Record<string, string> = {}
  for (const room of ROOMS) {
    try {
      await migrate(server.url('hub_template'), { rooms: [room] })
    } catch (error) {
      brokenRooms[room] = String(error)
    }
  }
  await admin.end()
  project.provide('postgresUrl', server.url('postgres'))
  project.provide('brokenRooms', brokenRooms)
  const sharedHubFolder = path.join(folder, 'hub')
  project.provide('sharedHubFolder', sharedHubFolder)
  return async () => {
    const hub = findHolder(sharedHubFolder)
    if (hub) await endProcess(hub.pid, 'SIGTERM', 20_000)
    await server.stop('immediate')
    rmSync(folder, { recursive: true, force: true })
  }
}
