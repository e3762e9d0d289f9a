import { describe, expect, it } from 'vitest'
import { assignmentOpenFor, assignmentTransitions } from '@hub/cases/domain/assignment-transitions.ts'
import { whoMay } from '@hub/cases/domain/authority.ts'
import { caseOpenFor, caseTransitions } from '@hub/cases/domain/case-transitions.ts'
import { casesCatalogue } from '@hub/cases/domain/errors.ts'
import { assignmentEventKindOf, departmentsToldOf, publicDataOf } from '@hub/cases/domain/events-published.ts'
import { decideDispatch } from '@hub/cases/domain/dispatch.ts'
import { decideRegister } from '@hub/cases/domain/register.ts'
import { decideReply } from '@hub/cases/domain/reply.ts'
import { decideReview } from '@hub/cases/domain/review.ts'
import { decideDecideReturn, decideRequestReturn } from '@hub/cases/domain/return.ts'
import { operations } from '@hub/cases/domain/operations.ts'
import { assignmentStatuses, caseStatuses } from '@hub/cases/domain/values.ts'
import {
  aCall,
  after,
  aReply,
  assignmentOf,
  DAY,
  dispatched,
  office,
  on,
  operator,
  registered,
  replied,
  signed,
  unitOf,
} from '../support/cases-world.ts'

/** Every status that a walk over the table can reach from one. */
function reachable<S extends string>(table: Readonly<Record<S, readonly S[]>>, from: S): ReadonlySet<S> {
  const found = new Set<S>([from])
  for (const status of found) for (const next of table[status]) found.add(next)
  return found
}

describe('the tables of transitions', () => {
  it('reach every status of the charter, and end in the archive', () => {
    expect([...reachable(caseTransitions, 'REGISTERED')].toSorted()).toEqual([...caseStatuses].toSorted())
    expect([...reachable(assignmentTransitions, 'ISSUED')].toSorted()).toEqual(
      [...assignmentStatuses].toSorted(),
    )
    expect(caseTransitions.ARCHIVED).toEqual([])
    for (const status of caseStatuses) expect(reachable(caseTransitions, status).has('ARCHIVED')).toBe(true)
  })

  it('let a case close only from where it had its echo (R29)', () => {
    const before = caseStatuses.filter((status) => caseTransitions[status].includes('CLOSED'))
    expect(before).toEqual(['ANSWERED', 'REFUSED', 'FED_BACK'])
    expect(caseOpenFor.close.toSorted()).toEqual(before.toSorted())
  })

  it('leave nothing to do in a case that is archived', () => {
    const open = Object.values(caseOpenFor).filter((statuses) => statuses.includes('ARCHIVED'))
    expect(open).toEqual([])
  })

  it('name for every operation who may do it, and deny the rest', () => {
    for (const [operation, allowed] of Object.entries(whoMay)) {
      expect(operations).toHaveProperty(operation)
      expect(allowed.length).toBeGreaterThan(0)
      expect(allowed).not.toContain('OVERSIGHT')
      expect(allowed).not.toContain('ADMIN')
    }
    expect(whoMay.reviewReply).toEqual(['OFFICE'])
    expect(assignmentOpenFor.signFor).toEqual(['ISSUED'])
  })
})

describe('the refusals', () => {
  it('speak both languages, with the same values in both', () => {
    const holes = (text: string) => new Set([...text.matchAll(/\{(\w+?)(?:Zh)?\}/g)].map(([, name]) => name))
    for (const [code, { 'zh-CN': zh, en, meaning }] of Object.entries(casesCatalogue)) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)+$/)
      expect([code, holes(zh)]).toEqual([code, holes(en)])
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(meaning).not.toMatch(/[{}]/)
    }
  })
})

describe('an event', () => {
  const words = ['刘勇', '19900000146', '解放路', '水管', '已抢修', '供水条例', '说明修复', '不属本']
  const inHand = signed(dispatched(['WATER', 'HOUSING']), 'WATER', 'HOUSING')
  const done = replied(inHand, 'HOUSING', 'WATER')
  const water = { assignment: assignmentOf(done, 'WATER').id }
  const redo = { ...water, accept: false, requirements: '说明修复时间', redoBy: '2026-03-16' }
  const back = { ...water, reason: '不属本单位', basis: '解放路', suggested: 'URBAN' }
  const fresh = dispatched(['WATER'])
  const returning = { ...back, assignment: assignmentOf(fresh, 'WATER').id }
  const asked = decideRequestReturn(fresh, returning, on(DAY, unitOf('WATER')))
  const waiting = after(fresh, asked)
  const decision = { assignment: returning.assignment, accept: true, reason: '刘勇' }
  const events = [
    ...decideRegister(aCall, on(DAY, operator)),
    ...decideDispatch(registered(), { departments: ['WATER'], mode: 'PHONE', note: '水管' }, on(DAY, office)),
    ...decideReply(
      inHand,
      { ...aReply, assignment: assignmentOf(inHand, 'HOUSING').id },
      on(DAY, unitOf('HOUSING')),
    ),
    ...decideReview(done, redo, on(DAY, office)),
    ...asked,
    ...decideDecideReturn(waiting, decision, on(DAY, office)),
  ]

  it('tells the outside ids, days and enumerated values, never a word of anybody', () => {
    for (const event of events) {
      const told = JSON.stringify(publicDataOf(event))
      expect(told).toContain(event.caseNumber)
      for (const word of words) expect(told).not.toContain(word)
      expect(
        Object.values(publicDataOf(event)).every((value) => typeof value !== 'object' || value === null),
      ).toBe(true)
    }
  })

  it('on an assignment goes to its department, under the contract’s name', () => {
    const kinds = events.map((event) => `${assignmentEventKindOf(event)} ${departmentsToldOf(event).join()}`)
    expect(kinds).toEqual([
      'null ',
      'null ',
      'ISSUED WATER',
      'REPLIED HOUSING',
      'REDO_ORDERED WATER',
      'RETURN_REQUESTED WATER',
      'RETURNED WATER',
    ])
  })

  it('gives a new identity to what it changes, and to nothing else', () => {
    const state = after(done, decideReview(done, redo, on(DAY, office)))
    expect(assignmentOf(state, 'WATER')).not.toBe(assignmentOf(done, 'WATER'))
    expect(assignmentOf(state, 'HOUSING')).toBe(assignmentOf(done, 'HOUSING'))
    expect(state.caller).toBe(done.caller)
    expect(state.notices).toBe(done.notices)
    const again = after(state, decideReview(done, redo, on(DAY, office)).slice(1))
    expect(again.case).toBe(state.case)
  })
})
