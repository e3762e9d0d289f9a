import { describe, expect, it } from 'vitest'
import { decideDispatch } from '@hub/cases/domain/dispatch.ts'
import { decideDecideExtension, decideRequestExtension } from '@hub/cases/domain/extension.ts'
import { decideDecideReturn, decideRequestReturn } from '@hub/cases/domain/return.ts'
import type { CaseState } from '@hub/cases/domain/state.ts'
import {
  after,
  assignmentOf,
  DAY,
  dispatched,
  office,
  on,
  refusalOf,
  registered,
  replied,
  signed,
  unitOf,
} from '../support/cases-world.ts'

const reason = '情况复杂'
const ask = (state: CaseState, until: string, unit = 'WATER', day = DAY, actor = unitOf(unit)) =>
  decideRequestExtension(
    state,
    { assignment: assignmentOf(state, unit).id, until, reason },
    on(day, actor, '23:59'),
  )
const asked = (state: CaseState, until: string) => after(state, ask(state, until))
const grant = (state: CaseState, yes: boolean, day = DAY, actor = office, unit = 'WATER') =>
  decideDecideExtension(
    state,
    { assignment: assignmentOf(state, unit).id, grant: yes, reason },
    on(day, actor),
  )

describe('an extension', () => {
  const state = signed(dispatched(['WATER', 'HOUSING']), 'WATER', 'HOUSING')

  it('moves no date by being asked for (R60)', () => {
    expect(assignmentOf(asked(state, '2026-04-01'), 'WATER')).toMatchObject({
      dueOn: '2026-03-19',
      extensionCount: 0,
    })
  })

  it('granted to the lead moves its date, keeps the cap, and the caller is told (R60, R61)', () => {
    const before = asked(state, '2026-04-01')
    const extended = after(before, grant(before, true))
    expect(assignmentOf(extended, 'WATER')).toMatchObject({
      dueOn: '2026-04-01',
      capOn: '2026-04-22',
      extensionCount: 1,
    })
    expect(assignmentOf(extended, 'HOUSING').dueOn).toBe('2026-03-19')
    expect(extended.extensions).toMatchObject([{ status: 'GRANTED', decidedBy: 'office' }])
    expect(extended.notices.map(({ about }) => about)).toEqual(['DISPATCHED', 'EXTENDED'])
  })

  it('never passes the cap of thirty working days from first dispatch (R61)', () => {
    expect(refusalOf(() => ask(state, '2026-04-22'))).toBe('NOT REFUSED')
    expect(refusalOf(() => ask(state, '2026-04-23'))).toBe('EXTENSION_PAST_CAP')
  })

  it('is asked for before the deadline has passed, by the lead, with a reason (R60)', () => {
    expect(refusalOf(() => ask(state, '2026-04-01', 'WATER', '2026-03-19'))).toBe('NOT REFUSED')
    expect(refusalOf(() => ask(state, '2026-04-01', 'WATER', '2026-03-20'))).toBe('EXTENSION_TOO_LATE')
    expect(refusalOf(() => ask(state, '2026-04-01', 'HOUSING'))).toBe('EXTENSION_NOT_LEAD')
    expect(refusalOf(() => ask(state, '2026-03-19'))).toBe('EXTENSION_NOT_LATER')
    expect(refusalOf(() => ask(state, '2026-04-01', 'WATER', DAY, unitOf('HOUSING')))).toBe('FORBIDDEN')
    expect(refusalOf(() => ask(state, '2026-04-01', 'WATER', DAY, office))).toBe('FORBIDDEN')
    const blank = { assignment: assignmentOf(state, 'WATER').id, until: '2026-04-01', reason: ' ' }
    expect(refusalOf(() => decideRequestExtension(state, blank, on(DAY, unitOf('WATER'))))).toBe('TEXT_BLANK')
  })

  it('is decided by the office alone, also after the day, and may be refused (R60)', () => {
    const before = asked(state, '2026-04-01')
    expect(refusalOf(() => grant(before, true, DAY, unitOf('WATER')))).toBe('FORBIDDEN')
    const refused = after(before, grant(before, false, '2026-03-25'))
    expect(assignmentOf(refused, 'WATER')).toMatchObject({ dueOn: '2026-03-19', extensionCount: 0 })
    expect(refused.extensions).toMatchObject([{ status: 'REFUSED' }])
    expect(refusalOf(() => grant(refused, true))).toBe('EXTENSION_NOT_REQUESTED')
  })

  it('is granted once, and asked for one at a time (decision 4)', () => {
    const before = asked(state, '2026-04-01')
    expect(refusalOf(() => ask(before, '2026-04-02'))).toBe('EXTENSION_PENDING')
    const extended = after(before, grant(before, true))
    expect(refusalOf(() => ask(extended, '2026-04-02'))).toBe('EXTENSION_USED_UP')
  })

  it('is of no use to a unit that has replied', () => {
    const before = asked(signed(dispatched(['WATER']), 'WATER'), '2026-04-01')
    const done = replied(before, 'WATER')
    expect(refusalOf(() => grant(done, true))).toBe('ASSIGNMENT_STATUS_FORBIDS')
    expect(after(done, grant(done, false)).extensions).toMatchObject([{ status: 'REFUSED' }])
    expect(refusalOf(() => ask(done, '2026-04-01'))).toBe('ASSIGNMENT_STATUS_FORBIDS')
  })
})

const sendBack = (state: CaseState, unit: string, day = DAY, more: object = {}, actor = unitOf(unit)) =>
  decideRequestReturn(
    state,
    { assignment: assignmentOf(state, unit).id, reason: '不属本单位', basis: '三定方案', ...more },
    on(day, actor),
  )
const letGo = (state: CaseState, unit: string, accept = true, actor = office) =>
  decideDecideReturn(
    state,
    { assignment: assignmentOf(state, unit).id, accept, reason: '同意' },
    on(DAY, actor),
  )
const returned = (state: CaseState, unit: string): CaseState => {
  const waiting = after(state, sendBack(state, unit))
  return after(waiting, letGo(waiting, unit))
}

describe('a return', () => {
  it('puts the case back on the office’s desk and leaves the clock running (R61)', () => {
    const state = returned(dispatched(['WATER']), 'WATER')
    expect(state.case).toMatchObject({ status: 'REGISTERED', capOn: '2026-04-22' })
    expect(assignmentOf(state, 'WATER').status).toBe('RETURNED')
    const command = { departments: ['HOUSING'], mode: 'WRITTEN' } as const
    const again = after(state, decideDispatch(state, command, on('2026-04-20', office)))
    expect(assignmentOf(again, 'HOUSING')).toMatchObject({ dueOn: '2026-04-22', capOn: '2026-04-22' })
  })

  it('refused leaves the unit where it was', () => {
    for (const state of [dispatched(['WATER']), signed(dispatched(['WATER']), 'WATER')]) {
      const waiting = after(state, sendBack(state, 'WATER'))
      expect(assignmentOf(waiting, 'WATER').status).toBe('RETURN_REQUESTED')
      const kept = after(waiting, letGo(waiting, 'WATER', false))
      expect(assignmentOf(kept, 'WATER').status).toBe(assignmentOf(state, 'WATER').status)
      expect(kept.case.status).toBe(state.case.status)
    }
  })

  it('is asked for within two working days, with reason and basis', () => {
    const state = dispatched(['WATER'])
    expect(refusalOf(() => sendBack(state, 'WATER', '2026-03-12'))).toBe('NOT REFUSED')
    expect(refusalOf(() => sendBack(state, 'WATER', '2026-03-13'))).toBe('RETURN_TOO_LATE')
    expect(refusalOf(() => sendBack(state, 'WATER', DAY, { reason: '' }))).toBe('TEXT_BLANK')
    expect(refusalOf(() => sendBack(state, 'WATER', DAY, { basis: '' }))).toBe('TEXT_BLANK')
  })

  it('suggests another unit, and never the one complained of (R97)', () => {
    const state = dispatched(['WATER'], {}, registered({ complainedOf: ['LIXIA'] }))
    const suggest = (suggested: string) => refusalOf(() => sendBack(state, 'WATER', DAY, { suggested }))
    expect(suggest('HOUSING')).toBe('NOT REFUSED')
    expect(suggest('WATER')).toBe('RETURN_TO_SELF')
    expect(suggest('GOV')).toBe('DISPATCH_NOT_ACCEPTED')
    expect(suggest('NOBODY')).toBe('DEPARTMENT_NOT_FOUND')
    expect(suggest('LIXIA-2')).toBe('COMPLAINED_OF')
  })

  it('is asked for by the unit and decided by the office', () => {
    const state = dispatched(['WATER'])
    expect(refusalOf(() => sendBack(state, 'WATER', DAY, {}, unitOf('HOUSING')))).toBe('FORBIDDEN')
    const waiting = after(state, sendBack(state, 'WATER'))
    expect(refusalOf(() => letGo(waiting, 'WATER', true, unitOf('WATER')))).toBe('FORBIDDEN')
    expect(refusalOf(() => letGo(state, 'WATER'))).toBe('ASSIGNMENT_STATUS_FORBIDS')
  })

  it('of the lead leaves exactly one lead among the others (R54)', () => {
    const state = returned(dispatched(['WATER', 'HOUSING', 'URBAN']), 'WATER')
    expect(state.case.status).toBe('DISPATCHED')
    expect(assignmentOf(state, 'HOUSING').role).toBe('LEAD')
    expect(assignmentOf(state, 'URBAN').role).toBe('CO_HANDLER')
  })

  it('by a second unit is a dispute: no dispatch again before a leader instructs (R71, R72)', () => {
    const first = returned(dispatched(['WATER']), 'WATER')
    const second = dispatched(['HOUSING'], {}, first)
    const state = returned(second, 'HOUSING')
    expect(state.case.status).toBe('REPORTED')
    expect(state.disputes).toMatchObject([
      { positions: [{ department: 'WATER' }, { department: 'HOUSING' }], settledBy: null },
    ])
    const again = { departments: ['URBAN'], mode: 'WRITTEN' } as const
    expect(refusalOf(() => decideDispatch(state, again, on(DAY, office)))).toBe('DISPUTE_OPEN')
  })
})
