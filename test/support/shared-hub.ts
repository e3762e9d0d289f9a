import { PROJECT } from '@hub/cli/data-folder.ts'
import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { inject } from 'vitest'
import { clientOf, hubEnvironment, type HubClient, type ReadyLine } from './hub.ts'
import { waitUntil } from './wait-until.ts'

const PATIENCE_MS = 90_000

/**
 * One hub with the sample data for all files of the run that only talk to it: the first starts it, the end of the run
 * stops it. Who kills parts of a hub starts one of their own (`startTestHub`).
 */
export async function openSharedHub(): Promise<HubClient> {
  const folder = inject('sharedHubFolder')
  const [readyFile, logFile] = [path.join(folder, 'ready.json'), path.join(folder, 'launcher.log')]
  if (isFirst(folder)) launch(folder, readyFile, logFile)
  await waitUntil(() => hasLine(readyFile) || hasFailed(folder, logFile), PATIENCE_MS)
  if (!hasLine(readyFile)) throw new Error(`the shared hub did not start:\n${readFileSync(logFile, 'utf8')}`)
  const ready: ReadyLine = JSON.parse(readFileSync(readyFile, 'utf8'))
  return await clientOf(ready)
}

function isFirst(folder: string): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  try {
    mkdirSync(path.join(folder, 'wanted'))
    return true
  } catch {
    return false
  }
}

function launch(folder: string, readyFile: string, logFile: string): void {
  const [out, err] = [openSync(readyFile, 'w'), openSync(logFile, 'w')]
  const child = spawn(process.execPath, [path.join(PROJECT, 'cli', 'hub.ts'), 'start', '--json'], {
    env: hubEnvironment(folder),
    cwd: PROJECT,
    // It outlives the file that started it.
    detached: true,
    stdio: ['ignore', out, err],
  })
  child.once('exit', () => mkdirSync(path.join(folder, 'failed'), { recursive: true }))
  child.unref()
  closeSync(out)
  closeSync(err)
}

function hasLine(file: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8').endsWith('\n')
}

function hasFailed(folder: string, logFile: string): boolean {
  return existsSync(path.join(folder, 'failed')) && existsSync(logFile)
}
