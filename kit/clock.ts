import { readFileSync } from 'node:fs'

/** The domain's time. Tokens and signatures never use it: they live in real time. */
export type Clock = () => Date

/**
 * The clock of a process: system time, or, when HUB_CLOCK names a file, system time plus the milliseconds
 * written in that file, so that a demonstration can let weeks pass. A file that cannot be read counts as 0.
 */
export function openClock(env: NodeJS.ProcessEnv): Clock {
  const file = env['HUB_CLOCK']
  if (!file) return () => new Date()
  return () => new Date(Date.now() + offsetIn(file))
}

function offsetIn(file: string): number {
  try {
    const offset = Number(readFileSync(file, 'utf8'))
    return Number.isFinite(offset) ? offset : 0
  } catch {
    return 0
  }
}
