import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { appendEvents } from '@hub/kit/event-log.ts'
import { localLogSource } from '@hub/kit/follow-source.ts'
import { followOnce } from '@hub/kit/follow.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { addWorkingDays } from '@hub/kit/working-days.ts'
import { openCalendarBook } from '@hub/supervision/commands/calendar-book.ts'
import { calendarFollower } from '@hub/supervision/work/followers.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { at } from '../support/supervision-case.ts'

const { url } = await openTestDatabase('supervision')
const cases = openDatabase({ url, room: 'cases', max: 2 })
const supervision = openDatabase({ url, room: 'supervision', max: 2 })
afterAll(async () => {
  await Promise.all([cases.close(), supervision.close()])
})
const log = openLog('test', 'silent')
const base = chineseCalendar()
const book = openCalendarBook(supervision.orm, base)

async function announce(holidays: string, workdays: string, version: string): Promise<void> {
  const data = { year: 2027, version, holidays, workdays }
  const event = {
    stream: 'calendar',
    eventId: randomUUID(),
    kind: 'CalendarAnnounced',
    at: at('2026-11-23'),
    data,
  }
  await cases.orm.transaction((tx) => appendEvents(tx, [event]))
  await followOnce(calendarFollower({ source: localLogSource(cases), database: supervision, log }))
  await book.reload()
}

describe('a calendar that the cases room announces', () => {
  it('is what supervision counts working days by, without a restart (R59, R66)', async () => {
    const { calendar } = book
    expect(addWorkingDays(calendar, '2026-12-31', 3).provisional).toBe(true)
    await announce('2027-01-01,2027-01-04', '2027-01-09', '一号')
    expect(addWorkingDays(calendar, '2026-12-31', 3)).toEqual({ on: '2027-01-07', provisional: false })
    expect(calendar.isWorkingDay('2027-01-09')).toBe(true)
    expect(calendar.version).toBe(`${base.version}+2027@一号`)
    expect(calendar.isWorkingDay('2026-10-01')).toBe(false)
  })

  it('is replaced by a later announcement of the same year', async () => {
    await announce('2027-01-01', '', '二号')
    expect(addWorkingDays(book.calendar, '2026-12-31', 3)).toEqual({ on: '2027-01-06', provisional: false })
    expect(book.calendar.isWorkingDay('2027-01-09')).toBe(false)
  })
})
