import { describe, expect, it } from 'vitest'
import {
  followCase,
  outcomeOf,
  type FollowedCase,
  type RoutingOutcome,
} from '@hub/departments/domain/outcome.ts'
import { suggestDepartments } from '@hub/departments/domain/suggest.ts'
import { loadSample } from '@hub/departments/sample/load.ts'

const knowledge = loadSample()
const given = { title: '暖气不热', content: '家里只有十四度,暖气片是凉的', district: '历城区' }
const past = (cases: number, takenBy: string, district = '历城区'): RoutingOutcome => ({
  district,
  department: 'JN-U-HEAT',
  takenBy,
  cases,
})
const suggest = (outcomes: readonly RoutingOutcome[]) =>
  suggestDepartments({ ...knowledge, outcomes }, given, 3)
const codes = (found: ReturnType<typeof suggest>): string[] => found.map(({ department }) => department)

describe('suggestions after what happened to earlier cases (R35)', () => {
  const plain = suggest([])
  const second = plain[1]?.department ?? ''

  it('are the words’ alone while nothing or too little is known', () => {
    expect(plain[0]?.department).toBe('JN-U-HEAT')
    expect(suggest([past(4, second)])).toEqual(plain)
  })

  it('stay as they are when first dispatches went right', () => {
    expect(codes(suggest([past(200, '')]))).toEqual(codes(plain))
  })

  it('turn when most cases of the district came back and another candidate took them, and say so', () => {
    const found = suggest([past(40, second), past(2, '')])
    expect(found[0]?.department).toBe(second)
    expect(found[0]?.because).toContain('的42件中,40件退单后由本单位承办')
  })

  it('do not turn for a minority, nor for another district, nor to a unit the words do not speak for', () => {
    expect(codes(suggest([past(5, second), past(40, '')]))).toEqual(codes(plain))
    expect(codes(suggest([past(9, second, '商河县')]))).toEqual(codes(plain))
    expect(codes(suggest([past(400, 'JN-JYJ')]))).toEqual(codes(plain))
  })
})

describe('a unit complained of on the form', () => {
  it('is never suggested, whatever the words say (R97)', () => {
    const found = suggestDepartments(knowledge, { ...given, complainedOf: ['JN-U-HEAT'] }, 10)
    expect(codes(found)).not.toContain('JN-U-HEAT')
    expect(found.length).toBeGreaterThan(0)
  })

  it('is not suggested for a question of policy either', () => {
    const question = { title: '咨询', content: '请问高龄津贴怎么申请', district: null }
    const [first] = suggestDepartments(knowledge, question, 3)
    const code = first?.department ?? ''
    const found = suggestDepartments(knowledge, { ...question, complainedOf: [code] }, 10)
    expect(codes(found)).not.toContain(code)
  })
})

describe('what became of a first dispatch', () => {
  const event = (kind: string, data: Record<string, string | boolean | null> = {}) => ({ kind, data })
  const issued = (department: string, assignment: string, parentId: string | null = null, role = 'LEAD') =>
    event('AssignmentIssued', { department, assignment, parentId, role })
  const follow = (...events: ReturnType<typeof event>[]): FollowedCase | null =>
    events.reduce<FollowedCase | null>((before, each) => followCase(before, 'JN-1', each), null)
  const registered = event('CaseRegistered', { district: '历下区' })
  const outcome = (...events: ReturnType<typeof event>[]): RoutingOutcome | null => {
    const followed = follow(registered, ...events)
    return followed && outcomeOf(followed)
  }

  it('is right once the unit has replied', () => {
    expect(outcome(issued('A', '1'))).toBeNull()
    expect(
      outcome(issued('A', '1'), event('AssignmentReplied', { assignment: '1', disposition: 'CONFORMING' })),
    ).toEqual({ district: '历下区', department: 'A', takenBy: '', cases: 1 })
  })

  it('is a move once a return was accepted and another unit leads', () => {
    const returned = event('ReturnDecided', { assignment: '1', accepted: true })
    expect(outcome(issued('A', '1'), returned)).toBeNull()
    expect(outcome(issued('A', '1'), returned, issued('B', '2'))).toEqual({
      district: '历下区',
      department: 'A',
      takenBy: 'B',
      cases: 1,
    })
  })

  it('is not settled by a refused return, a co-handler, a unit below, or a reply that it is not theirs', () => {
    const refused = event('ReturnDecided', { assignment: '1', accepted: false })
    expect(outcome(issued('A', '1'), refused, issued('B', '2', null, 'CO_HANDLER'))).toBeNull()
    expect(outcome(issued('A', '1'), issued('A1', '2', '1'))).toBeNull()
    expect(
      outcome(issued('A', '1'), event('AssignmentReplied', { assignment: '1', disposition: 'OUT_OF_SCOPE' })),
    ).toBeNull()
  })

  it('does not change any more once it is known', () => {
    const reply = event('AssignmentReplied', { assignment: '1', disposition: 'CONFORMING' })
    const returned = event('ReturnDecided', { assignment: '1', accepted: true })
    expect(outcome(issued('A', '1'), reply, returned, issued('B', '2'))).toMatchObject({ takenBy: '' })
  })
})
