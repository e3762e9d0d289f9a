import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const FAST = 10
const PATIENCE_MS = 20_000

/** What `postmaster.pid` says of the server that runs (or ran) on a data folder. */
export interface Postmaster {
  pid: number
  port: number
  status: string
}

/** Reads `postmaster.pid`; null when there is none or it is not written to its end. */
export function findPostmaster(data: string): Postmaster | null {
  try {
    const lines = readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')
    const [pid, port] = [Number(lines[0]), Number(lines[3])]
    return Number.isInteger(pid) && pid > 0 ? { pid, port, status: (lines[7] ?? '').trim() } : null
  } catch {
    return null
  }
}

/** Stops the server that a killed launcher left behind on a data folder, and waits until it is gone. */
export async function stopLeftoverPostmaster(data: string): Promise<boolean> {
  const found = findPostmaster(data)
  if (!found) return false
  const lives = isPostgres(found.pid)
  if (lives) {
    process.kill(found.pid, 'SIGINT')
    const deadline = Date.now() + PATIENCE_MS
    while (isPostgres(found.pid)) {
      if (Date.now() > deadline) process.kill(found.pid, 'SIGQUIT')
      await sleep(FAST)
    }
  }
  // After a reboot the pid may belong to a stranger: PostgreSQL would refuse to start beside it.
  if (existsSync(path.join(data, 'postmaster.pid'))) rmSync(path.join(data, 'postmaster.pid'))
  return lives
}

/** Waits until the server with this pid accepts connections; `gone` says that it ended instead. */
export async function waitUntilReady(data: string, pid: number, gone: () => boolean): Promise<boolean> {
  while (!gone()) {
    const found = findPostmaster(data)
    if (found?.pid === pid && found.status === 'ready') return true
    await sleep(FAST)
  }
  return false
}

function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  return /postgres/.test(commandOf(pid)) && !/zombie|defunct/.test(commandOf(pid))
}

function commandOf(pid: number): string {
  if (process.platform === 'linux') {
    try {
      if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return 'zombie'
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    } catch {
      return ''
    }
  }
  // Windows has no ps: a living process with that pid is taken for the server.
  if (process.platform === 'win32') return 'postgres'
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
  } catch {
    return ''
  }
}
