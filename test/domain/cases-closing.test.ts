import { describe, expect, it } from 'vitest'
import { decideClose, decideReopen } from '@hub/cases/domain/close.ts'
import { decideFeedback, type RecordFeedback } from '@hub/cases/domain/feedback.ts'
import type { CaseState } from '@hub/cases/domain/state.ts'
import {
  accepted,
  after,
  answered,
  closed,
  DAY,
  dispatched,
  fedBack,
  leader,
  office,
  on,
  operator,
  refusalOf,
  registered,
  replied,
  signed,
  unitOf,
} from '../support/cases-world.ts'

const inHand = signed(dispatched(['WATER']), 'WATER')
const done = replied(inHand, 'WATER')
const approved = accepted(done, 'WATER')

const close = (state: CaseState, actor = office) => refusalOf(() => decideClose(state, on(DAY, actor)))

const feedback = (state: CaseState, more: Partial<RecordFeedback> = {}, actor = office) =>
  refusalOf(() =>
    decideFeedback(state, { by: 'OFFICE', mode: 'PHONE', text: '已告知', ...more }, on(DAY, actor)),
  )

describe('closing a case', () => {
  it('comes after reply, review and feedback (R29)', () => {
    const state = closed()
    expect(state.case).toMatchObject({ status: 'CLOSED', closedAt: on(DAY, office).now })
    expect(close(registered())).toBe('CASE_STATUS_FORBIDS')
    expect(close(dispatched(['WATER']))).toBe('CLOSE_WITHOUT_REPLY')
    expect(close(inHand)).toBe('CLOSE_WITHOUT_REPLY')
    expect(close(done)).toBe('CLOSE_WITHOUT_REPLY')
    expect(close(approved)).toBe('CLOSE_WITHOUT_FEEDBACK')
    expect(close(state)).toBe('CASE_STATUS_FORBIDS')
  })

  it('that was answered at once needs no more (R29, R45)', () => {
    expect(close(answered())).toBe('NOT REFUSED')
    expect(close(dispatched(['WATER'], {}, answered()))).toBe('CLOSE_WITHOUT_REPLY')
    const forged = { ...answered(), directAnswers: [] }
    expect(close(forged)).toBe('CLOSE_WITHOUT_FEEDBACK')
  })

  it('of praise needs it taken note of and its caller thanked (R7, R29)', () => {
    const praise = dispatched(['WATER'], {}, registered({ matterType: 'PRAISE' }))
    expect(feedback(praise)).toBe('CASE_STATUS_FORBIDS')
    expect(close(fedBack(signed(praise, 'WATER')))).toBe('NOT REFUSED')
  })

  it('is not done while supervision is open on it', () => {
    expect(close({ ...fedBack(approved), openSupervisionOrders: 1 })).toBe('CLOSE_UNDER_SUPERVISION')
  })

  it('is for the office alone', () => {
    for (const actor of [operator, leader, unitOf('WATER')])
      expect(close(fedBack(approved), actor)).toBe('FORBIDDEN')
  })
})

describe('reopening a case', () => {
  const reopen = (state: CaseState, day: string, actor = office) =>
    decideReopen(state, { reason: '问题复发' }, on(day, actor))

  it('handles it anew, with a clock of its own', () => {
    const state = after(closed(), reopen(closed(), '2026-04-09'))
    expect(state.case).toMatchObject({ status: 'REGISTERED', firstDispatchedAt: null, closedAt: null })
    const again = dispatched(['WATER'], {}, state)
    expect(again.case.status).toBe('DISPATCHED')
    expect(close(again)).toBe('CLOSE_WITHOUT_REPLY')
  })

  it('has a window and is the office’s', () => {
    expect(refusalOf(() => reopen(closed(), '2026-04-10'))).toBe('REOPEN_TOO_LATE')
    expect(refusalOf(() => reopen(closed(), DAY, operator))).toBe('FORBIDDEN')
    expect(refusalOf(() => reopen(approved, DAY))).toBe('CASE_STATUS_FORBIDS')
  })
})
