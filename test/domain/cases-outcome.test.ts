import { describe, expect, it } from 'vitest'
import { decideCallback, type RecordCallback } from '@hub/cases/domain/callback.ts'
import { decideClose } from '@hub/cases/domain/close.ts'
import { decideFeedback, type RecordFeedback } from '@hub/cases/domain/feedback.ts'
import { decideReply, type ReplyToAssignment } from '@hub/cases/domain/reply.ts'
import { decideReview, type ReviewReply } from '@hub/cases/domain/review.ts'
import type { CaseState } from '@hub/cases/domain/state.ts'
import {
  accepted,
  after,
  aReply,
  assignmentOf,
  DAY,
  dispatched,
  fedBack,
  office,
  on,
  operator,
  refusalOf,
  registered,
  replied,
  signed,
  unitOf,
} from '../support/cases-world.ts'

const reply = (state: CaseState, unit: string, more: Partial<ReplyToAssignment> = {}, actor = unitOf(unit)) =>
  refusalOf(() =>
    decideReply(state, { ...aReply, assignment: assignmentOf(state, unit).id, ...more }, on(DAY, actor)),
  )
const review = (state: CaseState, unit: string, more: Partial<ReviewReply>, actor = office, day = DAY) =>
  decideReview(state, { assignment: assignmentOf(state, unit).id, accept: false, ...more }, on(day, actor))
const reviewed = (state: CaseState, unit: string, more: Partial<ReviewReply>, actor = office) =>
  refusalOf(() => review(state, unit, more, actor))
const redo = { requirements: '说明修复时间', redoBy: '2026-03-16' }

const inHand = signed(dispatched(['WATER']), 'WATER')
const done = replied(inHand, 'WATER')
const approved = accepted(done, 'WATER')

describe('a reply', () => {
  it('leaves the case to be reviewed once every unit has replied (R34)', () => {
    expect(done.case.status).toBe('REPLIED')
    const two = signed(dispatched(['WATER', 'HOUSING']), 'WATER', 'HOUSING')
    const half = replied(two, 'HOUSING')
    expect(half.case.status).toBe('HANDLING')
    expect(replied(half, 'WATER').case.status).toBe('REPLIED')
  })

  it('has a disposition, a text, a text for the public and a legal basis (R31)', () => {
    expect(done.replies).toMatchObject([{ disposition: 'CONFORMING', accepted: null, contactedCaller: true }])
    expect(reply(inHand, 'WATER', { legalBasis: [] })).toBe('REPLY_WITHOUT_BASIS')
    expect(reply(inHand, 'WATER', { legalBasis: [' '] })).toBe('REPLY_WITHOUT_BASIS')
    expect(reply(inHand, 'WATER', { text: '' })).toBe('TEXT_BLANK')
    expect(reply(inHand, 'WATER', { publicText: '\u200b' })).toBe('TEXT_BLANK')
  })

  it('explains truthfully what does not conform to policy (R32, R33)', () => {
    const disposition = 'NON_CONFORMING'
    expect(reply(inHand, 'WATER', { disposition })).toBe('REPLY_WITHOUT_EXPLANATION')
    expect(reply(inHand, 'WATER', { disposition, explanation: '不在改造范围' })).toBe('NOT REFUSED')
    expect(reply(inHand, 'WATER', { disposition: 'OUT_OF_SCOPE' })).toBe('NOT REFUSED')
  })

  it('comes from the lead after the co-handlers (R54)', () => {
    const two = signed(dispatched(['WATER', 'HOUSING']), 'WATER', 'HOUSING')
    expect(reply(two, 'WATER')).toBe('REPLY_BEFORE_CO_HANDLERS')
    expect(reply(two, 'HOUSING')).toBe('NOT REFUSED')
    expect(reply(replied(two, 'HOUSING'), 'WATER')).toBe('NOT REFUSED')
  })

  it('comes from the unit that signed, or one above it, and from nobody else (R35)', () => {
    expect(reply(dispatched(['WATER']), 'WATER')).toBe('ASSIGNMENT_STATUS_FORBIDS')
    expect(reply(inHand, 'WATER', {}, unitOf('HOUSING'))).toBe('FORBIDDEN')
    expect(reply(inHand, 'WATER', {}, office)).toBe('FORBIDDEN')
    expect(reply(done, 'WATER')).toBe('ASSIGNMENT_STATUS_FORBIDS')
    const sub = signed(dispatched(['LIXIA-1']), 'LIXIA-1')
    expect(reply(sub, 'LIXIA-1', {}, unitOf('LIXIA'))).toBe('NOT REFUSED')
  })
})

describe('a review', () => {
  it('accepts the reply, and the case is approved when all are (R29)', () => {
    expect(approved.case.status).toBe('APPROVED')
    expect(approved.replies).toMatchObject([{ accepted: true, reviewedBy: 'office' }])
    const two = replied(signed(dispatched(['WATER', 'HOUSING']), 'WATER', 'HOUSING'), 'HOUSING', 'WATER')
    expect(accepted(two, 'HOUSING').case.status).toBe('REPLIED')
    expect(accepted(two, 'HOUSING', 'WATER').case.status).toBe('APPROVED')
  })

  it('that rejects states requirements and a date (R68, R69, R70)', () => {
    expect(reviewed(done, 'WATER', { redoBy: redo.redoBy })).toBe('REDO_WITHOUT_REQUIREMENTS')
    expect(reviewed(done, 'WATER', { ...redo, requirements: ' ' })).toBe('REDO_WITHOUT_REQUIREMENTS')
    expect(reviewed(done, 'WATER', { requirements: redo.requirements })).toBe('REDO_WITHOUT_DATE')
    expect(reviewed(done, 'WATER', { ...redo, redoBy: '2026-03-09' })).toBe('REDO_DATE_PAST')
    expect(reviewed(done, 'WATER', { ...redo, redoBy: DAY })).toBe('NOT REFUSED')
    expect(reviewed(done, 'WATER', { ...redo, redoBy: '2026-12-31' })).toBe('REDO_DATE_TOO_FAR')
  })

  it('orders a redo with a deadline of its own that moves neither date nor cap (R61, R70)', () => {
    const state = after(done, review(done, 'WATER', redo))
    expect(state.case.status).toBe('REDO')
    expect(assignmentOf(state, 'WATER')).toMatchObject({
      status: 'REDO',
      redoCount: 1,
      redoBy: redo.redoBy,
      dueOn: '2026-03-19',
      capOn: '2026-04-22',
    })
    expect(state.replies).toMatchObject([{ accepted: false, requirements: redo.requirements }])
    const again = replied(state, 'WATER')
    expect(again.case.status).toBe('REPLIED')
    expect(again.replies).toHaveLength(2)
    expect(accepted(again, 'WATER').case.status).toBe('APPROVED')
  })

  it('may come after the cap has passed: the redo’s date is its own (R70)', () => {
    const late = refusalOf(() =>
      review(done, 'WATER', { ...redo, redoBy: '2026-05-08' }, office, '2026-05-06'),
    )
    expect(late).toBe('NOT REFUSED')
  })

  it('is never done by the replying unit or the person who replied', () => {
    expect(reviewed(done, 'WATER', redo, unitOf('WATER'))).toBe('FORBIDDEN')
    expect(reviewed(done, 'WATER', redo, { ...office, department: 'WATER' })).toBe('REVIEW_OF_OWN_REPLY')
    expect(reviewed(done, 'WATER', redo, { ...office, subject: 'clerk of WATER' })).toBe(
      'REVIEW_OF_OWN_REPLY',
    )
    expect(reviewed(done, 'WATER', redo, { ...office, department: 'HOTLINE' })).toBe('NOT REFUSED')
    expect(reviewed(done, 'WATER', redo, operator)).toBe('FORBIDDEN')
  })

  it('needs a reply that nobody has accepted yet', () => {
    expect(reviewed(inHand, 'WATER', redo)).toBe('ASSIGNMENT_STATUS_FORBIDS')
    expect(reviewed(approved, 'WATER', { accept: true })).toBe('CASE_STATUS_FORBIDS')
    expect(reviewed(fedBack(approved), 'WATER', { accept: true })).toBe('REPLY_REVIEWED')
  })
})

const feedback = (state: CaseState, more: Partial<RecordFeedback> = {}, actor = office) =>
  refusalOf(() =>
    decideFeedback(state, { by: 'OFFICE', mode: 'PHONE', text: '已告知', ...more }, on(DAY, actor)),
  )

describe('feedback to the caller', () => {
  it('is given by the office or the unit, by phone or in writing (R63, R64)', () => {
    expect(fedBack(approved).case.status).toBe('FED_BACK')
    expect(feedback(approved, { mode: 'WRITTEN' })).toBe('NOT REFUSED')
    expect(feedback(approved, { by: 'DEPARTMENT' }, unitOf('WATER'))).toBe('NOT REFUSED')
    expect(feedback(approved, { by: 'DEPARTMENT' })).toBe('NOT REFUSED')
    expect(feedback(approved, { by: 'OFFICE' }, unitOf('WATER'))).toBe('FEEDBACK_BY_OTHER')
    expect(feedback(approved, { by: 'DEPARTMENT' }, unitOf('HOUSING'))).toBe('FORBIDDEN')
    expect(feedback(approved, {}, operator)).toBe('FORBIDDEN')
  })

  it('has a result, or the reason why it was impossible (R65)', () => {
    expect(feedback(approved, { text: null })).toBe('FEEDBACK_WITHOUT_TEXT')
    expect(feedback(approved, { mode: 'IMPOSSIBLE', text: null })).toBe('FEEDBACK_WITHOUT_REASON')
    expect(feedback(approved, { mode: 'IMPOSSIBLE', text: null, impossibleBecause: '匿名' })).toBe(
      'NOT REFUSED',
    )
    expect(feedback(approved, { impossibleBecause: '匿名' })).toBe('FEEDBACK_CONTRADICTS')
  })

  it('waits for a result: every required reply accepted (R29)', () => {
    expect(feedback(done)).toBe('CASE_STATUS_FORBIDS')
    expect(feedback(inHand)).toBe('FEEDBACK_WITHOUT_REPLY')
  })

  it('in a confidential case goes through the office', () => {
    const report = registered({ matterType: 'REPORT' })
    const state = accepted(replied(signed(dispatched(['WATER'], {}, report), 'WATER'), 'WATER'), 'WATER')
    expect(feedback(state, { by: 'DEPARTMENT' }, unitOf('WATER'))).toBe('FEEDBACK_THROUGH_OFFICE')
    expect(feedback(state)).toBe('NOT REFUSED')
  })
})

const callback = (state: CaseState, more: Partial<RecordCallback>, actor = office) =>
  decideCallback(state, { contacted: true, solved: true, satisfaction: 'SATISFIED', ...more }, on(DAY, actor))
const called = (state: CaseState, more: Partial<RecordCallback>, actor = office) =>
  refusalOf(() => callback(state, more, actor))

describe('a callback', () => {
  const told = fedBack(approved)

  it('asks whether it is solved and how satisfied the caller is (R30)', () => {
    const state = after(told, callback(told, {}))
    expect(state.callbacks).toMatchObject([{ contacted: true, solved: true, satisfaction: 'SATISFIED' }])
    expect(state.case.status).toBe('FED_BACK')
    expect(called(told, { solved: null })).toBe('CALLBACK_WITHOUT_RESULT')
    expect(called(told, { contacted: false })).toBe('CALLBACK_CONTRADICTS')
    expect(called(told, { contacted: false, solved: null, satisfaction: null })).toBe('NOT REFUSED')
    expect(called(told, {}, unitOf('WATER'))).toBe('FORBIDDEN')
    expect(called(approved, {})).toBe('CASE_STATUS_FORBIDS')
  })

  it('that finds the caller dissatisfied opens the way to a redo (R30, R68)', () => {
    expect(reviewed(told, 'WATER', redo)).toBe('REDO_WITHOUT_GROUND')
    const content = after(told, callback(told, {}))
    expect(reviewed(content, 'WATER', redo)).toBe('REDO_WITHOUT_GROUND')
    for (const finding of [{ satisfaction: 'DISSATISFIED' }, { solved: false }] as const) {
      const unhappy = after(told, callback(told, finding))
      const state = after(unhappy, review(unhappy, 'WATER', redo))
      expect(state.case.status).toBe('REDO')
      const mended = accepted(replied(state, 'WATER'), 'WATER')
      expect(mended.case.status).toBe('APPROVED')
      expect(refusalOf(() => decideClose(mended, on(DAY, office)))).toBe('CLOSE_WITHOUT_FEEDBACK')
    }
  })
})
