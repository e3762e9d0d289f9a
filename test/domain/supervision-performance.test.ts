import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import type { LoggedEvent } from '@hub/kit/event-log.ts'
import {
  CITY,
  contributionsOf,
  COUNTERS,
  differenceOf,
  type Contribution,
  type Counts,
} from '@hub/supervision/domain/counters.ts'
import { follow } from '@hub/supervision/domain/follow.ts'
import { performanceOf } from '@hub/supervision/domain/performance.ts'
import type { Standing } from '@hub/supervision/domain/standing.ts'
import { describe, expect, it } from 'vitest'
import { storyOf } from '../support/supervision-case.ts'

const calendar = chineseCalendar()
const story = storyOf('JN-20261102-000001')

function standingAfter(events: readonly LoggedEvent[]): Standing {
  let standing: Standing | null = null
  for (const event of events) standing = follow(standing, event, calendar).standing
  if (!standing) throw new Error('a story without events')
  return standing
}

function sum(list: readonly Contribution[]): Counts {
  const counts = Object.fromEntries(COUNTERS.map((counter) => [counter, 0])) as Record<string, number>
  for (const { counter, count } of list) counts[counter] = (counts[counter] ?? 0) + count
  return counts as Counts
}

function performanceAfter(events: readonly LoggedEvent[], department: string, today: string) {
  const list = contributionsOf(standingAfter(events))
  const own = list.filter((each) => each.department === department)
  const counts = {
    all: sum(own),
    past: sum(own.filter(({ day }) => day < today)),
    ahead: sum(own.filter(({ day }) => day >= today)),
  }
  return performanceOf(counts, sum(list.filter((each) => each.department === CITY)), 10)
}

const dispatched = [
  story.registered('2026-11-02'),
  ...story.dispatched('2026-11-02', { a: 'JN-SWJ', b: 'JN-D-LX' }, '2026-11-11'),
]

describe('the performance of a department', () => {
  it('counts a reply with contact before the date as responded and on time', () => {
    const figures = performanceAfter(
      [...dispatched, story.replied('2026-11-05', 'a', 'JN-SWJ')],
      'JN-SWJ',
      '2026-11-23',
    )
    expect(figures.response).toMatchObject({ numerator: 1, denominator: 1, value: 1 })
    expect(figures.onTime).toMatchObject({ numerator: 1, denominator: 1 })
    expect(figures.overdue).toMatchObject({ numerator: 0, denominator: 1 })
    expect(figures.workingDays).toMatchObject({ numerator: 3, denominator: 1, value: 3 })
  })

  it('takes a reply on the last day for on time, and one on the next for late (R59)', () => {
    const repliedOn = (day: string) =>
      performanceAfter([...dispatched, story.replied(day, 'a', 'JN-SWJ')], 'JN-SWJ', '2026-11-23')
    expect(repliedOn('2026-11-11').onTime.numerator).toBe(1)
    expect(repliedOn('2026-11-11').response.numerator).toBe(1)
    expect(repliedOn('2026-11-12').onTime.numerator).toBe(0)
    expect(repliedOn('2026-11-12').overdue.numerator).toBe(1)
  })

  it('leaves out what is open and not yet due, and counts it as overdue the day after its date', () => {
    const before = performanceAfter(dispatched, 'JN-SWJ', '2026-11-11')
    expect(before.onTime).toMatchObject({ numerator: 0, denominator: 0, excluded: 1, value: null })
    const after = performanceAfter(dispatched, 'JN-SWJ', '2026-11-12')
    expect(after.onTime).toMatchObject({ numerator: 0, denominator: 1, excluded: 0, value: 0 })
    expect(after.overdue).toMatchObject({ numerator: 1, denominator: 1, value: 1 })
  })

  it('counts a late redo as overdue though the first reply was on time (R68-R70)', () => {
    const events = [
      ...dispatched,
      story.replied('2026-11-05', 'a', 'JN-SWJ'),
      story.redo('2026-11-06', 'a', 'JN-SWJ', '2026-11-10'),
      story.replied('2026-11-13', 'a', 'JN-SWJ'),
    ]
    const figures = performanceAfter(events, 'JN-SWJ', '2026-11-23')
    expect(figures.onTime).toMatchObject({ numerator: 1, denominator: 1 })
    expect(figures.redo).toMatchObject({ numerator: 1, denominator: 1 })
    expect(figures.overdue).toMatchObject({ numerator: 1, denominator: 2, value: 0.5 })
  })

  it('takes the callback, not the own claim, for solved and satisfied, and credits the lead alone (R30)', () => {
    const events = [
      ...dispatched,
      story.replied('2026-11-05', 'a', 'JN-SWJ'),
      story.calledBack('2026-11-09', { contacted: true, solved: false, satisfaction: 'DISSATISFIED' }),
    ]
    const lead = performanceAfter(events, 'JN-SWJ', '2026-11-23')
    expect(lead.solved).toMatchObject({ numerator: 0, denominator: 1 })
    expect(lead.satisfied).toMatchObject({ numerator: 0, denominator: 1 })
    expect(performanceAfter(events, 'JN-D-LX', '2026-11-23').solved.denominator).toBe(0)
  })

  it('excludes a callback that reached nobody', () => {
    const events = [
      ...dispatched,
      story.calledBack('2026-11-09', { contacted: false, solved: null, satisfaction: null }),
    ]
    expect(performanceAfter(events, 'JN-SWJ', '2026-11-23').satisfied).toMatchObject({
      denominator: 0,
      excluded: 1,
    })
  })

  it('counts an accepted return against first dispatch, with the working days lost', () => {
    const events = [
      ...dispatched,
      story.returnRequested('2026-11-03', 'a', 'JN-SWJ'),
      story.returnDecided('2026-11-04', 'a', 'JN-SWJ', true),
    ]
    const figures = performanceAfter(events, 'JN-SWJ', '2026-11-23')
    expect(figures.returned).toMatchObject({ numerator: 1, denominator: 1 })
    expect(figures.firstDispatchRight).toMatchObject({ numerator: 0, denominator: 1, value: 0 })
    expect(figures).toMatchObject({ moves: 1, returnDaysLost: 2 })
    expect(figures.onTime).toMatchObject({ denominator: 0, excluded: 1 })
  })

  it('shows a small denominator without ranking it', () => {
    expect(performanceAfter(dispatched, 'JN-SWJ', '2026-11-23').onTime.ranked).toBe(false)
  })

  it('counts direct answers among what was registered (R45)', () => {
    const events = [story.registered('2026-11-02'), story.answeredDirectly('2026-11-02')]
    expect(performanceAfter(events, CITY, '2026-11-23').directAnswer).toMatchObject({
      numerator: 1,
      denominator: 1,
    })
  })
})

describe('the sums kept per day', () => {
  it('are the same whether a case is counted event by event or once at its end', () => {
    const events = [
      ...dispatched,
      story.extended('2026-11-06', 'a', 'JN-SWJ', '2026-11-20'),
      story.returnRequested('2026-11-03', 'b', 'JN-D-LX'),
      story.returnDecided('2026-11-04', 'b', 'JN-D-LX', true),
      story.replied('2026-11-18', 'a', 'JN-SWJ', false),
      story.redo('2026-11-19', 'a', 'JN-SWJ', '2026-11-24'),
      story.replied('2026-11-20', 'a', 'JN-SWJ'),
      story.accepted('2026-11-21', 'a', 'JN-SWJ'),
      story.fedBack('2026-11-21'),
      story.calledBack('2026-11-22', { contacted: true, solved: true, satisfaction: 'SATISFIED' }),
      story.closed('2026-11-22'),
    ]
    const kept = new Map<string, number>()
    let standing: Standing | null = null
    for (const event of events) {
      const before: Contribution[] = standing ? contributionsOf(standing) : []
      standing = follow(standing, event, calendar).standing
      for (const { department, day, counts } of differenceOf(before, contributionsOf(standing)))
        for (const [counter, count] of Object.entries(counts)) {
          const key = `${department} ${day} ${counter}`
          kept.set(key, (kept.get(key) ?? 0) + count)
        }
    }
    const once = new Map<string, number>()
    for (const { department, day, counter, count } of contributionsOf(standingAfter(events))) {
      const key = `${department} ${day} ${counter}`
      once.set(key, (once.get(key) ?? 0) + count)
    }
    const nonZero = (map: ReadonlyMap<string, number>) =>
      [...map]
        .filter(([, count]) => count !== 0)
        .map(([key, count]) => `${key} ${count}`)
        .toSorted()
    expect(nonZero(kept)).toEqual(nonZero(once))
  })
})
