import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { PROJECT } from '../data-folder.ts'

/** A program of the hub, run by the command that production uses. */
export interface Program {
  name: string
  /** What Node runs: the file and its arguments. */
  args: readonly string[]
  env: NodeJS.ProcessEnv
  logFile: string
}

export interface Supervised {
  readonly name: string
  /** The process that runs now. */
  pid(): number
  /** Stops it gracefully and starts it again. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export interface Watcher {
  onStarted(name: string, pid: number): void
  /** It ended by itself and is started again after `delay` ms. */
  onDied(death: Death): void
}

export interface Death {
  name: string
  /** Exit code or signal, or why it could not be started. */
  how: string
  delay: number
  logFile: string
}

const FIRST_DELAY = 100
const LONGEST_DELAY = 5_000
const STEADY_MS = 10_000
const PATIENCE_MS = 10_000

/** Runs a program and starts it again whenever it dies, at first after 0.1 s, then after twice as long each time. */
export function supervise(program: Program, watcher: Watcher): Supervised {
  const stopping = new AbortController()
  let child = launch(program)
  let restarting = false
  watcher.onStarted(program.name, child.pid ?? 0)
  const done = keepRunning()

  async function keepRunning(): Promise<void> {
    for (let delay = FIRST_DELAY; ;) {
      const since = Date.now()
      const how = await ended(child)
      if (stopping.signal.aborted) return
      if (Date.now() - since > STEADY_MS) delay = FIRST_DELAY
      if (!restarting) {
        watcher.onDied({ name: program.name, how, delay, logFile: program.logFile })
        await sleep(delay, undefined, { signal: stopping.signal }).catch(() => {})
        if (stopping.signal.aborted) return
        delay = Math.min(delay * 2, LONGEST_DELAY)
      }
      restarting = false
      child = launch(program)
      watcher.onStarted(program.name, child.pid ?? 0)
    }
  }

  return {
    name: program.name,
    pid: () => child.pid ?? 0,
    async restart() {
      restarting = true
      await end(child)
    },
    async stop() {
      stopping.abort()
      await end(child)
      await done
    },
  }
}

function launch({ args, env, logFile }: Program): ChildProcess {
  const log = openSync(logFile, 'a', 0o600)
  try {
    // A session of its own keeps Ctrl-C for the launcher; the channel tells the child when the launcher is gone.
    return spawn(process.execPath, [...args], {
      cwd: PROJECT,
      env,
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    })
  } finally {
    closeSync(log)
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
  child.kill('SIGTERM')
  await ended(child)
  clearTimeout(timer)
}

async function ended(child: ChildProcess): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const say = (): void => resolve(child.signalCode ?? `exit ${child.exitCode}`)
  if (child.exitCode !== null || child.signalCode !== null) say()
  else {
    child.once('exit', say)
    child.once('error', (error) => resolve(error.message))
  }
  return await promise
}
