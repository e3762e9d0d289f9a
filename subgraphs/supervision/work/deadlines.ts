import { setTimeout as sleep } from 'node:timers/promises'
import { runUntilStopped, type Background } from '@hub/kit/background.ts'
import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import type { Clock } from '@hub/kit/clock.ts'
import { dayOf } from '@hub/kit/day.ts'
import type { Logger } from '@hub/kit/log.ts'
import type { Database } from '@hub/kit/postgres.ts'
import type { Calendar } from '@hub/kit/working-days.ts'
import type { RuleBook } from '../commands/rule-book.ts'
import type { CityPolicy } from '../domain/city-policy.ts'
import { climbLadder, stepsDue } from '../commands/climb-ladder.ts'
import { superviseBreaches } from '../commands/supervise-breaches.ts'
import type { SupervisionOrder } from '../domain/order.ts'
import { runTopics } from './topics.ts'

export interface DeadlineRun {
  readonly db: Database['orm']
  readonly now: Date
  /** Until when the log of cases is known in full; now, when absent. Only dates before it are breaches for certain. */
  readonly knownUntil?: Date
  readonly calendar?: Calendar
  /** Policies of cities; the source's own rules, when absent. */
  readonly policies?: readonly CityPolicy[]
  /** Breaches per transaction; the locks of a long list are not held at once. */
  readonly batch?: number
}

/** Supervises every breach that is open at an instant, once; answers the orders issued (R66 R67). */
export async function runDeadlines(run: DeadlineRun): Promise<SupervisionOrder[]> {
  const { db, now, knownUntil = now, calendar = chineseCalendar(), policies = [], batch: limit = 200 } = run
  const today = dayOf(knownUntil)
  const issued: SupervisionOrder[] = []
  for (;;) {
    const orders = await db.transaction((tx) =>
      superviseBreaches(tx, { now, today, calendar, policies, limit }),
    )
    issued.push(...orders)
    if (orders.length < limit) return issued
  }
}

/** Takes every step of the ladder that is reached at an instant, each once per date; answers how many. */
export async function runLadder(run: DeadlineRun): Promise<number> {
  const { db, now, knownUntil = now, calendar = chineseCalendar(), policies = [], batch: limit = 200 } = run
  const today = dayOf(knownUntil)
  let count = 0
  for (const rung of stepsDue(now, calendar, policies))
    for (;;) {
      const taken = await db.transaction((tx) => climbLadder(tx, rung, { now, today, calendar, limit }))
      count += taken
      if (taken < limit) break
    }
  return count
}

export interface DeadlineOptions {
  readonly db: Database['orm']
  readonly clock: Clock
  readonly log: Logger
  readonly knownUntil: () => Date | null
  /** Told after orders were issued and committed. */
  readonly onIssued: () => void
  readonly everyMs?: number
  /** What is counted by, read anew before each look. */
  readonly book?: RuleBook
}

const STEP_MS = 500

/** Looks for breaches every 30 seconds, and at once when a new day is known, be it that the clock was moved. */
export function startDeadlines(options: DeadlineOptions): Background {
  return runUntilStopped((signal) => loop(options, signal))
}

async function loop(options: DeadlineOptions, signal: AbortSignal): Promise<void> {
  const { everyMs = 30_000, knownUntil } = options
  let lastDay = ''
  let nextAt = 0
  while (!signal.aborted) {
    const known = knownUntil()
    if (known && (dayOf(known) !== lastDay || Date.now() >= nextAt)) {
      const isNewDay = dayOf(known) !== lastDay
      lastDay = dayOf(known)
      nextAt = Date.now() + everyMs
      await runOnce(options, known)
      if (isNewDay) await lookForTopics(options, known)
    }
    await sleep(STEP_MS, undefined, { signal }).catch(() => {})
  }
}

async function runOnce({ db, clock, log, onIssued, book }: DeadlineOptions, knownUntil: Date): Promise<void> {
  try {
    await book?.reload()
    const run = {
      db,
      now: clock(),
      knownUntil,
      ...(book ? { calendar: book.calendar, policies: book.policies() } : {}),
    }
    const orders = await runDeadlines(run)
    const steps = await runLadder(run)
    if (orders.length + steps === 0) return
    log.info({ orders: orders.length, steps }, 'supervision issued')
    onIssued()
  } catch (error) {
    log.error({ err: error }, 'the deadlines could not be looked at; trying again')
  }
}

async function lookForTopics({ db, log, onIssued }: DeadlineOptions, knownUntil: Date): Promise<void> {
  try {
    const topics = await runTopics(db, knownUntil)
    if (topics.length === 0) return
    log.info({ topics: topics.length }, 'hot topics proposed')
    onIssued()
  } catch (error) {
    log.error({ err: error }, 'hot topics could not be looked for; trying again tomorrow')
  }
}
