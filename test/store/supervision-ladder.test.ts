import { readEvents } from '@hub/kit/event-log.ts'
import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { plusDays } from '@hub/kit/day.ts'
import { workingDaysBetween } from '@hub/kit/working-days.ts'
import { issueOrder } from '@hub/supervision/commands/order-commands.ts'
import { STANDING } from '@hub/supervision/domain/city-policy.ts'
import { datesOf, inDutyHours, ladderOf } from '@hub/supervision/domain/ladder.ts'
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
    expect(await stepsTaken()).toEqual([
      'REMINDER YELLOW',
      'FINAL_REMINDER RED',
      'WRITTEN RED',
      'DIRECTIVE RED',
      'CIRCULAR RED',
    ])
    expect(await stepsTold()).toEqual([
      'REMINDER',
      'FINAL_REMINDER',
      'SupervisionOrdered',
      'DIRECTIVE',
      'CIRCULAR',
    ])
  })

  it('keeps to its marks in working days: two before, then on the day, then five and ten after', async () => {
    await run('2026-11-12')
    expect(await stepsTaken()).toEqual(['REMINDER YELLOW'])
    await run('2026-11-13')
    expect(await stepsTaken()).toEqual(['REMINDER YELLOW', 'FINAL_REMINDER RED'])
    await run('2026-11-19')
    expect(await stepsTaken()).toHaveLength(3)
    await run('2026-11-20')
    expect(await stepsTaken()).toHaveLength(4)
    await run('2026-11-26')
    expect(await stepsTaken()).toHaveLength(4)
    await run('2026-11-27')
    expect(await stepsTaken()).toHaveLength(5)
  })

  it('goes by the marks of the policy that made the date, not by those of another (R8)', async () => {
    const early = { ...STANDING, city: 'QD', version: 'QD-1', yellowWorkingDays: 5, redWorkingDays: 3 }
    const policies = [STANDING, { ...early, dutyFrom: '13:00' }]
    const theirs = `b-${serial}`
    await room.tell(
      story.dispatched('2026-11-02', { [theirs]: 'JN-CGJ' }, '2026-11-13', { policyVersion: 'QD-1' }),
    )
    const steps = async (day: string, time: string): Promise<string[]> => {
      await runLadder({ db, now: at(day, time), policies })
      const rows = await room.supervision.sql<{ taken: string }[]>`
        select step || ' ' || mark || ' ' || policy_version as taken from ladder_step
        where assignment in ${room.supervision.sql([id, theirs])} and calendar_version is not null order by id`
      return rows.map(({ taken }) => taken)
    }
    expect(await steps('2026-11-06', '09:00')).toEqual([])
    expect(await steps('2026-11-06', '14:00')).toEqual(['REMINDER YELLOW QD-1'])
    expect(await steps('2026-11-10', '14:00')).toHaveLength(2)
    expect(await steps('2026-11-11', '14:00')).toEqual([
      'REMINDER YELLOW QD-1',
      'FINAL_REMINDER RED QD-1',
      'REMINDER YELLOW JN-2018-1',
    ])
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
      policies: () => [],
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

const within = (days: number, [least, most]: readonly [number, number]): boolean =>
  least <= days && days <= most

describe('the dates of a mark', () => {
  it.each(['2026-09-28', '2026-10-01', '2026-10-10', '2026-11-14', '2027-02-05'])(
    'are those whose working days agree, on %s',
    (today) => {
      for (const { when } of ladderOf({ ...policyOn(today), yellowWorkingDays: 4, redWorkingDays: 1 })) {
        const { from, to } = datesOf({ when }, today, calendar)
        for (let day = plusDays(today, -30); day <= plusDays(today, 30); day = plusDays(day, 1)) {
          if (!calendar.isWorkingDay(day)) continue
          const reached =
            'left' in when
              ? day >= today && within(workingDaysBetween(calendar, today, day), when.left)
              : day < today && workingDaysBetween(calendar, day, today) >= when.late
          expect([day, when, (from === null || day >= from) && day <= to]).toEqual([day, when, reached])
        }
      }
    },
  )

  it('are asked in duty hours by the clock of Shanghai, on a made-up working day too', () => {
    const hours = policyOn('2026-11-23')
    expect(inDutyHours(at('2026-10-10', '09:00'), hours, calendar)).toBe(calendar.isWorkingDay('2026-10-10'))
    expect(inDutyHours(at('2026-10-01', '09:00'), hours, calendar)).toBe(false)
    expect(inDutyHours(at('2026-11-21', '09:00'), hours, calendar)).toBe(false)
  })
})
