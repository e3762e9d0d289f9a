import { SettingError } from '@hub/kit/env.ts'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { commandOf, endProcess, isAlive } from './process-table.ts'

/** What `hub.pid` holds: the launcher and every process it started. */
interface Holder {
  pid: number
  url: string
  children: Record<string, number>
}

/** The right to run a hub on a data folder. */
export interface Lock {
  /** Notes a process of this launcher, so that the next one can stop it should this one be killed. */
  note(name: string, pid: number): void
  release(): void
}

/** The launcher that runs on a data folder now; null when there is none. */
export function findHolder(folder: string): Holder | null {
  const holder = readHolder(fileIn(folder))
  return holder && isLauncher(holder.pid) ? holder : null
}

/** Takes the data folder, or says who has it. What a killed launcher left running is stopped first. */
export async function takeLock(folder: string, url: string): Promise<Lock> {
  const file = fileIn(folder)
  const holder: Holder = { pid: process.pid, url, children: {} }
  while (!create(file, holder)) {
    const other = readHolder(file)
    if (other && isLauncher(other.pid)) throw alreadyRunning(folder, other)
    const stale = `${file}.${process.pid}`
    renameSync(file, stale)
    for (const [name, pid] of Object.entries(other?.children ?? {})) await stopLeftover(name, pid)
    rmSync(stale)
  }
  return {
    note(name, pid) {
      holder.children[name] = pid
      writeFileSync(`${file}.new`, JSON.stringify(holder), { mode: 0o600 })
      renameSync(`${file}.new`, file)
    },
    release: () => rmSync(file, { force: true }),
  }
}

async function stopLeftover(name: string, pid: number): Promise<void> {
  if (!isAlive(pid)) return
  const command = commandOf(pid)
  const ours = command.includes(`${name}${path.sep}server.ts`) || command.includes(`hub.ts ${name}`)
  if (ours) await endProcess(pid, 'SIGTERM', 5_000)
}

function create(file: string, holder: Holder): boolean {
  try {
    writeFileSync(file, JSON.stringify(holder), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

function isLauncher(pid: number): boolean {
  return pid !== process.pid && isAlive(pid) && commandOf(pid).includes('hub.ts')
}

function alreadyRunning(folder: string, { pid, url }: Holder): SettingError {
  return new SettingError(
    `HUB_DATA: ${folder} is in use by the hub at ${url} (process ${pid}); stop that one, or set HUB_DATA and PORT for a second one.`,
  )
}

function fileIn(folder: string): string {
  return path.join(folder, 'hub.pid')
}
