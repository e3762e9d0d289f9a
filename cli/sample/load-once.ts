import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { PROJECT } from '../data-folder.ts'
import { StartFailed } from '../failure.ts'
import { roomEnvironment, type Site } from '../house/programs.ts'
import { isLoadDue } from './mark.ts'

/** How much of the sample a hub begins with. */
export type SampleExtent = 'everything' | 'reference' | 'nothing'

interface SampleStart {
  site: Site
  env: NodeJS.ProcessEnv
  extent: SampleExtent
  say: (line: string) => void
  signal: AbortSignal
}

/** Loads as much of the sample as is asked for into a database that has none yet. */
export async function loadSampleOnce({ site, env, extent, say, signal }: SampleStart): Promise<void> {
  if (extent === 'nothing' || !(await isLoadDue(site.databaseUrl))) return
  const room = roomEnvironment(site, env, 'cases')
  if (extent === 'everything') return await loadApart({ ...room, HUB_DATA: site.dataFolder }, say, signal)
  const { loadReference } = await import('./load-sample.ts')
  await loadReference({ databaseUrl: site.databaseUrl, env: room, onProgress: say })
}

// A process of its own (`hub load`): what a load takes of memory, the launcher would keep as long as it runs.
async function loadApart(
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const child = spawn(process.execPath, [path.join(PROJECT, 'cli', 'hub.ts'), 'load'], {
    cwd: PROJECT,
    env,
    signal,
    // A group of its own keeps Ctrl-C for the launcher, which then ends it.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let latest = ''
  createInterface(child.stderr).on('line', (line) => {
    latest = line
    say(line)
  })
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  child.once('error', reject)
  child.once('close', resolve)
  const code = await promise
  if (code !== 0) throw new StartFailed(`the sample data could not be loaded (${code}): ${latest}`)
}
