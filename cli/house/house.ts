import { migrate } from '@hub/migrations/migrate.ts'
import { ROOMS } from '@hub/migrations/rooms.ts'
import { checkDatabase } from '../database/check-database.ts'
import { followLogs } from './child-logs.ts'
import { openDataFolder } from '../data-folder.ts'
import { superviseDatabase } from '../database/database-server.ts'
import { openJournal, type Journal } from '../journal.ts'
import { openKeys, type Keys } from '../keys.ts'
import { launchSettings, type LaunchSettings } from './launch-settings.ts'
import { takeLock } from './lock.ts'
import { getGatewayPort, keepPorts } from './ports.ts'
import { gatewayProgram, roomPrograms, type SignIn, type Site } from './programs.ts'
import { loadSampleOnce, type SampleExtent } from '../sample/load-once.ts'
import { supervise, type Supervised } from './supervise.ts'
import { waitForReady } from './wait-for-ready.ts'

/** A whole hub that runs: database, subgraphs and gateway. */
export interface House {
  readonly url: string
  readonly dataFolder: string
  readonly keys: Keys
  /** False when the site's own sign-in does. */
  readonly signsTokens: boolean
  /** Process numbers by name, as of now. */
  pids(): Record<string, number>
  /** Stops one program gracefully and starts it again. */
  restart(name: string): Promise<void>
  /** Gateway first, then the subgraphs, the database last. */
  stop(): Promise<void>
}

export interface HouseOptions {
  env: NodeJS.ProcessEnv
  /** What to load into an empty database: the whole sample, its organisations and articles alone, or nothing. */
  sample: SampleExtent
  /** One line about what is being done, or what went wrong with a program. */
  say: (line: string) => void
  /** Aborted to give up while the house is still starting. */
  signal: AbortSignal
}

/** Starts everything in order and waits until the gateway is ready; a failure on the way stops what already runs. */
export async function startHouse({ env, sample, say, signal }: HouseOptions): Promise<House> {
  const settings = launchSettings(env)
  const dataFolder = openDataFolder(env)
  if (settings.DATABASE_URL !== undefined) await checkDatabase(settings.DATABASE_URL)
  const url = addressOf(settings.HOST, await getGatewayPort(settings.PORT, settings.HOST))
  const lock = await takeLock(dataFolder, url.href.slice(0, -1))
  await using opened = new AsyncDisposableStack()
  opened.defer(() => lock.release())
  const journal = openJournal(lock, say)

  const keys = withGiven(await openKeys(dataFolder), settings)
  const signIn = signInOf(settings)
  const ports = await keepPorts(dataFolder, [...ROOMS, 'postgres'])
  const databaseUrl = await openDatabaseServer({
    settings,
    dataFolder,
    port: ports['postgres'] ?? 0,
    journal,
    opened,
  })
  signal.throwIfAborted()
  await migrate(databaseUrl, { onApplied: (room, file) => say(`建表 · migrated ${room}: ${file}`) })
  const gateway = { host: settings.HOST, port: Number(url.port) }
  const site: Site = { dataFolder, databaseUrl, keys, signIn, ports, gateway }
  await loadSampleOnce({ site, env, extent: sample, say, signal })
  signal.throwIfAborted()

  say('启动子图与网关 · starting the subgraphs and the gateway')
  const programs = startPrograms(site, env, journal, opened)
  const ready = new URL('health/ready', url)
  await waitForReady(ready, { signal, hopeless: () => journal.hopeless(), say })
  journal.settle()

  const everything = opened.move()
  return {
    url: url.href.slice(0, -1),
    dataFolder,
    keys,
    signsTokens: signIn === null,
    pids: () => ({ launcher: process.pid, ...journal.pids }),
    restart: async (name) => await programs.get(name)?.restart(),
    stop: () => everything.disposeAsync(),
  }
}

interface DatabaseStart {
  settings: LaunchSettings
  dataFolder: string
  port: number
  journal: Journal
  opened: AsyncDisposableStack
}

async function openDatabaseServer(start: DatabaseStart): Promise<string> {
  const { settings, dataFolder, port, journal, opened } = start
  if (settings.DATABASE_URL !== undefined) return settings.DATABASE_URL
  journal.say('启动数据库 · starting PostgreSQL')
  const server = await superviseDatabase(dataFolder, port, journal)
  opened.defer(() => server.stop())
  return server.url
}

function startPrograms(
  site: Site,
  env: NodeJS.ProcessEnv,
  journal: Journal,
  opened: AsyncDisposableStack,
): ReadonlyMap<string, Supervised> {
  const rooms = roomPrograms(site, env)
  const gateway = gatewayProgram(site, env)
  const logs = followLogs([...rooms, gateway], journal.say)
  opened.defer(() => logs.stop())
  const running = rooms.map((program) => supervise(program, journal))
  opened.defer(async () => void (await Promise.all(running.map((program) => program.stop()))))
  const door = supervise(gateway, journal)
  opened.defer(() => door.stop())
  return new Map([...running, door].map((program) => [program.name, program]))
}

function withGiven(keys: Keys, { HUB_CALLER_KEY, HUB_DATA_KEY }: LaunchSettings): Keys {
  return { ...keys, callerKey: HUB_CALLER_KEY ?? keys.callerKey, dataKey: HUB_DATA_KEY ?? keys.dataKey }
}

function signInOf({ JWKS_URL, JWKS_FILE }: LaunchSettings): SignIn | null {
  if (JWKS_URL !== undefined) return { JWKS_URL }
  return JWKS_FILE === undefined ? null : { JWKS_FILE }
}

function addressOf(host: string, port: number): URL {
  const everywhere = host === '0.0.0.0' || host === '::'
  return new URL(`http://${everywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`)
}
