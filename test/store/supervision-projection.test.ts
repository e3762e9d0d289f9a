import type { LoggedEvent } from '@hub/kit/event-log.ts'
import { COUNTERS, contributionsOf } from '@hub/supervision/domain/counters.ts'
import { listCasesWithoutEcho } from '@hub/supervision/store/cases.ts'
import { listOverdue } from '@hub/supervision/store/overdue.ts'
import { lockStandings } from '@hub/supervision/store/standings.ts'
import { countForTopics } from '@hub/supervision/store/topics.ts'
import { columnOf } from '@hub/supervision/store/tables.ts'
import { afterAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { at, caseEvent, storyOf } from '../support/supervision-case.ts'
import { openSupervision, type SupervisionRoom } from '../support/supervision-log.ts'

const database = await openTestDatabase('supervision')
const statements: string[] = []
// Once per connection the driver asks for PostgreSQL's own types; that is no statement of the hub.
const room = await openSupervision(database.url, (text) => {
  if (!text.includes('pg_catalog')) statements.push(text)
})
const db = room.supervision.orm
afterAll(room.close)

/** The whole road of a case with a return, a redo and a callback. */
function roadOf(number: string, lead = 'JN-SWJ', other = 'JN-CGJ'): LoggedEvent[] {
  const story = storyOf(number)
  const [a, b] = [`${number}-a`, `${number}-b`]
  return [
    story.registered('2026-11-02'),
    ...story.dispatched('2026-11-02', { [a]: lead, [b]: other }, '2026-11-11'),
    story.signedFor('2026-11-03', a, lead),
    story.returnRequested('2026-11-03', b, other),
    story.returnDecided('2026-11-04', b, other, true),
    story.replied('2026-11-10', a, lead),
    story.redo('2026-11-11', a, lead, '2026-11-16'),
    story.replied('2026-11-18', a, lead),
    story.accepted('2026-11-19', a, lead),
    story.fedBack('2026-11-19'),
    story.calledBack('2026-11-20', { contacted: true, solved: true, satisfaction: 'SATISFIED' }),
    story.closed('2026-11-20'),
  ]
}

/** The sums as the table holds them, without zeros. */
async function keptSums({ supervision }: SupervisionRoom): Promise<string[]> {
  const rows = await supervision.sql<Record<string, string | number>[]>`select * from department_day`
  return rows
    .flatMap((row) =>
      COUNTERS.map((counter) => ({
        key: `${row['department']} ${row['day']} ${counter}`,
        count: row[columnOf(counter)],
      })),
    )
    .filter(({ count }) => count !== 0)
    .map(({ key, count }) => `${key} ${count}`)
    .toSorted()
}

/** The sums counted anew from what is known of every case. */
async function recountedSums({ supervision }: SupervisionRoom): Promise<string[]> {
  const numbers = await supervision.sql<{ number: string }[]>`select number from followed_case`
  const standings = await lockStandings(
    supervision.orm,
    numbers.map(({ number }) => number),
  )
  const sums = new Map<string, number>()
  for (const standing of standings.values())
    for (const { department, day, counter, count } of contributionsOf(standing)) {
      const key = `${department} ${day} ${counter}`
      sums.set(key, (sums.get(key) ?? 0) + count)
    }
  return [...sums]
    .filter(([, count]) => count !== 0)
    .map(([key, count]) => `${key} ${count}`)
    .toSorted()
}

describe('the projection of cases', () => {
  it('is the same whether events come one by one or together, and keeps the same sums', async () => {
    const other = await openTestDatabase('supervision')
    const slow = await openSupervision(other.url)
    try {
      const road = roadOf('JN-20261102-000001')
      await room.tell(road)
      for (const event of road) await slow.tell(event)
      const [fast, one] = await Promise.all(
        [room, slow].map(({ supervision }) => lockStandings(supervision.orm, ['JN-20261102-000001'])),
      )
      expect(one).toEqual(fast)
      expect(await keptSums(slow)).toEqual(await keptSums(room))
    } finally {
      await slow.close()
    }
  })

  it('keeps sums that a recount of every case confirms, and a recount finds a sum that is wrong', async () => {
    await room.tell(
      ...Array.from({ length: 30 }, (_, index) => roadOf(`JN-20261103-${String(index).padStart(6, '0')}`)),
    )
    expect((await keptSums(room)).length).toBeGreaterThan(10)
    expect(await keptSums(room)).toEqual(await recountedSums(room))
    await room.supervision.sql`update department_day set assigned = assigned + 1 where department = 'JN-SWJ'`
    expect(await keptSums(room)).not.toEqual(await recountedSums(room))
    await room.supervision.sql`update department_day set assigned = assigned - 1 where department = 'JN-SWJ'`
  })

  it('applies an event once: a second follower finds nothing to do', async () => {
    const before = await keptSums(room)
    expect(await room.follow()).toBe(0)
    expect(await keptSums(room)).toEqual(before)
  })

  it('takes the same number of statements for one event as for a hundred', async () => {
    const count = async (cases: number, day: string): Promise<number> => {
      const events = Array.from({ length: cases }, (_, index) =>
        storyOf(`JN-${day}-${String(index).padStart(6, '0')}`).registered('2026-11-04'),
      )
      statements.length = 0
      await room.tell(events)
      return statements.length
    }
    const one = await count(1, '20261104')
    expect(one).toBeLessThan(20)
    expect(await count(100, '20261105')).toBe(one)
  })

  it('takes a correction for what stood there from the first (R44, R76)', async () => {
    const [number, spared] = ['JN-20261107-000001', 'JN-20261107-000002']
    const amended = (data: Record<string, string>) =>
      caseEvent('CaseAmended', at('2026-11-07', '10:00'), {
        case: number,
        caseStatus: 'REGISTERED',
        fields: Object.keys(data).join(','),
        confidential: false,
        ...data,
      })
    await room.tell(
      storyOf(number).registered('2026-11-07', { district: '历下区' }),
      storyOf(spared).registered('2026-11-07', { district: '历下区' }),
      amended({ district: '市中区', matterType: 'PRAISE' }),
      amended({ urgency: 'URGENT' }),
    )
    const standings = await lockStandings(db, [number, spared])
    expect(standings.get(number)?.case).toMatchObject({
      district: '市中区',
      matterType: 'PRAISE',
      urgency: 'URGENT',
    })
    expect(standings.get(spared)?.case).toMatchObject({ district: '历下区', matterType: 'HELP' })
    await room.tell(storyOf(number).dispatched('2026-11-09', { 'amended-a': 'JN-CGJ' }, '2026-11-20'))
    expect(await keptSums(room)).toContain('JN-CGJ 2026-11-09 praised 1')
    expect(await keptSums(room)).toEqual(await recountedSums(room))
    const counted = await countForTopics(
      db,
      { baselineFrom: '2026-09-01', from: '2026-11-07', to: '2026-11-07' },
      1,
    )
    expect(counted.filter(({ district }) => district === '市中区')).toEqual([
      { district: '市中区', matterType: 'PRAISE', department: 'JN-CGJ', recent: 1, before: 0 },
    ])
  })

  it('passes over an assignment whose beginning the log no longer holds', async () => {
    const story = storyOf('JN-20261106-000001')
    await room.tell(story.registered('2026-11-06'), story.replied('2026-11-07', 'unknown', 'JN-SWJ'))
    const standing = (await lockStandings(db, ['JN-20261106-000001'])).get('JN-20261106-000001')
    expect(standing).toMatchObject({ case: { status: 'REPLIED' }, assignments: [] })
  })

  it('gives a suspended case until its cap', async () => {
    const story = storyOf('JN-20261107-000001')
    await room.tell(
      story.registered('2026-11-02'),
      story.dispatched('2026-11-02', { held: 'JN-D-LX' }, '2026-11-11'),
      story.suspended('2026-11-05'),
    )
    const list = async (today: string) =>
      (await listOverdue(db, { today, departments: ['JN-D-LX'], after: null, limit: 10 })).map(({ id }) => id)
    expect(await list('2026-12-31')).toEqual([])
    expect(await list('2027-01-01')).toEqual(['held'])
  })
})

describe('cases without echo', () => {
  it('are none while every closed case has a reply and an outcome (R29)', async () => {
    expect(await listCasesWithoutEcho(db, 20)).toEqual([])
  })

  it('are found when one is closed all the same (R29)', async () => {
    const silent = storyOf('JN-20261108-000001')
    await room.tell(silent.registered('2026-11-08'), silent.closed('2026-11-09'))
    expect(await listCasesWithoutEcho(db, 20)).toEqual(['JN-20261108-000001'])
  })
})
