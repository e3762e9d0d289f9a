import { roomEnvironment, type Site } from './programs.ts'

/** How much of the sample a hub begins with. */
export type SampleExtent = 'everything' | 'reference' | 'nothing'

/** Loads as much of the sample as is asked for into a database that has none yet. */
export async function loadSampleOnce(
  site: Site,
  env: NodeJS.ProcessEnv,
  extent: SampleExtent,
  say: (line: string) => void,
): Promise<void> {
  if (extent === 'nothing') return
  const { loadReference, loadSample } = await import('./load-sample.ts')
  const options = {
    databaseUrl: site.databaseUrl,
    env: roomEnvironment(site, env, 'cases'),
    onProgress: say,
  }
  await (extent === 'everything' ? loadSample(options) : loadReference(options))
}
