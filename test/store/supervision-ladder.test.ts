import { readEvents } from '@hub/kit/event-log.ts'
import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { plusDays } from '@hub/kit/day.ts'
import { workingDaysBetween } from '@hub/kit/working-days.ts'
import { issueOrder } from '@hub/supervision/commands/order-commands.ts'
import { datesOf, inDutyHours } from '@hub/supervision/domain/ladder.ts'
import { policyOn } from '@hub/supervision/domain/policy.ts'
import { runDeadlines, runLadder } from '@hub/supervision/work/deadlines.ts'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { at, storyOf } from '../support/supervision-case.ts'
import { callerOf } from '../support/supervision-caller.ts'
import { openSupervision } from '../support/supervision-log.ts'

const database = await openTestDatabase('supervision')
const room = await openSupervision(database.url)
afterAll(room.close)
const db = room.supervision.orm
const calendar = chineseCalendar()
let serial = 0
let id = ''
let story = storyOf('')

/** A case due on Friday, 13 November 2026. */
beforeEach(async () => {
  serial += 1
  id = `a-${serial}`
  story = storyOf(`JN-20261102-${String(serial).padStart(6, '0')}`)
  await room.tell(
    story.registered('2026-11-02'),
    ...story.dispatched('2026-11-02', { [id]: 'JN-SWJ' }, '2026-11-13'),
  )
})

async function run(day: string, time?: string): Promise<void> {
  const now = at(day, time)
  await runDeadlines({ db, now })
  await runLadder({ db, now })
}

async function stepsTaken(): Promise<string[]> {
  const rows = await room.supervision.sql<{ step: string }[]>`
    select step || ' ' || mark as step from ladder_step where assignment = ${id} order by id`
  return rows.map(({ step }) => step)
}

async function stepsTold(): Promise<unknown[]> {
  const events = await readEvents(db, 'supervision', 0, 10_000)
  return events
    .filter(({ data }) => data['assignment'] === id)
    .map(({ kind, data }) => (kind === 'LadderStepTaken' ? data['step'] : kind))
}

describe('the ladder of supervision', () => {
  it('goes from reminder to written order, directive and circular, each step once (R66, R72, R82)', async () => {
    await run('2026-11-10')
    expect(await stepsTaken()).toEqual([])
    for (let day = '2026-11-11'; day <= '2026-12-05'; day = plusDays(day, 1)) {
      await run(day)
      await run(day, '15:00')
    }
    expect(await stepsTaken()).toEqual(['REMINDER YELLOW', 'WRITTEN RED', 'DIRECTIVE RED', 'CIRCULAR RED'])
    expect(await stepsTold()).toEqual(['REMINDER', 'SupervisionOrdered', 'DIRECTIVE', 'CIRCULAR'])
  })

  it('keeps to its marks in working days: two before, then five and ten after the date', async () => {
    await run('2026-11-11')
    expect(await stepsTaken()).toEqual(['REMINDER YELLOW'])
    await run('2026-11-19')
    expect(await stepsTaken()).toEqual(['REMINDER YELLOW', 'WRITTEN RED'])
    await run('2026-11-20')
    expect(await stepsTaken()).toHaveLength(3)
    await run('2026-11-26')
    expect(await stepsTaken()).toHaveLength(3)
    await run('2026-11-27')
    expect(await stepsTaken()).toHaveLength(4)
  })

  it('reminds in duty hours of working days only', async () => {
    for (const time of ['00:00', '08:29', '17:30', '23:59']) await run('2026-11-11', time)
    expect(await stepsTaken()).toEqual([])
    await run('2026-11-11', '08:30')
    expect(await stepsTaken()).toEqual(['REMINDER YELLOW'])
  })

  it('is left when the reply comes, and begins anew for the date of a redo (R70)', async () => {
    await run('2026-11-11')
    await room.tell(story.signedFor('2026-11-12', id, 'JN-SWJ'), story.replied('2026-11-12', id, 'JN-SWJ'))
    await run('2026-11-30')
    expect(await stepsTaken()).toEqual(['REMINDER YELLOW'])
    await room.tell(story.redo('2026-11-30', id, 'JN-SWJ', '2026-12-04'))
    await run('2026-12-02')
    await run('2026-12-07')
    expect(await stepsTaken()).toEqual(['REMINDER YELLOW', 'REMINDER YELLOW', 'WRITTEN RED'])
  })

  it('waits for the step before: without the written order there is no directive (R66)', async () => {
    await runLadder({ db, now: at('2026-11-20') })
    expect(await stepsTaken()).toEqual([])
  })

  it('counts the written order of a person, and the hub issues none beside it (R25, R66)', async () => {
    const now = at('2026-11-16')
    const supervision = {
      database: room.supervision,
      clock: () => now,
      calendar,
      personOf: () => '',
      ring: () => {},
    }
    const input = {
      kind: 'WRITTEN',
      subject: '逾期督办',
      departments: ['JN-SWJ'],
      caseNumber: `JN-20261102-${String(serial).padStart(6, '0')}`,
      assignment: id,
      requirement: '请回复。',
    } as const
    await issueOrder(supervision, callerOf('OFFICE'), input)
    await run('2026-11-20')
    expect(await stepsTaken()).toEqual(['WRITTEN RED', 'DIRECTIVE RED'])
    const orders = await room.supervision.sql`select from supervision_order where assignment = ${id}`
    expect(orders.length).toBe(1)
  })

  it('is climbed once when many look at once', async () => {
    await run('2026-11-16')
    await Promise.all(Array.from({ length: 6 }, () => runLadder({ db, now: at('2026-11-20') })))
    expect(await stepsTaken()).toEqual(['WRITTEN RED', 'DIRECTIVE RED'])
    expect(await stepsTold()).toEqual(['SupervisionOrdered', 'DIRECTIVE'])
  })
})

describe('the dates of a mark', () => {
  it.each(['2026-09-28', '2026-10-01', '2026-10-10', '2026-11-14', '2027-02-05'])(
    'are those whose working days agree, on %s',
    (today) => {
      for (const { after } of policyOn(today).ladder) {
        const { from, to } = datesOf({ after }, today, calendar)
        for (let day = plusDays(today, -30); day <= plusDays(today, 30); day = plusDays(day, 1)) {
          if (!calendar.isWorkingDay(day)) continue
          const reached =
            after < 0
              ? day >= today && workingDaysBetween(calendar, today, day) <= -after
              : day < today && workingDaysBetween(calendar, day, today) >= after
          expect([day, after, (from === null || day >= from) && day <= to]).toEqual([day, after, reached])
        }
      }
    },
  )

  it('are asked in duty hours by the clock of Shanghai, on a made-up working day too', () => {
    const hours = policyOn('2026-11-23').dutyHours
    expect(inDutyHours(at('2026-10-10', '09:00'), hours, calendar)).toBe(calendar.isWorkingDay('2026-10-10'))
    expect(inDutyHours(at('2026-10-01', '09:00'), hours, calendar)).toBe(false)
    expect(inDutyHours(at('2026-11-21', '09:00'), hours, calendar)).toBe(false)
  })
})
