import { randomBytes } from 'node:crypto'
import type { Logger } from './log.ts'
import type { Database } from './postgres.ts'

/**
 * Tells other processes that streams have news. It is only ever a hint: a lost ring costs the second until the
 * next look at the counters, never an event.
 */
export interface Doorbell {
  /** To be called after the commit, never inside the transaction: a NOTIFY there would queue all commits behind it. */
  ring(streams: readonly string[]): void
  stop(): Promise<void>
}

export interface DoorbellOptions {
  readonly database: Database
  readonly log: Logger
  /** Called with the streams that were rung, or null when any may have news: after a (re)connection. */
  readonly onRing: (streams: readonly string[] | null) => void
}

const GATHER_MS = 5
/** NOTIFY takes 7,999 bytes; a longer list is sent as "any". */
const LONGEST = 7_000
const ANY = '*'

/** Listens for rings of other processes and sends this process's own, at most one each few milliseconds. */
export function openDoorbell({ database, log, onRing }: DoorbellOptions): Doorbell {
  const self = randomBytes(6).toString('hex')
  const waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let rangAt = 0
  let stopped = false

  const send = async (): Promise<void> => {
    const list = [...waiting].join(' ')
    waiting.clear()
    rangAt = performance.now()
    const payload = `${self} ${Buffer.byteLength(list) > LONGEST ? ANY : list}`
    await database.sql`select pg_notify('hub_log_' || current_schema(), ${payload})`.catch(
      (error: unknown) => {
        log.debug({ err: error }, 'the doorbell could not ring; the poll will find the events')
      },
    )
    timer = undefined
    if (waiting.size > 0) arm()
  }
  const arm = (): void => {
    if (stopped) return
    // After a quiet while at once: only what follows closely is gathered.
    timer ??= setTimeout(() => void send(), Math.max(0, rangAt + GATHER_MS - performance.now()))
  }
  const heard = (payload: string): void => {
    const [sender, ...streams] = payload.split(' ')
    if (sender !== self) onRing(streams[0] === ANY ? null : streams)
  }
  const listening = listen(database, heard, () => onRing(null)).catch((error: unknown) => {
    log.warn({ err: error }, 'the doorbell is not heard; the poll finds the events')
  })

  return {
    ring(streams) {
      for (const stream of streams) waiting.add(stream)
      if (waiting.size > 0) arm()
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      const tooLong = new Promise<undefined>((resolve) => setTimeout(resolve, 500, undefined).unref())
      await Promise.race([listening.then((line) => line?.unlisten()).catch(() => {}), tooLong])
    },
  }
}

/** The driver listens on a connection of its own and takes it up again after a break. */
async function listen(database: Database, heard: (payload: string) => void, joined: () => void) {
  const [row] = await database.sql<{ channel: string }[]>`select 'hub_log_' || current_schema() as channel`
  return database.sql.listen(row?.channel ?? '', heard, joined)
}
