import { readFileSync } from 'node:fs'
import process from 'node:process'
import type { Database } from '@hub/kit/postgres.ts'

/** Waits for a processor, which others on the machine cause: what a measurement is less. */
export interface Waits {
  /** Milliseconds since the last time that this process or one that works for it was ready and had no processor. */
  read(): number
}

/**
 * Counts the waits of this process and of the server processes of a database. Of several that worked at once only the
 * longest counts, so that rather too little is taken off; where the system keeps no such count, nothing is.
 */
export async function openWaits({ sql }: Database): Promise<Waits> {
  const rows = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity where datname = current_database()`
  const servers = rows.map(({ pid }) => pid)
  let last = servers.map(waited)
  let lastOwn = waited(process.pid)
  return {
    read() {
      const now = servers.map(waited)
      const own = waited(process.pid)
      const longest = Math.max(0, ...now.map((each, index) => each - (last[index] ?? 0)))
      const sum = own - lastOwn + longest
      last = now
      lastOwn = own
      return sum
    },
  }
}

/** How long a process (its first thread) has waited for a processor, as Linux counts it. */
function waited(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6
  } catch {
    return 0
  }
}
