import { describe, expect, it } from 'vitest'
import type { Actor } from '@hub/cases/domain/context.ts'
import { roles } from '@hub/cases/domain/values.ts'
import {
  callerFields,
  contentLevel,
  seesInstruction,
  seesReplyText,
  textAt,
  visibleCase,
  type Seen,
} from '@hub/cases/domain/visibility.ts'
import {
  accepted,
  admin,
  city,
  dispatched,
  leader,
  office,
  operator,
  oversight,
  portalOf,
  registered,
  replied,
  signed,
  unitOf,
} from '../support/cases-world.ts'
import type { CaseState } from '@hub/cases/domain/state.ts'

const seenAs = (state: CaseState): Seen => ({
  case: state.case,
  caller: state.caller,
  assignments: state.assignments,
  departments: city,
})
const PHONE = '19900000146'
const open = signed(dispatched(['WATER', 'LIXIA-1']), 'WATER', 'LIXIA-1')
const seen = seenAs(open)
const over = seenAs(accepted(replied(open, 'LIXIA-1', 'WATER'), 'LIXIA-1', 'WATER'))
const report = seenAs(dispatched(['WATER'], {}, registered({ matterType: 'REPORT' })))
const all = { name: true, organisation: true, phone: true }
const none = { name: false, organisation: false, phone: false }

describe('a case', () => {
  it('is known to the desk, leaders and oversight, to its units and those above them (R18, R19)', () => {
    for (const viewer of [operator, office, leader, oversight, admin])
      expect(visibleCase(viewer, seen)).toBe(true)
    for (const code of ['WATER', 'LIXIA-1', 'LIXIA']) expect(visibleCase(unitOf(code), seen)).toBe(true)
    for (const code of ['HOUSING', 'LIXIA-2', 'SHIZHONG']) expect(visibleCase(unitOf(code), seen)).toBe(false)
  })

  it('is known to the portal of its district, and to the citizen whose own it is', () => {
    expect(visibleCase(portalOf('历下区'), seen)).toBe(true)
    expect(visibleCase(portalOf('市中区'), seen)).toBe(false)
    expect(visibleCase(portalOf('市中区', `+86${PHONE}`), seen)).toBe(true)
    expect(visibleCase(portalOf('历下区', '13800000000'), seen)).toBe(false)
    const nameless = seenAs(registered({ anonymous: true }))
    expect(visibleCase(portalOf('历下区', PHONE), nameless)).toBe(false)
  })

  it('is never known to the unit complained of (R97)', () => {
    const state = dispatched(['LIXIA'], {}, registered({ complainedOf: ['LIXIA-1'] }))
    const withBlamed = { ...seenAs(state), assignments: [...state.assignments, ...open.assignments] }
    expect(visibleCase(unitOf('LIXIA'), withBlamed)).toBe(true)
    expect(visibleCase(unitOf('LIXIA-1'), withBlamed)).toBe(false)
  })

  it('is unknown to whoever has no role, department or district', () => {
    const nobody = { ...unitOf('WATER'), department: null }
    expect(visibleCase(nobody, seen)).toBe(false)
    expect(visibleCase({ ...portalOf('历下区'), district: null }, seen)).toBe(false)
    expect(visibleCase({ ...operator, role: 'STRANGER' as Actor['role'] }, seen)).toBe(false)
  })
})

describe('the caller’s data', () => {
  it('are the desk’s, and the citizen’s own', () => {
    expect(callerFields(operator, seen)).toEqual(all)
    expect(callerFields(office, seen)).toEqual(all)
    expect(callerFields(portalOf('历下区', PHONE), seen)).toEqual(all)
    expect(callerFields(portalOf('历下区'), seen)).toEqual(none)
  })

  it('reach the handling unit as a phone, while its assignment is open', () => {
    expect(callerFields(unitOf('WATER'), seen)).toEqual({ ...none, phone: true })
    expect(callerFields(unitOf('WATER'), over)).toEqual(none)
  })

  it('reach neither co-handlers nor units above or below', () => {
    for (const code of ['LIXIA-1', 'LIXIA', 'HOUSING']) expect(callerFields(unitOf(code), seen)).toEqual(none)
    const parent = seenAs(dispatched(['LIXIA-1']))
    expect(callerFields(unitOf('LIXIA'), parent)).toEqual(none)
  })

  it('of a confidential report are shown to the desk for a stated reason, and to no unit (R5)', () => {
    expect(callerFields(operator, report)).toEqual(none)
    expect(callerFields(operator, report, ' ')).toEqual(none)
    expect(callerFields(office, report, '核实险情')).toEqual(all)
    expect(callerFields(unitOf('WATER'), report, '核实险情')).toEqual(none)
  })

  it('are shown to no role without a row', () => {
    const rowed = new Set(['OPERATOR', 'OFFICE', 'DEPARTMENT', 'PORTAL'])
    for (const role of roles.filter((name) => !rowed.has(name)))
      expect(callerFields({ ...operator, role }, seen)).toEqual(none)
  })
})

describe('the content', () => {
  it('is whole for the desk and the citizen, redacted for units, anonymised for others', () => {
    expect(contentLevel(operator, seen)).toBe('FULL')
    expect(contentLevel(portalOf('历下区', PHONE), seen)).toBe('FULL')
    expect(contentLevel(unitOf('WATER'), seen)).toBe('REDACTED')
    expect(contentLevel(unitOf('LIXIA'), seen)).toBe('REDACTED')
    expect(contentLevel(leader, seen)).toBe('REDACTED')
    for (const viewer of [oversight, admin, portalOf('历下区')])
      expect(contentLevel(viewer, seen)).toBe('PUBLIC')
  })

  it('of a unit that was let go is what the public reads', () => {
    const [first] = open.assignments
    const letGo = { ...seen, assignments: first ? [{ ...first, status: 'RETURNED' as const }] : [] }
    expect(contentLevel(unitOf('WATER'), letGo)).toBe('PUBLIC')
  })

  it('told in confidence is not for the public at all', () => {
    const text = '电话13800138000'
    expect(textAt('FULL', text, report.case)).toBe(text)
    expect(textAt('REDACTED', text, report.case)).toBe('电话[电话]')
    expect(textAt('PUBLIC', text, seen.case)).toBe('电话[电话]')
    expect(textAt('PUBLIC', text, report.case)).toBe('[保密]')
  })
})

describe('replies and instructions', () => {
  it('are read in full by the desk, the unit that replied and the lead', () => {
    for (const viewer of [operator, office, leader, unitOf('LIXIA-1'), unitOf('LIXIA'), unitOf('WATER')])
      expect(seesReplyText(viewer, seen, 'LIXIA-1')).toBe(true)
    for (const viewer of [unitOf('HOUSING'), oversight, portalOf('历下区', PHONE)])
      expect(seesReplyText(viewer, seen, 'LIXIA-1')).toBe(false)
    expect(seesReplyText(unitOf('LIXIA-1'), seen, 'WATER')).toBe(false)
  })

  it('reach only the units an instruction is addressed to', () => {
    const instruction = { id: 'I1', targets: ['WATER'] }
    expect(seesInstruction(office, seen, instruction)).toBe(true)
    expect(seesInstruction(unitOf('WATER'), seen, instruction)).toBe(true)
    expect(seesInstruction(unitOf('LIXIA-1'), seen, instruction)).toBe(false)
    expect(seesInstruction(portalOf('历下区', PHONE), seen, instruction)).toBe(false)
  })
})
