import { setTimeout as sleep } from 'node:timers/promises'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { embeddedOptions, embeddedUrl } from './hub-database.ts'
import type { Watcher } from '../house/supervise.ts'

export interface DatabaseServer {
  readonly url: string
  pid(): number
  stop(): Promise<void>
}

/** Runs the embedded PostgreSQL of a data folder and starts it again, on the same port, whenever it dies. */
export async function superviseDatabase(
  dataFolder: string,
  port: number,
  watcher: Watcher,
): Promise<DatabaseServer> {
  const options = embeddedOptions(dataFolder, port)
  let server = await startEmbeddedPostgres(options)
  const stopping = new AbortController()
  watcher.onStarted('postgres', server.pid)
  const died = (how: string, delay: number): void =>
    watcher.onDied({ name: 'postgres', how, delay, logFile: options.logFile ?? '' })
  const done = keepRunning()

  async function keepRunning(): Promise<void> {
    for (;;) {
      await server.ended
      if (stopping.signal.aborted) return
      died('ended', 100)
      await sleep(100)
      if (!(await startAgain())) return
    }
  }

  // The sessions of a killed server live a moment longer, and until they have gone a new one refuses to start.
  async function startAgain(): Promise<boolean> {
    for (let delay = 100; !stopping.signal.aborted; delay = Math.min(delay * 2, 2_000)) {
      try {
        server = await startEmbeddedPostgres(options)
        watcher.onStarted('postgres', server.pid)
        return true
      } catch (error) {
        died(error instanceof Error ? error.message : String(error), delay)
        await sleep(delay)
      }
    }
    return false
  }

  return {
    url: embeddedUrl(server),
    pid: () => server.pid,
    async stop() {
      stopping.abort()
      await server.stop()
      await done
      // Started again in the very moment of stopping: it goes too.
      await server.stop()
    },
  }
}
