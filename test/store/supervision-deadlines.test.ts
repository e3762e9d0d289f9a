import { readEvents } from '@hub/kit/event-log.ts'
import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { superviseBreaches } from '@hub/supervision/commands/supervise-breaches.ts'
import { decideWritten } from '@hub/supervision/domain/order.ts'
import { policyOn } from '@hub/supervision/domain/policy.ts'
import { listOrdersOfAssignments, saveNewOrders } from '@hub/supervision/store/orders.ts'
import { runDeadlines } from '@hub/supervision/work/deadlines.ts'
import { randomUUID } from 'node:crypto'
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

/** Assignments with more than one written order for a breach: what must never be. */
async function breachesSupervisedTwice(): Promise<string[]> {
  const rows = await room.supervision.sql<{ assignment: string }[]>`
    select assignment from supervision_order where kind = 'WRITTEN'
    group by assignment, breach_on having count(*) > 1`
  return rows.map(({ assignment }) => assignment)
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

  it('supervise once when eight run at once, and leave no breach behind', async () => {
    const cases = []
    for (let count = 0; count < 20; count++) cases.push(await dispatched('JN-SWJ', 'JN-D-LX'))
    const ids = cases.flatMap((each) => each.ids)
    const runs = await Promise.all(
      Array.from({ length: 8 }, () => runDeadlines({ db, now: at('2026-11-13'), batch: 3 })),
    )
    await runDeadlines({ db, now: at('2026-11-13') })
    const issued = (await listOrdersOfAssignments(db, ids)).map(({ assignment }) => assignment)
    expect(issued.toSorted()).toEqual(ids.toSorted())
    expect(runs.filter((orders) => orders.length > 0).length).toBeGreaterThan(1)
    expect(await breachesSupervisedTwice()).toEqual([])
  })

  it('number documents without a gap', async () => {
    const rows = await room.supervision.sql<{ document_number: string }[]>`
      select document_number from supervision_order order by document_number`
    const numbers = rows.map((row) => Number(row.document_number.slice(7, 13)))
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
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

  it('issue nothing beyond what is known of the log: the reply may be on its way', async () => {
    const { id } = await dispatched('JN-SWJ')
    await runDeadlines({ db, now: at('2026-11-13'), knownUntil: at('2026-11-11', '23:00') })
    expect(await ordersOn(id)).toEqual([])
    await runDeadlines({ db, now: at('2026-11-13'), knownUntil: at('2026-11-12', '00:00') })
    expect(await ordersOn(id)).toHaveLength(1)
  })

  it('are held to once per breach by the table itself: a tick that forgot to look is refused', async () => {
    const { id, number } = await dispatched('JN-SWJ')
    await runDeadlines({ db, now: at('2026-11-12') })
    const again = careless(id, number)
    await expect(saveNewOrders(db, [again])).rejects.toMatchObject({
      cause: { constraint_name: expect.stringMatching(/^supervision_order_one_/) },
    })
  })

  it('without that index a careless tick supervises twice, and the check finds it', async () => {
    const other = await openTestDatabase('supervision')
    const broken = await openSupervision(other.url)
    try {
      const story = storyOf('JN-20261102-000001')
      await broken.tell(
        story.registered('2026-11-02'),
        story.dispatched('2026-11-02', { a: 'JN-SWJ' }, '2026-11-11'),
      )
      await runDeadlines({ db: broken.supervision.orm, now: at('2026-11-12') })
      await asOwner(
        other.url,
        'drop index supervision.supervision_order_one_per_breach, supervision.supervision_order_one_open_written',
      )
      await saveNewOrders(broken.supervision.orm, [careless('a', 'JN-20261102-000001')])
      const twice = await broken.supervision.sql`
        select assignment from supervision_order where kind = 'WRITTEN'
        group by assignment, breach_on having count(*) > 1`
      expect(twice).toHaveLength(1)
    } finally {
      await broken.close()
    }
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
        const orders = await superviseBreaches(tx, { now, today: '2026-11-12', calendar, limit: 500 })
        expect(orders.map(({ assignment }) => assignment)).toContain(id)
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect((await readEvents(db, 'supervision', 0, 1000)).length).toBe(before)
    expect(await ordersOn(id)).toEqual([])
  })
})

/** An order as a tick would issue that does not look whether the breach has one. */
function careless(assignment: string, caseNumber: string) {
  return decideWritten(
    { assignment, caseNumber, department: 'JN-SWJ', missedOn: '2026-11-11' },
    {
      id: randomUUID(),
      serial: 900_000,
      now,
      policy: policyOn('2026-11-12'),
      calendar,
    },
  )
}

async function asOwner(url: string, statement: string): Promise<void> {
  const { default: postgres } = await import('postgres')
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  await sql.unsafe(statement)
  await sql.end()
}
