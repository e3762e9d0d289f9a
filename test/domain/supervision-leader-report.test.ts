import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { actBy, workingDaysWaited } from '@hub/supervision/domain/leader-report.ts'
import { followCase, newCase } from '@hub/supervision/domain/follow-case.ts'
import { STANDING } from '@hub/supervision/domain/city-policy.ts'
import { describe, expect, it } from 'vitest'
import { at, caseEvent } from '../support/supervision-case.ts'

const calendar = chineseCalendar()
const NUMBER = 'JN-20261102-000001'
const after = (...kinds: readonly (readonly [kind: string, day: string])[]) =>
  kinds
    .map(([kind, day]) => caseEvent(kind, at(day), { case: NUMBER }))
    .reduce((followed, event) => followCase(followed, event, []), newCase(NUMBER))

describe('a matter before a leader', () => {
  const instructed = [
    ['ReportedToLeader', '2026-11-18'],
    ['LeaderInstructed', '2026-11-20'],
  ] as const

  it.each(['CaseDispatched', 'AssignmentIssued', 'LeadChanged', 'ReturnDecided', 'AssignmentReplied'])(
    'is carried out by %s after the instruction, not before (R72)',
    (kind) => {
      expect(after([kind, '2026-11-19'], ...instructed).instructionActedAt).toBeNull()
      expect(after(...instructed, [kind, '2026-11-23'], [kind, '2026-11-24']).instructionActedAt).toEqual(
        at('2026-11-23'),
      )
    },
  )

  it('waits anew when it is reported again (R52, R71)', () => {
    const again = after(...instructed, ['CaseDispatched', '2026-11-23'], ['DisputeRaised', '2026-11-24'])
    expect(again).toMatchObject({
      disputedAt: at('2026-11-24'),
      reportedAt: at('2026-11-24'),
      instructedAt: null,
      instructionActedAt: null,
    })
  })

  it('has a clock of working days from the instruction on (R53, R72)', () => {
    const report = { number: NUMBER, disputedAt: null, reportedAt: at('2026-11-18'), instructedAt: null }
    expect(actBy(report, [], calendar)).toBeNull()
    expect(workingDaysWaited(report, '2026-11-23', calendar)).toBe(3)
    const answered = { ...report, instructedAt: at('2026-11-20') }
    expect(actBy(answered, [], calendar)).toBe('2026-11-24')
    const slower = { ...STANDING, version: 'later', effectiveFrom: '2026-11-21', instructionWorkingDays: 5 }
    // R8: by the policy of the day of the instruction, in the city of the case.
    expect(actBy(answered, [STANDING, slower], calendar)).toBe('2026-11-24')
    expect(actBy({ ...answered, instructedAt: at('2026-11-21') }, [STANDING, slower], calendar)).toBe(
      '2026-11-27',
    )
    expect(
      actBy({ ...answered, number: 'QD-1', instructedAt: at('2026-11-21') }, [STANDING, slower], calendar),
    ).toBe('2026-11-24')
    expect(workingDaysWaited(answered, '2026-11-23', calendar)).toBe(1)
  })
})
