import { lastWords } from './house/child-logs.ts'
import type { Lock } from './house/lock.ts'
import type { Watcher } from './house/supervise.ts'

const HOPELESS = 3

/** What the launcher knows of its programs: their numbers, and how often each died before the house was ready. */
export interface Journal extends Watcher {
  readonly pids: Readonly<Record<string, number>>
  readonly say: (line: string) => void
  /** One sentence about a program that dies again and again while starting; null as long as there is hope. */
  hopeless(): string | null
  /** The house is ready: from now on a program that dies is only started again. */
  settle(): void
}

/** Opens the journal of one start; it also keeps `hub.pid` up to date. */
export function openJournal(lock: Lock, say: (line: string) => void): Journal {
  const pids: Record<string, number> = {}
  const deaths = new Map<string, number>()
  let verdict: string | null = null
  return {
    pids,
    say,
    onStarted(name, pid) {
      pids[name] = pid
      lock.note(name, pid)
    },
    onDied({ name, how, delay, logFile }) {
      const count = (deaths.get(name) ?? 0) + 1
      deaths.set(name, count)
      say(`[${name}] 已退出，重新启动 · ended (${how}); starts again in ${delay} ms`)
      if (count >= HOPELESS)
        verdict ??= `${name} does not start: ${lastWords(logFile) || how} (log: ${logFile})`
    },
    hopeless: () => verdict,
    settle() {
      deaths.clear()
      verdict = null
    },
  }
}
