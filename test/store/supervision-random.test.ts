import { plusDays } from '@hub/kit/day.ts'
import type { LoggedEvent } from '@hub/kit/event-log.ts'
import { contributionsOf } from '@hub/supervision/domain/counters.ts'
import { lockStandings } from '@hub/supervision/store/standings.ts'
import { runDeadlines } from '@hub/supervision/work/deadlines.ts'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { at, storyOf } from '../support/supervision-case.ts'
import { openSupervision } from '../support/supervision-log.ts'

const database = await openTestDatabase('supervision')
const room = await openSupervision(database.url)
const db = room.supervision.orm
afterAll(room.close)

const UNIT = 'JN-SWJ'
const steps = ['wait', 'sign', 'reply', 'redo', 'accept', 'return', 'keep', 'extend', 'callback'] as const
type Step = (typeof steps)[number]

/** What a step may lead to, so that a random story is one that the cases room could have told. */
const allowed: Readonly<Record<string, readonly Step[]>> = {
  ISSUED: ['sign', 'return', 'reply', 'extend'],
  ACCEPTED: ['reply', 'return', 'extend'],
  REPLIED: ['redo', 'accept'],
  REDO: ['reply'],
  RETURN_REQUESTED: ['keep'],
  REPLY_ACCEPTED: ['callback'],
}

interface Told {
  readonly number: string
  readonly id: string
  status: string
  day: string
  missed: Set<string>
  deadline: string
}

let serial = 0

function begin(): { told: Told; events: LoggedEvent[] } {
  serial += 1
  const number = `JN-20261102-${String(serial).padStart(6, '0')}`
  const story = storyOf(number)
  const told: Told = {
    number,
    id: `${number}-a`,
    status: 'ISSUED',
    day: '2026-11-02',
    missed: new Set(),
    deadline: '2026-11-11',
  }
  const events = [
    story.registered('2026-11-02'),
    ...story.dispatched('2026-11-02', { [told.id]: UNIT }, told.deadline),
  ]
  return { told, events }
}

/** The event of a step, and where it leaves the story; nothing when the step is not allowed now. */
function take(told: Told, step: Step): LoggedEvent[] {
  const story = storyOf(told.number)
  const { day, id } = told
  if (!allowed[told.status]?.includes(step)) return []
  switch (step) {
    case 'sign':
      told.status = 'ACCEPTED'
      return [story.signedFor(day, id, UNIT)]
    case 'reply':
      told.status = 'REPLIED'
      return [story.replied(day, id, UNIT, told.number.endsWith('1'))]
    case 'redo':
      told.status = 'REDO'
      told.deadline = plusDays(day, 3)
      return [story.redo(day, id, UNIT, told.deadline)]
    case 'accept':
      told.status = 'REPLY_ACCEPTED'
      return [story.accepted(day, id, UNIT)]
    case 'return':
      told.status = 'RETURN_REQUESTED'
      return [story.returnRequested(day, id, UNIT)]
    case 'keep':
      told.status = 'ISSUED'
      return [story.returnDecided(day, id, UNIT, false)]
    case 'extend':
      if (day > told.deadline) return []
      told.status = 'ACCEPTED'
      told.deadline = plusDays(told.deadline, 5)
      return [story.extended(day, id, UNIT, told.deadline)]
    case 'callback':
      return [story.calledBack(day, { contacted: true, solved: true, satisfaction: 'SATISFIED' })]
    default:
      return []
  }
}

const owes = new Set(['ISSUED', 'ACCEPTED', 'REDO', 'RETURN_REQUESTED'])

/** Late at first, and late again in the redo. */
const missedTwice: { step: Step; days: number }[] = [
  { step: 'wait', days: 12 },
  { step: 'reply', days: 0 },
  { step: 'redo', days: 1 },
  { step: 'wait', days: 6 },
  { step: 'reply', days: 0 },
]

async function play(script: readonly { step: Step; days: number }[]): Promise<Told> {
  const { told, events } = begin()
  await room.tell(events)
  for (const { step, days } of script) {
    told.day = plusDays(told.day, days)
    if (owes.has(told.status) && told.day > told.deadline) told.missed.add(told.deadline)
    await Promise.all([
      runDeadlines({ db, now: at(told.day), batch: 5 }),
      runDeadlines({ db, now: at(told.day), batch: 5 }),
    ])
    await room.tell(take(told, step))
  }
  return told
}

describe('random stories', () => {
  it('supervise every missed date once and no other, and keep sums that a recount confirms (R66 R70)', async () => {
    const script = fc.array(
      fc.record({ step: fc.constantFrom(...steps), days: fc.integer({ min: 0, max: 6 }) }),
      { minLength: 1, maxLength: 12 },
    )
    const ends: Told[] = []
    await fc.assert(
      fc.asyncProperty(script, async (each) => {
        const told = await play(each)
        ends.push(told)
        const rows = await room.supervision.sql<{ on: string; status: string }[]>`
          select breach_on as on, status from supervision_order where assignment = ${told.id}`
        expect(rows.map((row) => row.on).toSorted()).toEqual([...told.missed].toSorted())
        const open = rows.filter(({ status }) => status === 'ISSUED')
        expect(open.length).toBe(owes.has(told.status) && told.missed.has(told.deadline) ? 1 : 0)
      }),
      { numRuns: 60, examples: [[missedTwice]] },
    )
    const standings = await lockStandings(
      db,
      ends.map(({ number }) => number),
    )
    const counted = [...standings.values()].flatMap(contributionsOf)
    for (const counter of [
      'assigned',
      'dueInTime',
      'dueLate',
      'dueOpen',
      'redoInTime',
      'redoLate',
      'redoOpen',
    ] as const) {
      const column = counter.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      const [kept] = await room.supervision.sql<{ sum: number }[]>`
        select coalesce(sum(${room.supervision.sql(column)}), 0)::int as sum from department_day`
      const recounted = counted
        .filter((each) => each.counter === counter)
        .reduce((sum, { count }) => sum + count, 0)
      expect([counter, kept?.sum]).toEqual([counter, recounted])
    }
    expect(ends.some(({ missed }) => missed.size > 1)).toBe(true)
  })
})
