import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { commandOf, endProcess, isAlive } from '../house/process-table.ts'

/** What `postmaster.pid` says of the server that runs (or ran) on a data folder. */
export interface Postmaster {
  pid: number
  port: number
  status: string
}

/** Reads `postmaster.pid`; null when there is none or it is not written to its end. */
export function findPostmaster(data: string): Postmaster | null {
  try {
    const lines = readFileSync(fileIn(data), 'utf8').split('\n')
    const [pid, port] = [Number(lines[0]), Number(lines[3])]
    return Number.isInteger(pid) && pid > 0 ? { pid, port, status: (lines[7] ?? '').trim() } : null
  } catch {
    return null
  }
}

/** Stops the server that a killed launcher left behind on a data folder, and waits until it is gone. */
export async function stopLeftoverPostmaster(data: string): Promise<void> {
  const found = findPostmaster(data)
  // The file of a dead server stays: PostgreSQL reads in it which memory must be free before a new one may start.
  if (!found || !isAlive(found.pid)) return
  if (commandOf(found.pid).includes('postgres')) await endProcess(found.pid, 'SIGINT', 20_000)
  // After a reboot the number may belong to a stranger, beside whom PostgreSQL would refuse to start.
  else rmSync(fileIn(data))
}

/** Waits until the server with this pid accepts connections; false when it has ended instead. */
export async function waitUntilReady(data: string, pid: number, gone: () => boolean): Promise<boolean> {
  while (!gone()) {
    const found = findPostmaster(data)
    if (found?.pid === pid && found.status === 'ready') return true
    await sleep(10)
  }
  return false
}

function fileIn(data: string): string {
  return path.join(data, 'postmaster.pid')
}
