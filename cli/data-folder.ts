import { SettingError } from '@hub/kit/env.ts'
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import path from 'node:path'

/** The project's own folder. */
export const PROJECT = path.join(import.meta.dirname, '..')

/** Where the hub keeps its database, keys and logs: HUB_DATA, or `.hub-data` in the project. */
export function dataFolderOf(env: NodeJS.ProcessEnv): string {
  return path.resolve(env['HUB_DATA'] || path.join(PROJECT, '.hub-data'))
}

/** Where the programs of one hub keep their compiled code between starts. */
export function compileCacheOf(dataFolder: string): string {
  return path.join(dataFolder, 'compile-cache')
}

/** Makes the data folder and its parts, or says in one sentence why this user cannot. */
export function openDataFolder(env: NodeJS.ProcessEnv): string {
  const folder = dataFolderOf(env)
  try {
    makeFolder(folder, 0o711)
    if (readdirSync(folder).length === 0) letPass(folder)
    for (const part of ['keys', 'log']) makeFolder(path.join(folder, part), 0o700)
    for (const part of ['.', 'keys', 'log'])
      accessSync(path.join(folder, part), constants.W_OK | constants.X_OK)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new SettingError(
      `HUB_DATA: ${folder} cannot be written by the user ${userName()} (${code}); set HUB_DATA to a folder that can, for example HUB_DATA=~/hub-data.`,
    )
  }
  return folder
}

// Under root, PostgreSQL runs as another user and has to pass through; what is private has folders of its own.
// Only a folder that is new to the hub is opened so: one that holds other things keeps the mode its owner gave it.
function letPass(folder: string): void {
  const { uid, mode } = statSync(folder)
  if (process.getuid?.() === 0 && uid === 0) chmodSync(folder, mode | 0o011)
}

// One by one: Node's recursive mkdir never returns where the system answers ENOENT to every try, as under /proc.
function makeFolder(folder: string, mode: number): void {
  if (existsSync(folder)) return
  makeFolder(path.dirname(folder), mode)
  mkdirSync(folder, { mode })
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? '?')
  }
}
