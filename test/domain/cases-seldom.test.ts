import { describe, expect, it } from 'vitest'
import { decideDispatch } from '@hub/cases/domain/dispatch.ts'
import { decideRaiseDispute } from '@hub/cases/domain/dispute.ts'
import { decideMarkEmergency, decideProgressEmergency } from '@hub/cases/domain/emergency.ts'
import { decideClose } from '@hub/cases/domain/close.ts'
import { decideMerge, decideUnmerge } from '@hub/cases/domain/merge.ts'
import { decideDecideRefusal, decideProposeRefusal, decideRefer } from '@hub/cases/domain/refer.ts'
import { decideInstruct, decideReportToLeader } from '@hub/cases/domain/report-to-leader.ts'
import type { CaseState } from '@hub/cases/domain/state.ts'
import {
  after,
  assignmentOf,
  DAY,
  dispatched,
  fedBack,
  leader,
  office,
  on,
  operator,
  refusalOf,
  registered,
  signed,
  unitOf,
} from '../support/cases-world.ts'

const atOffice = on(DAY, office)
const atDesk = on(DAY, operator)

describe('a referral', () => {
  const command = { kind: 'REFER', department: 'WATER', followUpOn: '2026-03-16' } as const
  const refer = (more: object, state = registered()) =>
    refusalOf(() => decideRefer(state, { ...command, ...more }, atDesk))

  it('names the unit and stays open with a day to follow up (R46, R47, R48)', () => {
    const before = registered()
    const state = after(before, decideRefer(before, { ...command, kind: 'RELAY_BY_PHONE' }, atDesk))
    expect(state.case.status).toBe('REFERRED')
    expect(state.referrals).toMatchObject([{ kind: 'RELAY_BY_PHONE', followUpOn: '2026-03-16' }])
    expect(refusalOf(() => decideClose(state, atOffice))).toBe('CASE_STATUS_FORBIDS')
    const told = fedBack(state)
    expect(refusalOf(() => decideClose(told, atOffice))).toBe('NOT REFUSED')
  })

  it('needs a known unit that is not complained of, and a day ahead (R97)', () => {
    expect(refer({ department: 'NOBODY' })).toBe('DEPARTMENT_NOT_FOUND')
    expect(refer({ followUpOn: '2026-03-09' })).toBe('DATE_PAST')
    expect(refer({}, registered({ complainedOf: ['WATER'] }))).toBe('COMPLAINED_OF')
  })
})

describe('a refusal', () => {
  it('names its class and the right route, and counts once the office confirms it (R4, R93, R94, R95)', () => {
    const before = registered()
    const proposal = { reason: 'COURT', route: '请向人民法院起诉' } as const
    const proposed = after(before, decideProposeRefusal(before, proposal, atDesk))
    expect(proposed.case.status).toBe('REGISTERED')
    expect(refusalOf(() => decideDecideRefusal(proposed, { confirm: true }, atDesk))).toBe('FORBIDDEN')
    const state = after(proposed, decideDecideRefusal(proposed, { confirm: true }, atOffice))
    expect(state.case.status).toBe('REFUSED')
    expect(state.notices).toMatchObject([{ about: 'REFUSED' }])
    expect(refusalOf(() => decideClose(state, atOffice))).toBe('NOT REFUSED')
    const kept = after(proposed, decideDecideRefusal(proposed, { confirm: false }, atOffice))
    expect(kept.case.status).toBe('REGISTERED')
    expect(refusalOf(() => decideDecideRefusal(kept, { confirm: true }, atOffice))).toBe(
      'REFUSAL_NOT_PROPOSED',
    )
    const routeless = { ...proposal, route: '' }
    expect(refusalOf(() => decideProposeRefusal(before, routeless, atDesk))).toBe('TEXT_BLANK')
  })
})

describe('a merge', () => {
  const master = { number: 'JN-1', status: 'HANDLING', mergedInto: null } as const
  const merge = (more: object) =>
    refusalOf(() => decideMerge(registered(), { master: { ...master, ...more }, joined: 0 }, atOffice))

  it('joins a case to an open master, keeps a feedback of its own, and can be undone (decision 6)', () => {
    const before = registered()
    const state = after(before, decideMerge(before, { master, joined: 0 }, atOffice))
    expect(state.case).toMatchObject({ status: 'MERGED', mergedInto: 'JN-1' })
    expect(refusalOf(() => decideClose(state, atOffice))).toBe('CASE_STATUS_FORBIDS')
    const parted = after(state, decideUnmerge(state, atOffice))
    expect(parted.case).toMatchObject({ status: 'REGISTERED', mergedInto: null })
  })

  it('is refused into itself, a closed case or one merged itself', () => {
    expect(merge({ number: registered().case.number })).toBe('MERGE_WITH_SELF')
    expect(merge({ status: 'CLOSED' })).toBe('MERGE_MASTER_UNFIT')
    expect(merge({ mergedInto: 'JN-2' })).toBe('MERGE_MASTER_UNFIT')
  })
})

describe('a major sudden incident', () => {
  const mark = (more: object, state = registered(), actor = operator) =>
    decideMarkEmergency(
      state,
      { verification: '电话核实属实', departments: ['WATER'], ...more },
      on(DAY, actor),
    )

  it('is verified and its units are told at once (R56, R57, R58)', () => {
    const before = registered()
    const state = after(before, mark({}, before))
    expect(state.case).toMatchObject({ status: 'EMERGENCY', urgency: 'CRITICAL' })
    expect(state.verifications).toMatchObject([{ text: '电话核实属实' }])
    expect(assignmentOf(state, 'WATER')).toMatchObject({ role: 'LEAD', mode: 'PHONE', status: 'ISSUED' })
    expect(signed(state, 'WATER').case.status).toBe('HANDLING')
    expect(refusalOf(() => mark({ verification: '' }))).toBe('TEXT_BLANK')
    expect(refusalOf(() => mark({}, registered(), unitOf('WATER')))).toBe('FORBIDDEN')
  })

  it('may be handed over to an emergency line, but not left with nobody (R9)', () => {
    expect(refusalOf(() => mark({ departments: [] }))).toBe('EMERGENCY_TELLS_NOBODY')
    expect(refusalOf(() => mark({ departments: [], handedTo: '119' }))).toBe('NOT REFUSED')
  })

  it('is reported on at any time by the desk and its units (R62)', () => {
    const before = registered()
    const state = after(before, mark({}, before))
    const go = (actor: typeof operator, subject: CaseState = state) =>
      refusalOf(() => decideProgressEmergency(subject, { text: '明火已灭' }, on(DAY, actor)))
    expect(go(operator)).toBe('NOT REFUSED')
    expect(go(unitOf('WATER'))).toBe('NOT REFUSED')
    expect(go(unitOf('HOUSING'))).toBe('FORBIDDEN')
    expect(go(operator, dispatched(['WATER']))).toBe('EMERGENCY_NOT_RAISED')
  })

  it('is not sent to the unit complained of (R97)', () => {
    expect(refusalOf(() => mark({}, registered({ complainedOf: ['WATER'] })))).toBe('COMPLAINED_OF')
  })
})

describe('a report to the leaders', () => {
  const instruction = { leader: '副市长', text: '请住建牵头', on: DAY, targets: ['HOUSING'] }
  const again = { departments: ['URBAN'], mode: 'WRITTEN' } as const

  it('waits for the instruction, to which the dispatch then refers (R52, R53)', () => {
    const before = registered()
    const reported = after(before, decideReportToLeader(before, { report: '汇总材料' }, atOffice))
    expect(reported.case.status).toBe('REPORTED')
    expect(refusalOf(() => decideDispatch(reported, again, atOffice))).toBe('INSTRUCTION_AWAITED')
    const instructed = after(reported, decideInstruct(reported, instruction, on(DAY, leader)))
    const id = instructed.instructions[0]?.id ?? null
    const sent = after(instructed, decideDispatch(instructed, { ...again, instruction: id }, atOffice))
    expect(assignmentOf(sent, 'URBAN').instructionId).toBe(id)
    expect(refusalOf(() => decideInstruct(instructed, instruction, atOffice))).toBe('REPORT_NOT_OPEN')
  })

  it('is the office’s; the instruction names leader, text and known targets', () => {
    expect(refusalOf(() => decideReportToLeader(registered(), { report: '材料' }, atDesk))).toBe('FORBIDDEN')
    const before = registered()
    const state = after(before, decideReportToLeader(before, { report: '材料' }, atOffice))
    const instruct = (more: object) =>
      refusalOf(() => decideInstruct(state, { ...instruction, ...more }, atOffice))
    expect(instruct({ leader: '' })).toBe('TEXT_BLANK')
    expect(instruct({ text: '' })).toBe('TEXT_BLANK')
    expect(instruct({ targets: ['NOBODY'] })).toBe('DEPARTMENT_NOT_FOUND')
  })

  it('settles a dispute, after which the units go on where they were (R71, R72)', () => {
    const before = signed(dispatched(['WATER', 'HOUSING']), 'WATER')
    const positions = [
      { department: 'WATER', text: '属住建' },
      { department: 'HOUSING', text: '属水务' },
    ]
    const one = positions.slice(0, 1)
    expect(refusalOf(() => decideRaiseDispute(before, { positions: one }, atOffice))).toBe(
      'DISPUTE_NEEDS_TWO',
    )
    expect(refusalOf(() => decideRaiseDispute(before, { positions }, on(DAY, unitOf('URBAN'))))).toBe(
      'FORBIDDEN',
    )
    const state = after(before, decideRaiseDispute(before, { positions }, on(DAY, unitOf('WATER'))))
    expect(state.case.status).toBe('REPORTED')
    expect(refusalOf(() => decideDispatch(state, again, atOffice))).toBe('DISPUTE_OPEN')
    expect(signed(state, 'HOUSING').case.status).toBe('REPORTED')
    const settled = after(state, decideInstruct(state, instruction, atOffice))
    expect(settled.case.status).toBe('HANDLING')
    expect(settled.disputes[0]?.settledBy).toBe(settled.instructions[0]?.id)
    expect(refusalOf(() => decideDispatch(settled, again, atOffice))).toBe('NOT REFUSED')
  })
})
