import { readFileSync } from 'node:fs'
import path from 'node:path'
import { checkDatabase } from './check-database.ts'
import { openDataFolder } from '../data-folder.ts'
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded-postgres.ts'
import { launchSettings } from '../house/launch-settings.ts'
import { findHolder } from '../house/lock.ts'
import { findPostmaster } from './postmaster.ts'

/** The database of a hub, for a command that needs it for a while. */
export interface HubDatabase {
  url: string
  /** Stops what was started for the command; a server that ran before runs on. */
  stop(): Promise<void>
}

/** How the embedded server of a data folder is started, by the launcher and by single commands alike. */
export function embeddedOptions(dataFolder: string, port?: number): EmbeddedPostgresOptions {
  return {
    folder: path.join(dataFolder, 'postgres'),
    logFile: path.join(dataFolder, 'log', 'postgres.log'),
    settings: { log_timezone: 'Asia/Shanghai', timezone: 'Asia/Shanghai', max_connections: '200' },
    ...(port === undefined ? {} : { port }),
  }
}

/** The address of the hub's database on an embedded server. */
export function embeddedUrl(server: EmbeddedPostgres): string {
  return server.url('postgres')
}

/** The database of this environment: DATABASE_URL, the one of the running hub, or the embedded one started for now. */
export async function openHubDatabase(env: NodeJS.ProcessEnv): Promise<HubDatabase> {
  const { DATABASE_URL } = launchSettings(env)
  if (DATABASE_URL !== undefined) {
    await checkDatabase(DATABASE_URL)
    return { url: DATABASE_URL, stop: async () => {} }
  }
  const dataFolder = openDataFolder(env)
  const running = findRunning(dataFolder)
  if (running !== null) return { url: running, stop: async () => {} }
  const server = await startEmbeddedPostgres(embeddedOptions(dataFolder))
  return { url: embeddedUrl(server), stop: () => server.stop() }
}

function findRunning(dataFolder: string): string | null {
  if (!findHolder(dataFolder)) return null
  const folder = path.join(dataFolder, 'postgres')
  const postmaster = findPostmaster(path.join(folder, 'data'))
  if (postmaster?.status !== 'ready') return null
  const password = readFileSync(path.join(folder, 'password'), 'utf8').trim()
  return `postgres://hub:${password}@127.0.0.1:${postmaster.port}/postgres`
}
