import { setFlagsFromString } from 'node:v8'
import { SettingError } from './env.ts'

/** Something that serves until it is stopped. */
export interface Running {
  readonly url: string
  /** How long stopping may take; whoever has not stopped by then is ended. */
  readonly stopsWithinMs?: number
  stop(): Promise<void>
}

/**
 * Runs a server as a process: a wrong setting is one sentence and exit 1; SIGTERM, SIGINT and the end of the parent
 * that holds its IPC channel stop it.
 */
export async function runMain(
  name: string,
  start: (env: NodeJS.ProcessEnv) => Promise<Running>,
): Promise<void> {
  expectYouth()
  const running = await start(process.env).catch((error: unknown) => fail(name, error))
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), running.stopsWithinMs ?? 10_000).unref()
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(name, error),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  if (process.send) {
    process.on('disconnect', stop)
    process.send({ ready: running.url })
  }
}

/**
 * What outlived a few collections once, while many requests were under way, V8 goes on to make old from the start: it then
 * keeps all that is put into it, buffers of answers for one, until the whole heap is collected. What a server makes for a
 * request does not last.
 */
function expectYouth(): void {
  setFlagsFromString('--no-allocation-site-pretenuring')
}

function fail(name: string, error: unknown): never {
  const sentence =
    error instanceof SettingError
      ? error.message
      : (listenProblem(error) ?? (error instanceof Error ? error.stack : String(error)))
  process.stderr.write(`${name}: ${sentence}\n`)
  process.exit(1)
}

/** Why nothing can listen where it was told to, as one sentence, or null. */
export function listenProblem(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  if (error.code === 'EADDRNOTAVAIL' && 'address' in error)
    return `HOST: this machine has no address ${String(error.address)}; 127.0.0.1 is itself, 0.0.0.0 all it has.`
  if (error.code === 'ENOTFOUND' && 'hostname' in error)
    return `HOST: nobody knows a machine called ${String(error.hostname)}; 127.0.0.1 is this one, 0.0.0.0 all its addresses.`
  if (!('port' in error)) return null
  if (error.code === 'EADDRINUSE')
    return `port ${String(error.port)} is in use; stop what listens there or set another port.`
  if (error.code === 'EACCES')
    return `port ${String(error.port)} may not be opened by this user; set a port above 1023.`
  return null
}
