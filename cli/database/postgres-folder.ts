import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import {
  digest,
  findUnprivileged,
  getPostgresFolder,
  isReachable,
  ROOT_PLACE,
  type Ids,
} from './postgres-binaries.ts'

/** A database folder made ready: who runs it, where its binaries and data are, and the superuser's password. */
export interface PostgresFolder {
  ids: Ids
  binaries: string
  data: string
  password: string
}

/** Makes the folder of an embedded PostgreSQL: `data`, made once by initdb, and `password` (0600). */
export async function openPostgresFolder(folder: string, durable: boolean): Promise<PostgresFolder> {
  const place = reachablePlace(path.resolve(folder))
  const ids = findUnprivileged(place)
  makeFolder(place, ids)
  const binaries = getPostgresFolder(ids)
  const data = path.join(place, 'data')
  const passwordFile = path.join(place, 'password')
  if (!existsSync(data)) await initialise({ binaries, data, passwordFile, ids, durable })
  return { ids, binaries, data, password: readFileSync(passwordFile, 'utf8').trim() }
}

// Root's project may lie in a folder closed to others (/root): the data then stand in root's own open place, by a link.
function reachablePlace(folder: string): string {
  const parent = path.dirname(folder)
  const ids = findUnprivileged(folder)
  if (ids.uid === undefined || isReachable(parent, ids.uid)) return folder
  const elsewhere = path.join(ROOT_PLACE, `data-${digest(folder)}`)
  mkdirSync(parent, { recursive: true })
  mkdirSync(ROOT_PLACE, { recursive: true, mode: 0o755 })
  if (!lstatSync(folder, { throwIfNoEntry: false })) {
    // The folder was removed by hand: what stands elsewhere is what was meant to go.
    rmSync(elsewhere, { recursive: true, force: true })
    symlinkSync(elsewhere, folder)
  }
  return elsewhere
}

function makeFolder(folder: string, ids: Ids): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  give(folder, ids)
}

function give(target: string, { uid, gid }: Ids): void {
  if (uid !== undefined && gid !== undefined) chownSync(target, uid, gid)
}

interface Initialisation {
  binaries: string
  data: string
  passwordFile: string
  ids: Ids
  durable: boolean
}

// initdb writes beside the final name, so that a killed initdb never passes for a database.
async function initialise({ binaries, data, passwordFile, ids, durable }: Initialisation): Promise<void> {
  const half = `${data}.new`
  rmSync(half, { recursive: true, force: true })
  writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  give(passwordFile, ids)
  const args = ['-D', half, '-U', 'hub', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
  // With the locale C, pg_trgm finds nothing in Chinese.
  args.push('-E', 'UTF8', '--locale=C.UTF-8', ...(durable ? [] : ['--no-sync']))
  await run(path.join(binaries, 'bin', 'initdb'), args, ids)
  renameSync(half, data)
}

async function run(program: string, args: string[], ids: Ids): Promise<void> {
  const child = spawn(program, args, { ...ids, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], env: {} })
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  child.once('error', reject)
  child.once('close', resolve)
  const code = await promise
  if (code !== 0) throw new Error(`${path.basename(program)} failed (${code}): ${said.trim()}`)
}
