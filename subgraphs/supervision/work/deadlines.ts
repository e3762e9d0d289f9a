import { setTimeout as wait } from 'node:timers/promises'
import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import type { Clock } from '@hub/kit/clock.ts'
import type { Logger } from '@hub/kit/log.ts'
import type { Database } from '@hub/kit/postgres.ts'
import type { Calendar } from '@hub/kit/working-days.ts'
import { superviseBreaches } from '../commands/supervise-breaches.ts'
import type { SupervisionOrder } from '../domain/order.ts'

export interface DeadlineRun {
  readonly db: Database['orm']
  readonly now: Date
  readonly calendar?: Calendar
  /** Breaches per transaction; the locks of a long list are not held at once. */
  readonly batch?: number
}

/** Supervises every breach that is open at an instant, once; answers the orders issued. */
export async function runDeadlines(run: DeadlineRun): Promise<SupervisionOrder[]> {
  const { db, now, calendar = chineseCalendar(), batch = 200 } = run
  const issued: SupervisionOrder[] = []
  for (;;) {
    const orders = await db.transaction((tx) => superviseBreaches(tx, { now, calendar, limit: batch }))
    issued.push(...orders)
    if (orders.length < batch) return issued
  }
}

export interface DeadlineOptions {
  readonly db: Database['orm']
  readonly clock: Clock
  readonly log: Logger
  /** Told after orders were issued and committed. */
  readonly onIssued: () => void
  readonly everyMs?: number
}

const STEP_MS = 500
const JUMP_MS = 60_000

/** Looks for breaches every 30 seconds, and at once when the hub's clock was moved forward. */
export function startDeadlines(options: DeadlineOptions): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const running = loop(options, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function loop(options: DeadlineOptions, signal: AbortSignal): Promise<void> {
  const { clock, everyMs = 30_000 } = options
  while (!signal.aborted) {
    const before = clock().getTime()
    await runOnce(options)
    for (let waited = 0; waited < everyMs && clock().getTime() - before < JUMP_MS; waited += STEP_MS)
      await wait(Math.min(STEP_MS, everyMs), undefined, { signal }).catch(() => (waited = everyMs))
  }
}

async function runOnce({ db, clock, log, onIssued }: DeadlineOptions): Promise<void> {
  try {
    const orders = await runDeadlines({ db, now: clock() })
    if (orders.length === 0) return
    log.info({ orders: orders.length }, 'written supervision issued')
    onIssued()
  } catch (error) {
    log.error({ err: error }, 'the deadlines could not be looked at; trying again')
  }
}
