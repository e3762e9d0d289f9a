import { describe, expect, it } from 'vitest'
import { decideAnswerDirectly } from '@hub/cases/domain/answer-directly.ts'
import { decideDispatch, type DispatchCase } from '@hub/cases/domain/dispatch.ts'
import { decideSignFor } from '@hub/cases/domain/sign-for.ts'
import type { CaseState } from '@hub/cases/domain/state.ts'
import {
  after,
  answered,
  assignmentOf,
  closed,
  DAY,
  dispatched,
  leader,
  office,
  on,
  operator,
  portalOf,
  refusalFrom,
  refusalOf,
  registered,
  signed,
  unitOf,
} from '../support/cases-world.ts'

const refused = (state: CaseState, more: Partial<DispatchCase>, context = on(DAY, office)) =>
  refusalOf(() => decideDispatch(state, { departments: ['WATER'], mode: 'WRITTEN', ...more }, context))
const rolesOf = (state: CaseState) => state.assignments.map(({ department, role }) => `${department} ${role}`)

describe('a direct answer', () => {
  const command = { text: '可以。', articles: [{ id: 'A1', version: 2 }] }

  it('stands on article versions in force (R1, R45)', () => {
    const state = answered()
    expect(state.case.status).toBe('ANSWERED')
    expect(state.directAnswers).toMatchObject([
      { text: '按规定办理。', articles: [{ id: 'A1', version: 2 }] },
    ])
  })

  it('or on a written reason, and on nothing less (R45)', () => {
    const decide = (more: object) =>
      refusalOf(() => decideAnswerDirectly(registered(), { ...command, ...more }, on(DAY, operator)))
    expect(decide({ articles: [], reason: '政策常识' })).toBe('NOT REFUSED')
    expect(decide({ articles: [], reason: ' ' })).toBe('ANSWER_WITHOUT_GROUND')
    expect(decide({ articles: [{ id: 'A9', version: null }] })).toBe('ARTICLE_NOT_IN_FORCE')
    expect(decide({ text: '' })).toBe('TEXT_BLANK')
  })

  it('can stand beside a dispatch (R10)', () => {
    const first = answered()
    expect(dispatched(['WATER'], {}, first).case.status).toBe('DISPATCHED')
    const second = answered(dispatched(['WATER']))
    expect(second.case.status).toBe('DISPATCHED')
    expect(second.directAnswers).toHaveLength(1)
  })

  it('is given by the desk, once, and not on a closed case', () => {
    const decide = (state: CaseState, actor = operator) =>
      refusalOf(() => decideAnswerDirectly(state, command, on(DAY, actor)))
    expect(decide(registered(), unitOf('WATER'))).toBe('FORBIDDEN')
    expect(decide(answered())).toBe('CASE_STATUS_FORBIDS')
    expect(decide(closed())).toBe('CASE_STATUS_FORBIDS')
  })
})

describe('a dispatched case', () => {
  it('goes to one unit, which leads, due in seven working days and capped at thirty (R49, R59, R61)', () => {
    const state = dispatched(['WATER'])
    expect(state.case).toMatchObject({ status: 'DISPATCHED', capOn: '2026-04-22' })
    expect(state.assignments).toMatchObject([
      {
        department: 'WATER',
        role: 'LEAD',
        status: 'ISSUED',
        dueOn: '2026-03-19',
        dueProvisional: false,
        capOn: '2026-04-22',
        replyRequired: true,
      },
    ])
  })

  it('owes its caller a word, where one can be given (R51)', () => {
    expect(dispatched(['WATER']).notices).toMatchObject([{ about: 'DISPATCHED', possible: true }])
    const unknown = registered({ anonymous: true })
    expect(dispatched(['WATER'], {}, unknown).notices).toMatchObject([{ possible: false }])
  })

  it('by phone or in writing keeps how (R50)', () => {
    expect(dispatched(['WATER'], { mode: 'PHONE' }).assignments[0]?.mode).toBe('PHONE')
  })

  it('names at least one unit, each one known and able to take it (R36, R37)', () => {
    expect(refused(registered(), { departments: [] })).toBe('DISPATCH_WITHOUT_UNIT')
    expect(refused(registered(), { departments: ['NOBODY'] })).toBe('DEPARTMENT_NOT_FOUND')
    expect(refused(registered(), { departments: ['GOV'] })).toBe('DISPATCH_NOT_ACCEPTED')
    expect(refused(registered(), { departments: ['LIXIA-1'] })).toBe('NOT REFUSED')
  })

  it('to several units names exactly one lead (R54)', () => {
    const two = ['WATER', 'HOUSING']
    expect(refused(registered(), { departments: two })).toBe('LEAD_MISSING')
    expect(refused(registered(), { departments: two, lead: 'URBAN' })).toBe('LEAD_NOT_AMONG')
    expect(refused(registered(), { departments: ['WATER'], lead: 'URBAN' })).toBe('LEAD_NOT_AMONG')
    expect(refused(registered(), { departments: ['WATER', 'WATER'] })).toBe('NOT REFUSED')
    expect(rolesOf(dispatched(two, { lead: 'HOUSING' }))).toEqual(['WATER CO_HANDLER', 'HOUSING LEAD'])
  })

  it('can be led by the office itself (R55)', () => {
    const state = dispatched(['WATER', 'HOUSING', 'HOTLINE'], { lead: 'HOTLINE' })
    expect(rolesOf(state)).toEqual(['WATER CO_HANDLER', 'HOUSING CO_HANDLER', 'HOTLINE LEAD'])
  })

  it('takes further units under the lead it has, or another that is named (R54)', () => {
    const one = dispatched(['WATER'])
    expect(rolesOf(dispatched(['HOUSING'], { lead: null }, one))).toEqual([
      'WATER LEAD',
      'HOUSING CO_HANDLER',
    ])
    expect(rolesOf(dispatched(['HOUSING'], { lead: 'HOUSING' }, one))).toEqual([
      'WATER CO_HANDLER',
      'HOUSING LEAD',
    ])
    expect(refused(one, { departments: ['WATER'] })).toBe('DISPATCH_TWICE')
  })

  it('cannot be routed to the unit complained of, nor to one under it (R97)', () => {
    const state = registered({ complainedOf: ['LIXIA'] })
    expect(refused(state, { departments: ['LIXIA'] })).toBe('COMPLAINED_OF')
    expect(refused(state, { departments: ['WATER', 'LIXIA-1'], lead: 'WATER' })).toBe('COMPLAINED_OF')
    expect(refused(state, { departments: ['SHIZHONG'] })).toBe('NOT REFUSED')
    const below = registered({ complainedOf: ['LIXIA-1'] })
    expect(refused(below, { departments: ['LIXIA'] })).toBe('NOT REFUSED')
    const root = registered({ complainedOf: ['GOV'] })
    expect(refused(root, { departments: ['WATER'] })).toBe('NOT REFUSED')
  })

  it('with praise carries no clock that anybody owes (R7)', () => {
    const praise = dispatched(['WATER'], {}, registered({ matterType: 'PRAISE' }))
    expect(praise.assignments[0]?.replyRequired).toBe(false)
  })

  it('is sent by the office alone', () => {
    for (const actor of [operator, leader, unitOf('WATER'), portalOf('历下区')])
      expect(refused(registered(), {}, on(DAY, actor))).toBe('FORBIDDEN')
  })

  it('is not sent again once it is closed, and the sentence says so in both languages', () => {
    expect(refused(closed(), {})).toBe('CASE_STATUS_FORBIDS')
    const command = { departments: ['WATER'], mode: 'PHONE' } as const
    const refusal = refusalFrom(() => decideDispatch(closed(), command, on(DAY, office)))
    expect(refusal?.sentence('en')).toBe('Case JN-20260310-000001 is CLOSED: it cannot be dispatched.')
    expect(refusal?.sentence('zh-CN')).toBe('工单 JN-20260310-000001 处于“已办结”状态,不能转办。')
  })

  it('refers only to an instruction that is recorded (R53)', () => {
    expect(refused(registered(), { instruction: 'I1' })).toBe('INSTRUCTION_NOT_FOUND')
  })

  it('into a year without a calendar has a provisional date', () => {
    const call = registered({}, on('2026-12-25', operator))
    const command = { departments: ['WATER'], mode: 'WRITTEN' } as const
    const state = after(call, decideDispatch(call, command, on('2026-12-25', office)))
    expect(state.assignments[0]).toMatchObject({ dueProvisional: true, capProvisional: true })
  })
})

describe('signing for an assignment', () => {
  const decide = (state: CaseState, department: string, actor = unitOf(department)) =>
    refusalOf(() => decideSignFor(state, { assignment: assignmentOf(state, department).id }, on(DAY, actor)))

  it('takes it in hand and moves no date (R59)', () => {
    const before = dispatched(['WATER'])
    const state = signed(before, 'WATER')
    expect(state.case.status).toBe('HANDLING')
    expect(state.assignments[0]).toMatchObject({ status: 'ACCEPTED', dueOn: before.assignments[0]?.dueOn })
    expect(state.assignments[0]?.signedForAt).toEqual(on(DAY, office).now)
  })

  it('is for the unit itself or one above it (R35)', () => {
    const state = dispatched(['LIXIA-1', 'WATER'])
    expect(decide(state, 'LIXIA-1')).toBe('NOT REFUSED')
    expect(decide(state, 'LIXIA-1', unitOf('LIXIA'))).toBe('NOT REFUSED')
    expect(decide(state, 'LIXIA-1', unitOf('LIXIA-2'))).toBe('FORBIDDEN')
    expect(decide(state, 'WATER', unitOf('LIXIA-1'))).toBe('FORBIDDEN')
    expect(decide(state, 'WATER', office)).toBe('FORBIDDEN')
    expect(decide(state, 'WATER', { ...unitOf('WATER'), department: null })).toBe('FORBIDDEN')
  })

  it('happens once', () => {
    expect(decide(signed(dispatched(['WATER']), 'WATER'), 'WATER')).toBe('ASSIGNMENT_STATUS_FORBIDS')
    const state = dispatched(['WATER'])
    expect(refusalOf(() => decideSignFor(state, { assignment: 'none' }, on(DAY, unitOf('WATER'))))).toBe(
      'ASSIGNMENT_NOT_FOUND',
    )
  })
})
