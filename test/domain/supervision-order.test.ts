import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import type { LoggedEvent } from '@hub/kit/event-log.ts'
import { follow } from '@hub/supervision/domain/follow.ts'
import { changeOrder } from '@hub/supervision/domain/order-change.ts'
import { orderData } from '@hub/supervision/domain/order-events.ts'
import {
  decideWritten,
  documentNumber,
  TRANSITIONS,
  type SupervisionOrder,
} from '@hub/supervision/domain/order.ts'
import { policyOn } from '@hub/supervision/domain/policy.ts'
import type { Standing } from '@hub/supervision/domain/standing.ts'
import { describe, expect, it } from 'vitest'
import { at, storyOf } from '../support/supervision-case.ts'

const calendar = chineseCalendar()
const breach = {
  assignment: 'a',
  caseNumber: 'JN-20261102-000001',
  department: 'JN-SWJ',
  missedOn: '2026-11-11',
}
const issue = {
  id: '0',
  serial: 123,
  now: at('2026-11-12', '00:00'),
  policy: policyOn('2026-11-12'),
  calendar,
}
const order = decideWritten(breach, issue)
const story = storyOf(breach.caseNumber)
const dispatched = [
  story.registered('2026-11-02'),
  ...story.dispatched('2026-11-02', { a: 'JN-SWJ' }, '2026-11-11'),
]

function orderAfter(events: readonly LoggedEvent[]): SupervisionOrder {
  let standing: Standing | null = null
  let now = order
  for (const event of [...dispatched, ...events]) {
    const step = follow(standing, event, calendar)
    standing = step.standing
    if (step.orderChange) now = changeOrder(now, step.orderChange)
  }
  return now
}

describe('a written supervision', () => {
  it('has a document number, a basis, a requirement and a date in working days (R66 R67)', () => {
    expect(order).toMatchObject({
      documentNumber: '督〔2026〕000123号',
      kind: 'WRITTEN',
      dueOn: '2026-11-17',
    })
    expect(order.requirement).toContain('2026-11-11')
    expect(order.basis).not.toBe('')
  })

  it('is numbered in the year of Shanghai', () => {
    expect(documentNumber(new Date('2026-12-31T16:00:00Z'), 1)).toBe('督〔2027〕000001号')
  })

  it('says that its date may move when the calendar of that year is not announced', () => {
    const late = decideWritten(breach, { ...issue, now: at('2026-12-31') })
    expect(late.dueProvisional).toBe(true)
  })

  it('is answered by the late reply and closed by its acceptance', () => {
    const answered = orderAfter([story.replied('2026-11-13', 'a', 'JN-SWJ')])
    expect(answered).toMatchObject({ status: 'ANSWERED', answeredAt: at('2026-11-13', '17:00') })
    const closed = orderAfter([
      story.replied('2026-11-13', 'a', 'JN-SWJ'),
      story.accepted('2026-11-14', 'a', 'JN-SWJ'),
    ])
    expect(closed).toMatchObject({ status: 'CLOSED', outcome: 'REPLY_ACCEPTED' })
  })

  it('has no ground when the reply was in time and only its event came late', () => {
    expect(orderAfter([story.replied('2026-11-11', 'a', 'JN-SWJ')])).toMatchObject({
      status: 'CLOSED',
      outcome: 'REPLIED_IN_TIME',
    })
  })

  it('closes with a redo, whose date is a breach of its own when missed (R68-R70)', () => {
    const events = [
      story.replied('2026-11-13', 'a', 'JN-SWJ'),
      story.redo('2026-11-14', 'a', 'JN-SWJ', '2026-11-20'),
    ]
    expect(orderAfter(events)).toMatchObject({ status: 'CLOSED', outcome: 'REDO' })
  })

  it('is quiet when nothing that concerns it happens', () => {
    expect(orderAfter([story.signedFor('2026-11-03', 'a', 'JN-SWJ'), story.suspended('2026-11-04')])).toBe(
      order,
    )
  })

  it('never leaves CLOSED', () => {
    expect(TRANSITIONS.CLOSED).toEqual([])
    const closed = { ...order, status: 'CLOSED' as const }
    const change = { assignment: 'a', at: at('2026-11-20'), closedAs: null }
    expect(changeOrder(closed, change)).toBe(closed)
  })

  it('tells other rooms ids and enumerated values, no sentence', () => {
    const values = Object.values(orderData(order)).filter((value) => typeof value === 'string')
    expect(values).not.toContain(order.requirement)
    expect(values).not.toContain(order.basis)
  })
})
