import { appendEvents, type LoggedEvent, type NewEvent } from '@hub/kit/event-log.ts'
import { openLog } from '@hub/kit/log.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { randomUUID } from 'node:crypto'

export const silent = openLog('test', 'silent')

/** An event as the log takes it. */
export function anEvent(stream: string, data: NewEvent['data'] = {}): NewEvent {
  return { stream, eventId: randomUUID(), kind: 'TRIED', at: new Date(), data }
}

/** Appends that many events to a stream, each in a transaction of its own. */
export async function append(database: Database, stream: string, count: number): Promise<LoggedEvent[]> {
  const logged: LoggedEvent[] = []
  for (let index = 0; index < count; index++) {
    logged.push(...(await database.orm.transaction((tx) => appendEvents(tx, [anEvent(stream)]))))
  }
  return logged
}

/** Appends many events to a stream in one transaction. */
export function appendMany(database: Database, stream: string, count: number): Promise<LoggedEvent[]> {
  return database.orm.transaction((tx) =>
    appendEvents(
      tx,
      Array.from({ length: count }, () => anEvent(stream)),
    ),
  )
}

/** What is wrong with what one reader received of one stream, measured against what was acknowledged to the writers. */
export function faultsOf(
  received: readonly { eventId: string; seq: number }[],
  acknowledged: readonly string[],
): { lost: number; twice: number; disordered: number; gaps: number } {
  const ids = received.map((event) => event.eventId)
  const seen = new Set(ids)
  let disordered = 0
  let gaps = 0
  for (const [index, event] of received.entries()) {
    const before = received[index - 1]
    if (before && event.seq <= before.seq) disordered++
    if (before && event.seq > before.seq + 1) gaps++
  }
  return {
    lost: acknowledged.filter((id) => !seen.has(id)).length,
    twice: ids.length - seen.size,
    disordered,
    gaps,
  }
}

export const FAULTLESS = { lost: 0, twice: 0, disordered: 0, gaps: 0 }
