import type { Caller } from '@hub/kit/caller.ts'
import { appendEvents } from '@hub/kit/event-log.ts'
import { newId } from '@hub/kit/id.ts'
import type { Notice } from '../domain/announced-calendar.ts'
import { requireNotice } from '../domain/notice.ts'
import { decideRecomputeDue } from '../domain/recompute-due.ts'
import { CALENDAR_STREAM } from '../domain/stream-names.ts'
import { listNotices, listProvisionalCases, saveNotice } from '../store/rules.ts'
import type { Room } from './room.ts'
import { forgetRules } from './rules.ts'
import { changeCase } from './run.ts'

/** What an import came to. */
export interface ImportedCalendar {
  /** False when the very same notice was imported before. */
  readonly changed: boolean
  /** How many cases had a date that moved or is certain now. */
  readonly moved: number
}

/** Takes a year's holiday notice in, says so on a stream, and computes anew what was provisional (decision 8). */
export async function importCalendar(
  room: Room,
  given: Notice,
  source: string,
  by: string,
): Promise<ImportedCalendar> {
  requireNotice(given)
  const { year, version } = given
  const days = given.days
    .map(({ day, kind, name }) => ({ day, kind, name }))
    .toSorted((one, other) => (one.day < other.day ? -1 : 1))
  const notice: Notice = { year, version, days }
  const changed = await room.database.orm.transaction(async (tx) => {
    const before = (await listNotices(tx)).find((one) => one.year === year)
    if (JSON.stringify(before) === JSON.stringify(notice)) return false
    await saveNotice(tx, notice, { source, importedAt: room.clock(), importedBy: by })
    const data = { year, version, ...daysOf(notice) }
    const event = { eventId: newId(), kind: 'CalendarAnnounced', at: room.clock(), data }
    await appendEvents(tx, [{ stream: CALENDAR_STREAM, ...event }])
    return true
  })
  if (changed) room.ring([CALENDAR_STREAM])
  forgetRules(room.database)
  return { changed, moved: await recomputeProvisional(room, notice, by) }
}

/** The days themselves: whoever follows the stream needs nothing else. */
function daysOf({ days }: Notice): { readonly holidays: string; readonly workdays: string } {
  const listed = (wanted: string): string =>
    days.flatMap(({ day, kind }) => (kind === wanted ? [day] : [])).join(',')
  return { holidays: listed('HOLIDAY'), workdays: listed('WORKDAY') }
}

const BATCH = 200

/** Computes every provisional date anew by the calendar as it is now; each that moves is told to its unit. */
async function recomputeProvisional(room: Room, { year, version }: Notice, by: string): Promise<number> {
  const caller = operatorOf(by)
  const pass = newId()
  let moved = 0
  for (let after = ''; ;) {
    const numbers = await listProvisionalCases(room.database.orm, after, BATCH)
    for (const number of numbers) {
      // Each pass is one of its own: what it found before says nothing of now.
      const request = { operation: 'recomputeDue', input: { year, version, pass }, subject: number }
      await changeCase(room, caller, request, number, (state, context) => {
        const events = decideRecomputeDue(state, context)
        if (events.length > 0) moved += 1
        return events
      })
    }
    const last = numbers.at(-1)
    if (last === undefined || numbers.length < BATCH) return moved
    after = last
  }
}

function operatorOf(subject: string): Caller {
  const nobody = { attributes: {}, scopes: [], locale: 'zh-CN', requestId: newId(), expiresAt: 0 } as const
  return { ...nobody, subject, role: 'SUBGRAPH' }
}
