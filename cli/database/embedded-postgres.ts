import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findFreePort } from '../house/ports.ts'
import { openPostgresFolder, type PostgresFolder } from './postgres-folder.ts'
import { stopLeftoverPostmaster, waitUntilReady } from './postmaster.ts'

export interface EmbeddedPostgresOptions {
  /** Its own folder: `data` and the superuser's `password` are made in it. */
  folder: string
  /** A free port is taken when none is given. */
  port?: number
  /** Server settings (`-c name=value`). */
  settings?: Readonly<Record<string, string>>
  /** Where the server writes its log; absent: nowhere. */
  logFile?: string
  /** False for throw-away databases: nothing is synced to the disk. */
  durable?: boolean
}

export interface EmbeddedPostgres {
  readonly port: number
  readonly pid: number
  /** Settles when the server process has ended, for whatever reason. */
  readonly ended: Promise<void>
  /** The address of a database on this server, as its superuser. */
  url(database: string): string
  /** Ends all sessions and stops; `immediate` skips the checkpoint (for data nobody needs again). */
  stop(mode?: 'fast' | 'immediate'): Promise<void>
}

/** Starts PostgreSQL 18 from the npm packages on a folder, as an ordinary user even under root, and waits until it is ready. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const durable = options.durable ?? true
  const folder = await openPostgresFolder(options.folder, durable)
  await stopLeftoverPostmaster(folder.data)
  const port = options.port ?? (await findFreePort())
  const child = await launchPatiently(folder, port, options)
  const ended = hasEnded(child)
  return {
    port,
    pid: child.pid ?? 0,
    ended,
    url: (database) => `postgres://hub:${folder.password}@127.0.0.1:${port}/${database}`,
    async stop(mode = 'fast') {
      child.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
      await ended
    },
  }
}

/**
 * What a server says while sessions of a killed one still hold its memory, or somebody who looks for a free port holds
 * this one: both leave within moments.
 */
const NOT_YET =
  /pre-existing shared memory block|lock file "postmaster.pid" already exists|could not create any TCP\/IP sockets/
const PATIENCE_MS = 8_000

async function launchPatiently(
  folder: PostgresFolder,
  port: number,
  options: EmbeddedPostgresOptions,
): Promise<ChildProcess> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(100)) {
    const child = launch(folder, port, options)
    const problem = await problemOf(child, folder.data, options.logFile)
    if (problem === null) return child
    if (!NOT_YET.test(problem) || Date.now() > deadline)
      throw new Error(`PostgreSQL did not start: ${problem}`)
  }
}

async function hasEnded(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const { promise, resolve } = Promise.withResolvers<void>()
  child.once('exit', () => resolve())
  await promise
}

const THROW_AWAY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

function launch(
  { ids, binaries, data }: PostgresFolder,
  port: number,
  options: EmbeddedPostgresOptions,
): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ...(options.durable === false ? THROW_AWAY : {}),
    ...options.settings,
  }
  const args = ['-D', data, '-p', String(port)]
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`)
  const log = options.logFile === undefined ? 'ignore' : openSync(options.logFile, 'a', 0o600)
  try {
    // A session of its own: Ctrl-C in the terminal must reach the launcher alone, which stops the server last.
    return spawn(path.join(binaries, 'bin', 'postgres'), args, {
      ...ids,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
      env: {},
    })
  } finally {
    if (typeof log === 'number') closeSync(log)
  }
}

/** Waits until the server is ready; otherwise says why it ended. */
async function problemOf(child: ChildProcess, data: string, logFile?: string): Promise<string | null> {
  const failure: { error?: Error } = {}
  child.once('error', (error) => (failure.error = error))
  const gone = (): boolean =>
    child.exitCode !== null || child.signalCode !== null || failure.error !== undefined
  if (await waitUntilReady(data, child.pid ?? 0, gone)) return null
  if (failure.error) return failure.error.message
  return logFile === undefined ? `exit ${child.exitCode ?? child.signalCode}` : lastWords(logFile)
}

function lastWords(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').trim().split('\n')
  return lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? ''
}
