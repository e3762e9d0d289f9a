import { followersOf } from '@hub/cases/work/followers.ts'
import { openDepartmentTree } from '@hub/cases/commands/department-tree.ts'
import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { localLogSource } from '@hub/kit/follow-source.ts'
import { followOnce } from '@hub/kit/follow.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { answerOrder, closeOrder, issueOrder } from '@hub/supervision/commands/order-commands.ts'
import { runDeadlines, runLadder } from '@hub/supervision/work/deadlines.ts'
import { afterAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { at, storyOf } from '../support/supervision-case.ts'
import { callerOf } from '../support/supervision-caller.ts'
import { openSupervision } from '../support/supervision-log.ts'

const database = await openTestDatabase('supervision')
const room = await openSupervision(database.url)
const cases = openDatabase({ url: database.url, room: 'cases', max: 4 })
afterAll(async () => {
  await cases.close()
  await room.close()
})

const log = openLog('test', 'silent')
const source = localLogSource(room.supervision)
const followers = followersOf(
  { departments: source, knowledge: source, supervision: source },
  { database: cases, tree: openDepartmentTree(cases), log },
).filter(({ name }) => name === 'supervision')

const supervision = {
  database: room.supervision,
  clock: () => at('2026-11-23'),
  calendar: chineseCalendar(),
  policies: () => [],
  personOf: () => '',
  ring: () => {},
}
const office = callerOf('OFFICE')
const NUMBER = 'JN-20261102-000001'
const order = {
  kind: 'SPECIAL',
  subject: '专项督办',
  departments: ['JN-SWJ'],
  caseNumber: NUMBER,
  assignment: 'a',
  requirement: '请报送方案。',
} as const

async function openInCases(): Promise<number> {
  for (const follower of followers) await followOnce(follower)
  const [row] = await cases.sql<{ open: number }[]>`
    select count(*)::int as open from supervision_ref where case_number = ${NUMBER} and status <> 'CLOSED'
      and assignment_id is null`
  return row?.open ?? -1
}

describe('what supervision tells the cases room', () => {
  it('keeps a case open while an order of a person stands, and not longer (R29)', async () => {
    const story = storyOf(NUMBER)
    await room.tell(
      story.registered('2026-11-02'),
      ...story.dispatched('2026-11-02', { a: 'JN-SWJ' }, '2026-12-01'),
    )
    const id = await issueOrder(supervision, office, order)
    expect(await openInCases()).toBe(1)
    await answerOrder(supervision, callerOf('DEPARTMENT', 'JN-SWJ'), { order: id, text: '已办。' })
    expect(await openInCases()).toBe(1)
    await closeOrder(supervision, office, { order: id, outcome: 'SETTLED', opinion: '到位' })
    expect(await openInCases()).toBe(0)
  })

  it('stumbles over nothing else: steps of the ladder, and orders on no case (R26, R66)', async () => {
    await issueOrder(supervision, office, {
      ...order,
      caseNumber: null,
      assignment: null,
      subject: '全市专项',
    })
    await runLadder({ db: room.supervision.orm, now: at('2026-11-30') })
    await runDeadlines({ db: room.supervision.orm, now: at('2026-11-30') })
    expect(await openInCases()).toBe(0)
    const told = await room.supervision.sql`select from event where kind = 'LadderStepTaken'`
    expect(told.length).toBe(1)
    const skipped = await cases.sql`select from skipped_event where source = 'supervision'`
    expect(skipped.length).toBe(0)
  })
})
