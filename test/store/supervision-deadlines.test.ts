import { readEvents } from '@hub/kit/event-log.ts'
import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { superviseBreaches } from '@hub/supervision/commands/supervise-breaches.ts'
import { listOrdersOfAssignments } from '@hub/supervision/store/orders.ts'
import { runDeadlines } from '@hub/supervision/work/deadlines.ts'
import { afterAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { at, storyOf } from '../support/supervision-case.ts'
import { openSupervision } from '../support/supervision-log.ts'

const database = await openTestDatabase('supervision')
const room = await openSupervision(database.url)
const db = room.supervision.orm
const calendar = chineseCalendar()
const now = at('2026-11-12')
afterAll(room.close)

const ordersOn = (assignment: string) => listOrdersOfAssignments(db, [assignment])
const eventsOf = async (assignment: string) =>
  (await readEvents(db, 'supervision', 0, 1000)).filter(({ data }) => data['assignment'] === assignment)

let serial = 0
/** A case dispatched on 2 November, due on the 11th. */
async function dispatched(...departments: string[]) {
  serial += 1
  const number = `JN-20261102-${String(serial).padStart(6, '0')}`
  const story = storyOf(number)
  const ids = Object.fromEntries(departments.map((code, index) => [`${number}-${index}`, code]))
  await room.tell(story.registered('2026-11-02'), story.dispatched('2026-11-02', ids, '2026-11-11'))
  return { story, number, id: `${number}-0`, ids: Object.keys(ids) }
}

describe('the deadlines', () => {
  it('are quiet while the date lasts', async () => {
    const { id } = await dispatched('JN-SWJ')
    await runDeadlines({ db, now: at('2026-11-11', '23:59') })
    expect(await ordersOn(id)).toEqual([])
  })

  it('issue a written supervision with number, basis, requirement, date and event (R66 R67)', async () => {
    const { id, number } = await dispatched('JN-SWJ')
    const orders = await runDeadlines({ db, now: at('2026-11-12', '00:00') })
    expect(orders.map(({ assignment }) => assignment)).toContain(id)
    const [order] = await ordersOn(id)
    expect(order).toMatchObject({
      kind: 'WRITTEN',
      caseNumber: number,
      department: 'JN-SWJ',
      breachOn: '2026-11-11',
      dueOn: '2026-11-17',
      status: 'ISSUED',
    })
    expect(order?.documentNumber).toMatch(/^督〔2026〕\d{6}号$/)
    const [event] = await eventsOf(id)
    expect(event).toMatchObject({
      kind: 'SupervisionOrdered',
      data: { order: order?.id, case: number, dueOn: '2026-11-17' },
    })
  })

  it('supervise a breach once, however often they run (R66)', async () => {
    const { id } = await dispatched('JN-CGJ')
    for (const day of ['2026-11-12', '2026-11-12', '2026-11-20', '2026-12-01'])
      await runDeadlines({ db, now: at(day) })
    expect(await ordersOn(id)).toHaveLength(1)
    expect(await eventsOf(id)).toHaveLength(1)
  })

  it('close the order when the reply comes, with an event for each step', async () => {
    const { id, story } = await dispatched('JN-SWJ')
    await runDeadlines({ db, now: at('2026-11-12') })
    await room.tell(story.replied('2026-11-13', id, 'JN-SWJ'))
    expect(await ordersOn(id)).toMatchObject([{ status: 'ANSWERED', answeredAt: at('2026-11-13', '17:00') }])
    await room.tell(story.accepted('2026-11-14', id, 'JN-SWJ'))
    expect(await ordersOn(id)).toMatchObject([{ status: 'CLOSED', outcome: 'REPLY_ACCEPTED' }])
    expect((await eventsOf(id)).map(({ kind }) => kind)).toEqual([
      'SupervisionOrdered',
      'SupervisionAnswered',
      'SupervisionClosed',
    ])
  })

  it('take a missed redo date for a breach of its own (R70)', async () => {
    const { id, story } = await dispatched('JN-SWJ')
    await runDeadlines({ db, now: at('2026-11-12') })
    await room.tell(
      story.replied('2026-11-13', id, 'JN-SWJ'),
      story.redo('2026-11-16', id, 'JN-SWJ', '2026-11-20'),
    )
    await runDeadlines({ db, now: at('2026-11-20') })
    expect(await ordersOn(id)).toMatchObject([{ status: 'CLOSED', outcome: 'REDO' }])
    await runDeadlines({ db, now: at('2026-11-21') })
    await runDeadlines({ db, now: at('2026-11-22') })
    expect(await ordersOn(id)).toMatchObject([
      { breachOn: '2026-11-11' },
      { breachOn: '2026-11-20', status: 'ISSUED' },
    ])
  })

  it('follow an extension, and ask for nothing where no reply is required (R59 R60)', async () => {
    const { id, story } = await dispatched('JN-SWJ')
    await room.tell(story.extended('2026-11-10', id, 'JN-SWJ', '2026-11-25'))
    const quiet = storyOf('JN-20261102-900001')
    await room.tell(
      quiet.registered('2026-11-02'),
      quiet.dispatched('2026-11-02', { quiet: 'JN-SWJ' }, '2026-11-11', { replyRequired: false }),
    )
    await runDeadlines({ db, now: at('2026-11-25') })
    expect([...(await ordersOn(id)), ...(await ordersOn('quiet'))]).toEqual([])
  })

  it('take a date that was moved back and forth for one breach, and never stumble over it', async () => {
    const { id, story } = await dispatched('JN-SWJ')
    for (const [day, dueOn] of [
      ['2026-11-12', '2026-11-13'],
      ['2026-11-14', '2026-11-20'],
      ['2026-11-15', '2026-11-11'],
    ] as const) {
      await runDeadlines({ db, now: at(day) })
      await room.tell(story.extended(day, id, 'JN-SWJ', dueOn))
    }
    await runDeadlines({ db, now: at('2026-11-16') })
    expect(await ordersOn(id)).toMatchObject([
      { breachOn: '2026-11-11', outcome: 'DEADLINE_MOVED' },
      { breachOn: '2026-11-13', outcome: 'DEADLINE_MOVED' },
    ])
  })

  it('issue no second order while one is open, though a suspended case passes its cap (R61)', async () => {
    const { id, story } = await dispatched('JN-SWJ')
    await runDeadlines({ db, now: at('2026-11-12') })
    await room.tell(story.suspended('2026-11-13'))
    await runDeadlines({ db, now: at('2027-01-05') })
    expect(await ordersOn(id)).toMatchObject([{ breachOn: '2026-11-11', status: 'ISSUED' }])
  })

  it('issue nothing beyond what is known of the log: the reply may be on its way', async () => {
    const { id } = await dispatched('JN-SWJ')
    await runDeadlines({ db, now: at('2026-11-13'), knownUntil: at('2026-11-11', '23:00') })
    expect(await ordersOn(id)).toEqual([])
    await runDeadlines({ db, now: at('2026-11-13'), knownUntil: at('2026-11-12', '00:00') })
    expect(await ordersOn(id)).toHaveLength(1)
  })
})

describe('the log that supervision writes', () => {
  it('holds no sentence and no person', async () => {
    const events = await readEvents(db, 'supervision', 0, 1000)
    const keys = new Set(events.flatMap(({ data }) => Object.keys(data)))
    expect([...keys].toSorted()).toEqual(
      [
        'assignment',
        'case',
        'department',
        'departments',
        'documentNumber',
        'dueOn',
        'kind',
        'order',
        'outcome',
        'status',
      ].toSorted(),
    )
  })

  it('is appended in the transaction of the order: an order that is undone leaves no event', async () => {
    const { id } = await dispatched('JN-SWJ')
    const before = (await readEvents(db, 'supervision', 0, 1000)).length
    await expect(
      db.transaction(async (tx) => {
        const orders = await superviseBreaches(tx, {
          now,
          today: '2026-11-12',
          calendar,
          policies: [],
          limit: 500,
        })
        expect(orders.map(({ assignment }) => assignment)).toContain(id)
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect((await readEvents(db, 'supervision', 0, 1000)).length).toBe(before)
    expect(await ordersOn(id)).toEqual([])
  })
})
