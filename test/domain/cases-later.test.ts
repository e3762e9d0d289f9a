import type { Calendar } from '@hub/kit/working-days.ts'
import { describe, expect, it } from 'vitest'
import { decideArchive } from '@hub/cases/domain/archive.ts'
import { decideDispatch } from '@hub/cases/domain/dispatch.ts'
import { decideRecomputeDue } from '@hub/cases/domain/recompute-due.ts'
import { decideReply } from '@hub/cases/domain/reply.ts'
import { decideSubDispatch } from '@hub/cases/domain/sub-dispatch.ts'
import { decideResume, decideSuspend } from '@hub/cases/domain/suspend.ts'
import { decideWithdraw } from '@hub/cases/domain/withdraw.ts'
import type { CaseState } from '@hub/cases/domain/state.ts'
import {
  after,
  aReply,
  assignmentOf,
  closed,
  DAY,
  dispatched,
  office,
  on,
  operator,
  portalOf,
  refusalOf,
  registered,
  replied,
  signed,
  unitOf,
} from '../support/cases-world.ts'

const atOffice = on(DAY, office)
const reason = '说明'

describe('an assignment passed down', () => {
  const before = signed(dispatched(['LIXIA']), 'LIXIA')
  const parent = assignmentOf(before, 'LIXIA')
  const pass = (departments: string[], actor = unitOf('LIXIA'), state = before) =>
    decideSubDispatch(state, { assignment: parent.id, departments }, on('2026-03-16', actor))

  it('keeps the clock and the cap, and the parent answers after it (R35, R61)', () => {
    const state = after(before, pass(['LIXIA-1']))
    expect(assignmentOf(state, 'LIXIA-1')).toMatchObject({
      parentId: parent.id,
      role: 'CO_HANDLER',
      dueOn: parent.dueOn,
      capOn: parent.capOn,
    })
    const reply = () => decideReply(state, { ...aReply, assignment: parent.id }, on(DAY, unitOf('LIXIA')))
    expect(refusalOf(reply)).toBe('REPLY_BEFORE_CO_HANDLERS')
    expect(replied(signed(state, 'LIXIA-1'), 'LIXIA-1', 'LIXIA').case.status).toBe('REPLIED')
  })

  it('stays within the own subtree (R35)', () => {
    expect(refusalOf(() => pass(['WATER']))).toBe('SUBTREE_ONLY')
    expect(refusalOf(() => pass(['LIXIA-1'], unitOf('WATER')))).toBe('FORBIDDEN')
    expect(refusalOf(() => pass([]))).toBe('DISPATCH_WITHOUT_UNIT')
    expect(refusalOf(() => pass(['LIXIA-1'], office))).toBe('FORBIDDEN')
  })
})

describe('a suspended case', () => {
  it('goes on where it was, and its cap has gone on counting (R61)', () => {
    const before = signed(dispatched(['WATER']), 'WATER')
    const state = after(before, decideSuspend(before, { reason }, atOffice))
    expect(state.case.status).toBe('SUSPENDED')
    const command = { ...aReply, assignment: assignmentOf(state, 'WATER').id }
    expect(refusalOf(() => decideReply(state, command, on(DAY, unitOf('WATER'))))).toBe('CASE_STATUS_FORBIDS')
    const resumed = after(state, decideResume(state, on('2026-04-01', office)))
    expect(resumed.case).toMatchObject({ status: 'HANDLING', capOn: before.case.capOn })
    expect(refusalOf(() => decideResume(resumed, atOffice))).toBe('CASE_STATUS_FORBIDS')
  })
})

describe('withdrawing', () => {
  const withdraw = (state: CaseState, actor = portalOf('历下区', '19900000146')) =>
    decideWithdraw(state, { reason }, on(DAY, actor))

  it('is the caller’s own doing and calls the units back', () => {
    const before = dispatched(['WATER', 'HOUSING'])
    const state = after(before, withdraw(before))
    expect(state.case.status).toBe('WITHDRAWN')
    expect(state.assignments.map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED'])
    expect(refusalOf(() => withdraw(before, portalOf('历下区', '13800000000')))).toBe('FORBIDDEN')
    expect(refusalOf(() => withdraw(before, portalOf('历下区')))).toBe('FORBIDDEN')
    expect(refusalOf(() => withdraw(before, operator))).toBe('NOT REFUSED')
  })

  it('is not for reports of danger or crime (R5)', () => {
    expect(refusalOf(() => withdraw(registered({ matterType: 'REPORT' })))).toBe('WITHDRAW_FORBIDDEN')
    expect(refusalOf(() => withdraw(registered({ urgency: 'CRITICAL' })))).toBe('WITHDRAW_FORBIDDEN')
    expect(refusalOf(() => withdraw(closed()))).toBe('CASE_STATUS_FORBIDS')
  })
})

describe('the archive', () => {
  it('takes a complete case and changes it no more (R86, R87, R88, R89, R90)', () => {
    const state = after(closed(), decideArchive(closed(), atOffice))
    expect(state.case.status).toBe('ARCHIVED')
    expect(refusalOf(() => decideArchive(state, atOffice))).toBe('CASE_STATUS_FORBIDS')
    expect(refusalOf(() => decideArchive(registered(), atOffice))).toBe('CASE_STATUS_FORBIDS')
    const watched = { ...closed(), openSupervisionOrders: 1 }
    expect(refusalOf(() => decideArchive(watched, atOffice))).toBe('ARCHIVE_INCOMPLETE')
  })
})

describe('a provisional deadline', () => {
  const call = registered({}, on('2026-12-25', operator))
  const command = { departments: ['WATER'], mode: 'WRITTEN' } as const
  const state = after(call, decideDispatch(call, command, on('2026-12-25', office)))
  const announced = (holiday: string): Calendar => {
    const { calendar } = on(DAY, office)
    const isWorkingDay = (day: string) => day !== holiday && calendar.isWorkingDay(day)
    return { version: 'announced', isAnnounced: () => true, isWorkingDay }
  }

  it('is computed anew when the calendar is announced, and the unit hears of it (decision 8)', () => {
    const [before] = state.assignments
    const context = { ...on('2026-12-26', office), calendar: announced('2027-01-04') }
    const [moved] = decideRecomputeDue(state, context)
    expect(moved).toMatchObject({ department: 'WATER', dueProvisional: false, capProvisional: false })
    expect((moved?.dueOn ?? '') > (before?.dueOn ?? '')).toBe(true)
    const settled = after(state, decideRecomputeDue(state, context))
    expect(settled.assignments[0]?.calendarVersion).toBe('announced')
    expect(decideRecomputeDue(settled, context)).toEqual([])
  })

  it('is left alone while nothing new is known, and where nothing is provisional', () => {
    expect(decideRecomputeDue(state, on('2026-12-26', office))).toEqual([])
    const stricter = { ...atOffice, calendar: announced('2026-03-12') }
    expect(decideRecomputeDue(dispatched(['WATER']), stricter)).toEqual([])
    expect(decideRecomputeDue(registered(), atOffice)).toEqual([])
  })
})
