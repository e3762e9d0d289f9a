import { importCalendar } from '@hub/cases/commands/import-calendar.ts'
import { importPolicy } from '@hub/cases/commands/import-policy.ts'
import { readCalendarFile } from '@hub/cli/calendar-file.ts'
import { readPolicyFile } from '@hub/cli/policy-file.ts'
import { plusDays } from '@hub/kit/day.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { clerk, office, openDesk, operator, WATER } from '../support/cases-desk.ts'

const desk = await openDesk()
const { ask, register, dispatch, moveTo, database, room, taskOf, toldOf, done } = desk

const span = (from: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => plusDays(from, index))

/** As a notice may look: invented, with New Year on Friday and a long Spring Festival that is made up for. */
const notice = JSON.stringify({
  version: '示例〔2026〕1号',
  holidays: [
    ...span('2027-01-01', 3),
    ...span('2027-02-05', 8),
    '2027-04-05',
    ...span('2027-05-01', 5),
    '2027-06-09',
    '2027-09-15',
    ...span('2027-10-01', 7),
  ],
  workdays: ['2027-01-30', '2027-02-14'],
})

const [provisional, plain] = [{ number: '' }, { number: '' }]

beforeAll(async () => {
  moveTo('2026-12-22T09:00:00+08:00')
  provisional.number = await register()
  await dispatch(provisional.number)
  moveTo('2026-11-02T09:00:00+08:00')
  plain.number = await register()
  await dispatch(plain.number)
})

const datesOf = async (number: string) => {
  const [row] = await database.sql`
    select due_on, due_provisional, cap_on, cap_provisional, policy_version, calendar_version from assignment where case_number = ${number}`
  return row
}

describe('a holiday notice that arrives', () => {
  it('makes provisional dates certain, moves them, and tells the unit; others stay (R59, R61)', async () => {
    const before = await datesOf(provisional.number)
    const untouched = await datesOf(plain.number)
    expect(before).toMatchObject({ due_on: '2026-12-31', due_provisional: false, cap_provisional: true })
    const taken = await importCalendar(room, readCalendarFile('n.json', notice, 2027), 'n.json', 'test')
    expect(taken).toEqual({ changed: true, moved: 1 })
    const after = await datesOf(provisional.number)
    expect(after).toMatchObject({ due_on: '2026-12-31', cap_provisional: false, policy_version: 'JN-2018-1' })
    expect(after?.['cap_on']).not.toBe(before?.['cap_on'])
    expect(after?.['calendar_version']).toBe(`${String(before?.['calendar_version'])}+2027@示例〔2026〕1号`)
    expect(await toldOf(`department:${WATER}`, provisional.number)).toEqual(['ISSUED', 'DUE_MOVED'])
    expect(await datesOf(plain.number)).toEqual(untouched)
  })

  it('is told on a stream once, and a second time nothing happens', async () => {
    const again = await importCalendar(room, readCalendarFile('n.json', notice, 2027), 'n.json', 'test')
    expect(again).toEqual({ changed: false, moved: 0 })
    const rows = await database.sql`select kind, data from event where stream = 'calendar'`
    expect(rows).toMatchObject([
      {
        kind: 'CalendarAnnounced',
        data: { year: 2027, version: '示例〔2026〕1号', workdays: '2027-01-30,2027-02-14' },
      },
    ])
  })

  it('counts from then on: make-up days are worked, and nothing is provisional (R59)', async () => {
    const asked = '{ workingDay(after: "2027-01-29", days: 1) { on provisional } }'
    expect((await ask(operator, asked)).data?.['workingDay']).toEqual({
      on: '2027-01-30',
      provisional: false,
    })
    const over = '{ workingDay(after: "2027-02-04", days: 1) { on provisional } }'
    expect((await ask(operator, over)).data?.['workingDay']).toEqual({ on: '2027-02-14', provisional: false })
  })

  it.each([
    ['2027-10-01', (text: string) => text.replace('"2027-10-01",', '')],
    ['worked anyway', (text: string) => text.replace('2027-02-14', '2027-02-16')],
    ['twice', (text: string) => text.replace('2027-04-05', '2027-05-01')],
    ['no day', (text: string) => text.replace('2027-04-05', '2027-02-30')],
    ['not of 2027', (text: string) => text.replace('2027-04-05', '2028-04-05')],
  ])('is refused when it is not whole: %s', async (problem, spoil) => {
    const spoiled = readCalendarFile('n.json', spoil(notice), 2027)
    const refused = importCalendar(room, spoiled, 'n.json', 'test').catch((error: unknown) => error)
    expect(await refused).toMatchObject({ code: 'CALENDAR_UNFIT' })
    expect(JSON.stringify(await refused)).toContain(problem)
  })
})

describe('a file of a notice', () => {
  it('is read from CSV and iCalendar as from JSON', () => {
    const csv = 'date,kind,name\n2027-01-01,HOLIDAY,元旦\n2027-01-30,班,春节调休\n'
    const days = [
      { day: '2027-01-01', kind: 'HOLIDAY', name: '元旦' },
      { day: '2027-01-30', kind: 'WORKDAY', name: '春节调休' },
    ]
    expect(readCalendarFile('a.csv', csv, 2027).days).toEqual(days)
    const event = (from: string, before: string, summary: string): string =>
      `BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:${from}\r\nDTEND;VALUE=DATE:${before}\r\nSUMMARY:${summary}\r\nEND:VEVENT\r\n`
    const ics = `BEGIN:VCALENDAR\r\n${event('20270101', '20270103', '元旦 休')}${event('20270130', '20270131', '春节 班')}END:VCALENDAR`
    expect(readCalendarFile('a.ics', ics, 2027).days.map(({ day, kind }) => [day, kind])).toEqual([
      ['2027-01-01', 'HOLIDAY'],
      ['2027-01-02', 'HOLIDAY'],
      ['2027-01-30', 'WORKDAY'],
    ])
    expect(() => readCalendarFile('a.txt', '', 2027)).toThrow('.json, .csv or .ics')
  })
})

/** As a file of a city may say it. */
const policyFrom = (own: object) =>
  readPolicyFile(
    'p.json',
    JSON.stringify({
      city: 'JN',
      version: 'JN-2026-2',
      effectiveFrom: '2026-12-01',
      legalBasis: ['示例规则'],
      replyWorkingDays: 5,
      capWorkingDays: 15,
      ...own,
    }),
  )
const inJinan = policyFrom({ yellowWorkingDays: 3, dutyFrom: '09:00' })

describe('a policy', () => {
  it('is in force from its day, in its city alone, and reaches back to no deadline (R8)', async () => {
    moveTo('2026-11-30T09:00:00+08:00')
    expect(await importPolicy(room, inJinan)).toBe(true)
    await importPolicy(room, policyFrom({ city: 'QD', version: 'QD-2026-1', replyWorkingDays: 3 }))
    moveTo('2026-12-02T09:00:00+08:00')
    const number = await register()
    await dispatch(number)
    expect(await datesOf(number)).toMatchObject({
      due_on: '2026-12-09',
      cap_on: '2026-12-23',
      policy_version: 'JN-2026-2',
    })
    expect(await datesOf(plain.number)).toMatchObject({ policy_version: 'JN-2018-1', due_on: '2026-11-11' })
    const on = async (day: string) =>
      (
        await ask(operator, 'query ($on: Date) { policy(on: $on) { version replyWorkingDays legalBasis } }', {
          on: day,
        })
      ).data?.['policy']
    expect(await on('2026-11-30')).toMatchObject({ version: 'JN-2018-1', replyWorkingDays: 7 })
    expect(await on('2026-12-01')).toEqual({
      version: 'JN-2026-2',
      replyWorkingDays: 5,
      legalBasis: ['示例规则'],
    })
  })

  it('is told on a stream once, whole, and never rewritten (R8)', async () => {
    expect(await importPolicy(room, inJinan)).toBe(false)
    const told = await database.sql<{ data: object }[]>`
      select data from event where stream = 'policy' and data->>'version' = 'JN-2026-2'`
    expect(told.map(({ data }) => data)).toEqual([
      expect.objectContaining({
        city: 'JN',
        effectiveFrom: '2026-12-01',
        legalBasis: '示例规则',
        replyWorkingDays: 5,
        yellowWorkingDays: 3,
        redWorkingDays: 0,
        dutyFrom: '09:00',
      }),
    ])
    const rewritten = database.sql`update policy set yellow_working_days = 5 where version = 'JN-2026-2'`
    await expect(rewritten).rejects.toThrow('append only')
  })

  it.each([
    ['effectiveFrom', { version: 'x', effectiveFrom: '2026-12-02' }],
    ['not after the last', { version: 'x', effectiveFrom: '2026-12-01', city: 'QD' }],
    ['twice', { version: 'JN-2018-1', effectiveFrom: '2027-01-01' }],
    ['replyWorkingDays', { version: 'x', effectiveFrom: '2027-01-01', replyWorkingDays: 16 }],
    ['redWorkingDays', { version: 'x', effectiveFrom: '2027-01-01', redWorkingDays: 3 }],
    ['circularWorkingDays', { version: 'x', effectiveFrom: '2027-01-01', circularWorkingDays: 5 }],
    ['dutyFrom', { version: 'x', effectiveFrom: '2027-01-01', dutyTo: '07:00' }],
    ['city', { version: 'x', effectiveFrom: '2027-01-01', city: 'jn' }],
  ])('is refused when it could not be worked by, or would reach back: %s (R8)', async (problem, own) => {
    moveTo(problem.startsWith('not after') ? '2026-11-30T09:00:00+08:00' : '2026-12-02T09:00:00+08:00')
    const refused = await importPolicy(room, policyFrom(own)).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'POLICY_UNFIT' })
    expect(JSON.stringify(refused)).toContain(problem)
  })

  it('in a file that names what it does not know, or leaves out its basis, is not read (R8)', () => {
    expect(() => policyFrom({ replyDays: 5 })).toThrow('replyDays')
    expect(() => policyFrom({ legalBasis: [] })).toThrow('legalBasis')
    expect(() => readPolicyFile('p.json', '{')).toThrow('p.json')
  })

  it('that came later does not move a date that an earlier one made (R8, R61)', async () => {
    moveTo('2026-11-02T09:00:00+08:00')
    const assignment = await taskOf(plain.number)
    await done(clerk(WATER), 'signForAssignment', { assignment })
    await done(clerk(WATER), 'requestExtension', { assignment, until: '2026-12-14', reason: '需协调' })
    await done(office, 'decideExtension', { assignment, grant: true, reason: '同意' })
    expect(await datesOf(plain.number)).toMatchObject({ due_on: '2026-12-14', cap_on: '2026-12-14' })
  })
})
