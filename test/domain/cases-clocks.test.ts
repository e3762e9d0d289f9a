import { readFileSync } from 'node:fs'
import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { describe, expect, it } from 'vitest'
import { capFrom, latestRedo, replyDue, returnWindow } from '@hub/cases/domain/clocks.ts'
import { policies, policyOn, type Policy } from '@hub/cases/domain/policy.ts'

const read = <T>(file: string) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as T
const { vectors } = read<{
  vectors: { dispatchDate: string; workingDays: number; expectedDue: string | null; note: string }[]
}>('clock-vectors.json')
const cases = read<{ dispatchDate: string; replyDue: string; maxExtended: string }[]>('cases-deadlines.json')

const calendar = chineseCalendar()
const [policy] = policies
const morning = (day: string) => new Date(`${day}T00:00:00+08:00`)
const night = (day: string) => new Date(`${day}T23:59:59+08:00`)
const dueOf = (at: Date, rules: Policy) => replyDue(calendar, rules, at, capFrom(calendar, rules, at))

describe('the clock of a dispatched case', () => {
  it.each(vectors)('$workingDays working days after $dispatchDate: $note (R59, R61)', (vector) => {
    const rules = { ...policy, replyWorkingDays: vector.workingDays }
    for (const at of [morning(vector.dispatchDate), night(vector.dispatchDate)]) {
      const due = dueOf(at, rules)
      expect(due.provisional ? null : due.on).toBe(vector.expectedDue)
    }
  })

  it('covers all 41 vectors', () => expect(vectors).toHaveLength(41))

  it.each(cases)('of $dispatchDate is due on $replyDue and capped on $maxExtended (R59, R61)', (one) => {
    const at = morning(one.dispatchDate)
    expect(dueOf(at, policy).on).toBe(one.replyDue)
    expect(capFrom(calendar, policy, at).on).toBe(one.maxExtended)
  })

  it('never gives a later date than the cap of the first dispatch (R61)', () => {
    const cap = capFrom(calendar, policy, morning('2026-03-10'))
    expect(replyDue(calendar, policy, morning('2026-04-20'), cap).on).toBe(cap.on)
    expect(replyDue(calendar, policy, morning('2026-03-12'), cap).on).toBe('2026-03-23')
  })

  it('measures returns and redos by the policy (R70)', () => {
    expect(returnWindow(calendar, policy, morning('2026-02-14'))).toBe('2026-02-25')
    expect(latestRedo(calendar, policy, morning('2026-02-13'))).toBe('2026-04-02')
  })
})

describe('a policy', () => {
  it('holds from its day, and names its legal basis (R8)', () => {
    const [first] = policies
    const later = { ...first, version: 'later', effectiveFrom: '2027-01-01', replyWorkingDays: 5 }
    expect(policyOn('2026-12-31', [first, later]).replyWorkingDays).toBe(7)
    expect(policyOn('2027-01-01', [first, later]).version).toBe('later')
    expect(policyOn('1999-01-01', [first, later])).toBe(first)
    expect(policies.every(({ legalBasis }) => legalBasis.length > 0)).toBe(true)
  })
})
