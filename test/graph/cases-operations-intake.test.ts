import { describe, expect, it } from 'vitest'
import { callerAs } from '../support/cases-graph.ts'
import {
  HOUSING,
  leader,
  LIXIA,
  office,
  openDesk,
  operator,
  clerk,
  thrice,
  WATER,
} from '../support/cases-desk.ts'

const desk = await openDesk()
const { act, done, kindsOf, statusOf, register, dispatch, caseAt } = desk
const done3 = [[], [], []]
const codesOf = (answers: readonly { readonly codes: readonly string[] }[]) =>
  answers.map(({ codes }) => codes)

describe('a referral', () => {
  const referral = (number: string, more: object = {}) => ({
    input: {
      number,
      kind: 'REFER',
      department: WATER,
      followUpOn: '2026-11-09',
      note: '请联系客服',
      ...more,
    },
  })

  it('points the caller to a unit, is followed up, and has one effect when sent thrice (R46, R48)', async () => {
    const number = await register()
    expect(codesOf(await thrice(desk, operator, 'referCase', referral(number)))).toEqual(done3)
    expect(await statusOf(number)).toBe('REFERRED')
    expect(await kindsOf(number)).toEqual(['CaseRegistered', 'CaseReferred'])
    expect((await act(office, 'closeCase', { number })).codes).toEqual(['CASE_STATUS_FORBIDS'])
    const rows = await desk.database
      .sql`select kind, follow_up_on from referral where case_number = ${number}`
    expect(rows).toMatchObject([{ kind: 'REFER', follow_up_on: '2026-11-09' }])
  })

  it('may be the desk phoning the unit for the caller (R47)', async () => {
    const number = await register()
    const relay = referral(number, { kind: 'RELAY_BY_PHONE' })
    expect((await act(operator, 'referCase', relay)).status).toBe('REFERRED')
  })

  it('goes back into the ordinary flow when nothing came of it (R48)', async () => {
    const number = await register()
    await done(operator, 'referCase', referral(number))
    await dispatch(number)
    expect(await statusOf(number)).toBe('DISPATCHED')
  })

  it('is refused out of order, to an unknown unit, to the unit complained of, and for a day gone by (R97)', async () => {
    const number = await register({ complainedOf: [WATER] })
    const refused = async (more: object) => (await act(operator, 'referCase', referral(number, more))).codes
    expect(await refused({})).toEqual(['COMPLAINED_OF'])
    expect(await refused({ department: 'JN-NOBODY' })).toEqual(['DEPARTMENT_NOT_FOUND'])
    expect(await refused({ department: HOUSING, followUpOn: '2026-11-01' })).toEqual(['DATE_PAST'])
    expect(await kindsOf(number)).toEqual(['CaseRegistered'])
    const handled = await caseAt('HANDLING')
    expect((await act(operator, 'referCase', referral(handled))).codes).toEqual(['CASE_STATUS_FORBIDS'])
  })
})

describe('a refusal', () => {
  const proposal = (number: string, more: object = {}) => ({
    input: { number, reason: 'COURT', route: '请向人民法院起诉', ...more },
  })

  it('names the reason and the right route, and counts when the office confirms it (R4, R93, R94, R95)', async () => {
    const number = await register()
    expect(codesOf(await thrice(desk, operator, 'proposeRefusal', proposal(number)))).toEqual(done3)
    expect(await statusOf(number)).toBe('REGISTERED')
    expect((await act(operator, 'decideRefusal', { number, confirm: true })).codes).toEqual(['FORBIDDEN'])
    expect(codesOf(await thrice(desk, office, 'decideRefusal', { number, confirm: true }))).toEqual(done3)
    expect(await kindsOf(number)).toEqual(['CaseRegistered', 'RefusalProposed', 'RefusalDecided'])
    expect(
      (await act(office, 'dispatchCase', { input: { number, departments: [WATER], mode: 'PHONE' } })).codes,
    ).toEqual(['CASE_STATUS_FORBIDS'])
    expect((await act(office, 'closeCase', { number })).status).toBe('CLOSED')
  })

  it('leaves the case with the desk when the office does not agree (R4)', async () => {
    const number = await register()
    await done(operator, 'proposeRefusal', proposal(number))
    expect((await act(office, 'decideRefusal', { number, confirm: false })).status).toBe('REGISTERED')
    await dispatch(number)
  })

  it('needs a route, a proposal and a case that nobody handles yet (R4)', async () => {
    const number = await register()
    expect((await act(operator, 'proposeRefusal', proposal(number, { route: ' ' }))).codes).toEqual([
      'TEXT_BLANK',
    ])
    expect((await act(office, 'decideRefusal', { number, confirm: true })).codes).toEqual([
      'REFUSAL_NOT_PROPOSED',
    ])
    expect(await kindsOf(number)).toEqual(['CaseRegistered'])
    const handled = await caseAt('DISPATCHED')
    expect((await act(operator, 'proposeRefusal', proposal(handled))).codes).toEqual(['CASE_STATUS_FORBIDS'])
  })
})

describe('a merge', () => {
  it('joins a case to its master, keeps a feedback for its caller, and can be undone (R29)', async () => {
    const [master, number] = [await register(), await register()]
    expect(codesOf(await thrice(desk, office, 'mergeCase', { number, master }))).toEqual(done3)
    expect(await statusOf(number)).toBe('MERGED')
    expect((await act(office, 'closeCase', { number })).codes).toEqual(['CASE_STATUS_FORBIDS'])
    expect(codesOf(await thrice(desk, office, 'unmergeCase', { number }))).toEqual(done3)
    expect(await kindsOf(number)).toEqual(['CaseRegistered', 'CaseMerged', 'CaseUnmerged'])
    expect(await statusOf(number)).toBe('REGISTERED')
    await done(office, 'mergeCase', { number, master })
    const feedback = { number, by: 'OFFICE', mode: 'PHONE', text: '主单已办结' }
    await done(office, 'recordFeedback', { input: feedback })
    expect((await act(office, 'closeCase', { number })).status).toBe('CLOSED')
  })

  it('is refused with itself, with a merged or closed master, and when the case is handled', async () => {
    const [master, merged, number] = [await register(), await register(), await register()]
    await done(office, 'mergeCase', { number: merged, master })
    const into = async (other: string, own = number) =>
      (await act(office, 'mergeCase', { number: own, master: other })).codes
    expect(await into(number)).toEqual(['MERGE_WITH_SELF'])
    expect(await into(merged)).toEqual(['MERGE_MASTER_UNFIT'])
    expect(await into(await register(), master)).toEqual(['MERGE_OF_MASTER'])
    expect(await into(await caseAt('CLOSED'))).toEqual(['MERGE_MASTER_UNFIT'])
    expect(await into('JN-20260101-999999')).toEqual(['CASE_NOT_FOUND'])
    expect(await into(number, await caseAt('HANDLING'))).toEqual(['CASE_STATUS_FORBIDS'])
    expect((await act(office, 'unmergeCase', { number })).codes).toEqual(['CASE_STATUS_FORBIDS'])
    expect(await kindsOf(number)).toEqual(['CaseRegistered'])
  })

  it('of two cases into each other at once happens one way only', async () => {
    const [one, other] = [await register(), await register()]
    const answers = await Promise.all([
      act(office, 'mergeCase', { number: one, master: other }),
      act(office, 'mergeCase', { number: other, master: one }),
    ])
    expect(['MERGE_MASTER_UNFIT', 'MERGE_OF_MASTER']).toContain(codesOf(answers).flat().join())
    expect([await statusOf(one), await statusOf(other)].toSorted()).toEqual(['MERGED', 'REGISTERED'])
  })
})

describe('a withdrawal', () => {
  const citizen = callerAs('PORTAL', { district: '历下区', citizen: '13800138000' })
  const stranger = callerAs('PORTAL', { district: '历下区', citizen: '13900139000' })
  const reason = '已自行解决'

  it("by the caller's portal ends the case and calls its units off", async () => {
    const number = await caseAt('HANDLING')
    expect(codesOf(await thrice(desk, citizen, 'withdrawCase', { number, reason }))).toEqual(done3)
    expect(await statusOf(number)).toBe('WITHDRAWN')
    expect(await desk.toldOf(`department:${WATER}`, number)).toEqual(['ISSUED', 'SIGNED_FOR', 'CANCELLED'])
    expect((await act(office, 'archiveCase', { number })).status).toBe('ARCHIVED')
  })

  it('is refused of a report of danger, to anyone else, and after the end (R5)', async () => {
    const report = await register({ matterType: 'REPORT' })
    expect((await act(operator, 'withdrawCase', { number: report, reason })).codes).toEqual([
      'WITHDRAW_FORBIDDEN',
    ])
    const number = await register()
    expect((await act(stranger, 'withdrawCase', { number, reason })).codes).toEqual(['CASE_NOT_FOUND'])
    expect(
      (await act(callerAs('PORTAL', { district: '历下区' }), 'withdrawCase', { number, reason })).codes,
    ).toEqual(['FORBIDDEN'])
    expect((await act(clerk(LIXIA), 'withdrawCase', { number, reason })).codes).toEqual(['FORBIDDEN'])
    expect((await act(leader, 'withdrawCase', { number, reason })).codes).toEqual(['FORBIDDEN'])
    expect((await act(citizen, 'withdrawCase', { number, reason: '' })).codes).toEqual(['TEXT_BLANK'])
    const closed = await caseAt('CLOSED')
    expect((await act(citizen, 'withdrawCase', { number: closed, reason })).codes).toEqual([
      'CASE_STATUS_FORBIDS',
    ])
    expect(await kindsOf(number)).toEqual(['CaseRegistered'])
  })
})

describe('an answer at once', () => {
  it('stands beside a dispatch: answered and handled in one flow (R10)', async () => {
    const number = await caseAt('DISPATCHED')
    const answer = { number, text: '先按此办理', articles: ['KB-002'] }
    expect((await act(operator, 'answerDirectly', { input: answer })).status).toBe('DISPATCHED')
    const second = await register()
    await done(operator, 'answerDirectly', { input: { ...answer, number: second } })
    await dispatch(second)
    expect(await kindsOf(second)).toEqual([
      'CaseRegistered',
      'CaseAnsweredDirectly',
      'CaseDispatched',
      'AssignmentIssued',
    ])
  })

  it('needs an article in force or a reason, and closes as its own echo (R29, R45)', async () => {
    const number = await register()
    const answer = async (more: object) =>
      (await act(operator, 'answerDirectly', { input: { number, text: '答复', ...more } })).codes
    expect(await answer({})).toEqual(['ANSWER_WITHOUT_GROUND'])
    expect(await answer({ articles: ['KB-NONE'] })).toEqual(['ARTICLE_NOT_IN_FORCE'])
    expect(await answer({ reason: '政策明确' })).toEqual([])
    expect((await act(office, 'closeCase', { number })).status).toBe('CLOSED')
  })
})
