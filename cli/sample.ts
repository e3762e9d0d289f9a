import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { roomEnvironment, type Site } from './programs.ts'

/** What loads the sample data into a database that has none yet; does nothing where they already are. */
export type LoadSample = (options: {
  databaseUrl: string
  /** The environment a subgraph of this site runs in, keys included. */
  env: NodeJS.ProcessEnv
  onProgress: (line: string) => void
}) => Promise<unknown>

/** Calls `loadSample` of `cli/load-sample.ts`. */
export async function loadSampleOnce(
  site: Site,
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<void> {
  const file = path.join(import.meta.dirname, 'load-sample.ts')
  if (!existsSync(file)) return
  const module: { loadSample: LoadSample } = await import(pathToFileURL(file).href)
  await module.loadSample({
    databaseUrl: site.databaseUrl,
    env: roomEnvironment(site, env, 'cases'),
    onProgress: say,
  })
}
