import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { decideWritten } from '@hub/supervision/domain/order.ts'
import { policyOn } from '@hub/supervision/domain/policy.ts'
import { listOrdersOfAssignments, saveNewOrders } from '@hub/supervision/store/orders.ts'
import { runDeadlines } from '@hub/supervision/work/deadlines.ts'
import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { at, storyOf } from '../support/supervision-case.ts'
import { openSupervision } from '../support/supervision-log.ts'

const database = await openTestDatabase('supervision')
const room = await openSupervision(database.url)
const db = room.supervision.orm
afterAll(room.close)

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

describe('a breach that many look at', () => {
  it('is supervised once when eight deadlines run at once (R66), and leave no breach behind', async () => {
    const cases = []
    for (let count = 0; count < 20; count++) cases.push(await dispatched('JN-SWJ', 'JN-D-LX'))
    const ids = cases.flatMap((each) => each.ids)
    const runs = await Promise.all(
      Array.from({ length: 8 }, () => runDeadlines({ db, now: at('2026-11-13'), batch: 3 })),
    )
    await runDeadlines({ db, now: at('2026-11-13') })
    const issued = (await listOrdersOfAssignments(db, ids)).map(({ assignment }) => assignment)
    expect(new Set(issued)).toEqual(new Set(ids))
    expect(issued).toHaveLength(ids.length)
    expect(runs.filter((orders) => orders.length > 0).length).toBeGreaterThan(1)
    expect(await breachesSupervisedTwice()).toEqual([])
  })

  it('leaves document numbers without a gap', async () => {
    const rows = await room.supervision.sql<{ document_number: string }[]>`
      select document_number from supervision_order order by document_number`
    const numbers = rows.map((row) => Number(row.document_number.slice(7, 13)))
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  })

  it('is held to one order by the table itself: a tick that forgot to look is refused', async () => {
    const { id, number } = await dispatched('JN-SWJ')
    await runDeadlines({ db, now: at('2026-11-12') })
    const again = careless(id, number)
    await expect(saveNewOrders(db, [again])).rejects.toMatchObject({
      cause: { constraint_name: expect.stringMatching(/^supervision_order_one_/) },
    })
  })

  it('is supervised twice by a careless tick without that index, and the check finds it', async () => {
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

/** An order as a tick would issue that does not look whether the breach has one. */
function careless(assignment: string, caseNumber: string) {
  return decideWritten(
    { assignment, caseNumber, department: 'JN-SWJ', missedOn: '2026-11-11' },
    {
      id: randomUUID(),
      serial: 900_000,
      now: at('2026-11-12'),
      policy: policyOn('2026-11-12'),
      calendar: chineseCalendar(),
    },
  )
}

async function asOwner(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  await sql.unsafe(statement)
  await sql.end()
}
