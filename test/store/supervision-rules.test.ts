import { importPolicy } from '@hub/cases/commands/import-policy.ts'
import { openDepartmentTree } from '@hub/cases/commands/department-tree.ts'
import { policies } from '@hub/cases/domain/policy.ts'
import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { openCipher } from '@hub/kit/crypt.ts'
import { appendEvents } from '@hub/kit/event-log.ts'
import { localLogSource } from '@hub/kit/follow-source.ts'
import { followOnce } from '@hub/kit/follow.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { addWorkingDays } from '@hub/kit/working-days.ts'
import { openRuleBook } from '@hub/supervision/commands/rule-book.ts'
import { cityPolicyOn, STANDING } from '@hub/supervision/domain/city-policy.ts'
import { rulesFollower } from '@hub/supervision/work/followers.ts'
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
const book = openRuleBook(supervision.orm, base)

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
  await follow()
}

async function follow(): Promise<void> {
  await followOnce(rulesFollower({ source: localLogSource(cases), database: supervision, log }))
  await book.reload()
}

const inCases = {
  database: cases,
  clock: () => at('2026-11-23'),
  calendar: base,
  cipher: openCipher(Buffer.alloc(32, 9).toString('base64url')),
  tree: openDepartmentTree(cases),
  ring: () => {},
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

describe('a policy that the cases room announces', () => {
  it('is there from the first: the standing rules of both rooms are the same (R8)', async () => {
    await follow()
    expect(book.policies()).toEqual([STANDING])
  })

  it('is what supervision reminds and orders by, in its city from its day (R8, R66)', async () => {
    const [source] = policies
    const stricter = { ...source, effectiveFrom: '2026-12-01', yellowWorkingDays: 4, redWorkingDays: 1 }
    await importPolicy(inCases, { ...stricter, city: 'JN', version: 'JN-2026-2', directiveWorkingDays: 2 })
    await importPolicy(inCases, { ...stricter, city: 'QD', version: 'QD-2026-1', dutyFrom: '09:00' })
    await follow()
    const of = (city: string, day: string) => cityPolicyOn(city, day, book.policies()).version
    expect(of('JN', '2026-11-30')).toBe('JN-2018-1')
    expect(of('JN', '2026-12-01')).toBe('JN-2026-2')
    expect(of('QD', '2026-12-01')).toBe('QD-2026-1')
    expect(of('XX', '2026-12-01')).toBe('JN-2018-1')
    expect(cityPolicyOn('JN', '2026-12-01', book.policies())).toMatchObject({
      yellowWorkingDays: 4,
      redWorkingDays: 1,
      directiveWorkingDays: 2,
      legalBasis: source.legalBasis.join('\n'),
    })
  })
})
