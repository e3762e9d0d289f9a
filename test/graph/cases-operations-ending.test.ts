import { describe, expect, it } from 'vitest'
import { clerk, HOUSING, LIXIA, office, openDesk, operator, thrice, WATER } from '../support/cases-desk.ts'

const desk = await openDesk()
const { act, done, kindsOf, statusOf, taskOf, register, caseAt, database, moveTo } = desk
const water = clerk(WATER)
const codesOf = (answers: readonly { readonly codes: readonly string[] }[]) =>
  answers.map(({ codes }) => codes)
const done3 = [[], [], []]

describe('feedback to the caller', () => {
  const told = (number: string, more: object = {}) => ({
    input: { number, by: 'OFFICE', mode: 'PHONE', text: '已告知', ...more },
  })

  it('is given by the office or by the unit, once (R63, R64)', async () => {
    const number = await caseAt('APPROVED')
    expect(codesOf(await thrice(desk, office, 'recordFeedback', told(number)))).toEqual(done3)
    expect((await kindsOf(number)).filter((kind) => kind === 'FeedbackRecorded')).toHaveLength(1)
    const other = await caseAt('APPROVED')
    expect(
      (await act(water, 'recordFeedback', told(other, { by: 'DEPARTMENT', mode: 'WRITTEN' }))).status,
    ).toBe('FED_BACK')
  })

  it('or it stands written why it was impossible (R65)', async () => {
    const number = await caseAt('APPROVED')
    const tell = async (more: object) => (await act(office, 'recordFeedback', told(number, more))).codes
    expect(await tell({ mode: 'IMPOSSIBLE', text: null })).toEqual(['FEEDBACK_WITHOUT_REASON'])
    expect(await tell({ text: ' ' })).toEqual(['FEEDBACK_WITHOUT_TEXT'])
    expect(await tell({ impossibleBecause: '关机' })).toEqual(['FEEDBACK_CONTRADICTS'])
    expect(await tell({ mode: 'IMPOSSIBLE', text: null, impossibleBecause: '三次拨打均关机' })).toEqual([])
  })

  it('is refused before the reply was accepted, for another unit, and past the office in confidence (R5, R29)', async () => {
    const early = await caseAt('REPLIED')
    expect((await act(office, 'recordFeedback', told(early))).codes).toEqual(['CASE_STATUS_FORBIDS'])
    const number = await caseAt('APPROVED')
    expect((await act(water, 'recordFeedback', told(number))).codes).toEqual(['FEEDBACK_BY_OTHER'])
    expect((await act(clerk(LIXIA), 'recordFeedback', told(number, { by: 'DEPARTMENT' }))).codes).toEqual([
      'FORBIDDEN',
    ])
    expect((await act(operator, 'recordFeedback', told(number))).codes).toEqual(['FORBIDDEN'])
    const secret = await caseAt('APPROVED', { matterType: 'REPORT' })
    expect((await act(water, 'recordFeedback', told(secret, { by: 'DEPARTMENT' }))).codes).toEqual([
      'FEEDBACK_THROUGH_OFFICE',
    ])
  })
})

describe('a callback', () => {
  const called = (number: string, more: object = {}) => ({
    input: { number, contacted: true, solved: true, satisfaction: 'SATISFIED', ...more },
  })

  it('asks whether it is solved and how satisfied the caller is, once (R30)', async () => {
    const number = await caseAt('FED_BACK')
    expect(codesOf(await thrice(desk, office, 'recordCallback', called(number)))).toEqual(done3)
    expect((await kindsOf(number)).filter((kind) => kind === 'CallbackRecorded')).toHaveLength(1)
  })

  it('that finds the caller rightly dissatisfied leads to a redo; without it an accepted reply stands (R30)', async () => {
    const number = await caseAt('FED_BACK')
    const assignment = await taskOf(number)
    const redo = { assignment, accept: false, requirements: '再次维修', redoBy: '2026-11-06' }
    expect((await act(office, 'reviewReply', redo)).codes).toEqual(['REDO_WITHOUT_GROUND'])
    await done(office, 'recordCallback', called(number, { solved: false, satisfaction: 'DISSATISFIED' }))
    expect((await act(office, 'reviewReply', redo)).codes).toEqual([])
    expect(await statusOf(number)).toBe('REDO')
  })

  it('is refused without a result, with a contradiction, out of order, and to a unit (R30)', async () => {
    const number = await caseAt('FED_BACK')
    const call = async (more: object) => (await act(office, 'recordCallback', called(number, more))).codes
    expect(await call({ satisfaction: null })).toEqual(['CALLBACK_WITHOUT_RESULT'])
    expect(await call({ contacted: false })).toEqual(['CALLBACK_CONTRADICTS'])
    expect((await act(water, 'recordCallback', called(number))).codes).toEqual(['FORBIDDEN'])
    expect((await act(office, 'recordCallback', called(await caseAt('HANDLING')))).codes).toEqual([
      'CASE_STATUS_FORBIDS',
    ])
  })
})

describe('an end', () => {
  it('comes with an echo and an outcome, once, and to the office alone (R29)', async () => {
    for (const stage of ['REGISTERED', 'DISPATCHED', 'HANDLING', 'REPLIED', 'APPROVED'] as const) {
      const number = await caseAt(stage)
      const { codes } = await act(office, 'closeCase', { number })
      expect(['CASE_STATUS_FORBIDS', 'CLOSE_WITHOUT_REPLY', 'CLOSE_WITHOUT_FEEDBACK']).toContain(codes[0])
      expect(await statusOf(number)).toBe(stage)
    }
    const number = await caseAt('FED_BACK')
    expect((await act(operator, 'closeCase', { number })).codes).toEqual(['FORBIDDEN'])
    expect(codesOf(await thrice(desk, office, 'closeCase', { number }))).toEqual(done3)
    expect((await kindsOf(number)).filter((kind) => kind === 'CaseClosed')).toHaveLength(1)
  })

  it('waits while supervision is open on the case (R29)', async () => {
    const number = await caseAt('FED_BACK')
    const order = '00000000-0000-7000-8000-000000000001'
    await database.sql`insert into supervision_ref (order_id, case_number, assignment_id, status) values (${order}, ${number}, null, 'OPEN')`
    expect((await act(office, 'closeCase', { number })).codes).toEqual(['CLOSE_UNDER_SUPERVISION'])
    await database.sql`update supervision_ref set status = 'CLOSED' where order_id = ${order}`
    expect((await act(office, 'closeCase', { number })).codes).toEqual([])
  })

  it('may be undone within the window and for a reason; the case then has a clock of its own', async () => {
    const number = await caseAt('CLOSED')
    expect((await act(office, 'reopenCase', { number, reason: '' })).codes).toEqual(['TEXT_BLANK'])
    expect((await act(operator, 'reopenCase', { number, reason: '复发' })).codes).toEqual(['FORBIDDEN'])
    moveTo('2026-12-03T09:00:00+08:00')
    expect((await act(office, 'reopenCase', { number, reason: '复发' })).codes).toEqual(['REOPEN_TOO_LATE'])
    moveTo('2026-11-30T09:00:00+08:00')
    expect(codesOf(await thrice(desk, office, 'reopenCase', { number, reason: '复发' }))).toEqual(done3)
    await desk.dispatch(number, [HOUSING])
    const [row] = await database.sql`select cap_on from "case" where number = ${number}`
    expect(row?.['cap_on']).toBe('2027-01-12')
    moveTo('2026-11-02T09:00:00+08:00')
    expect(
      (await act(office, 'reopenCase', { number: await caseAt('HANDLING'), reason: '复发' })).codes,
    ).toEqual(['CASE_STATUS_FORBIDS'])
  })
})

describe('the archive', () => {
  it('takes a complete case, once: call, assignments and replies, instructions (R86, R87, R89)', async () => {
    const number = await caseAt('CLOSED')
    expect((await act(operator, 'archiveCase', { number })).codes).toEqual(['FORBIDDEN'])
    expect(codesOf(await thrice(desk, office, 'archiveCase', { number }))).toEqual(done3)
    expect((await kindsOf(number)).at(-1)).toBe('CaseArchived')
  })

  it('refuses what is open or under supervision, and nothing follows it (R88, R90)', async () => {
    expect((await act(office, 'archiveCase', { number: await caseAt('FED_BACK') })).codes).toEqual([
      'CASE_STATUS_FORBIDS',
    ])
    const number = await caseAt('CLOSED')
    const order = '00000000-0000-7000-8000-000000000002'
    await database.sql`insert into supervision_ref (order_id, case_number, assignment_id, status) values (${order}, ${number}, null, 'OPEN')`
    expect((await act(office, 'archiveCase', { number })).codes).toEqual(['ARCHIVE_INCOMPLETE'])
    await database.sql`update supervision_ref set status = 'CLOSED' where order_id = ${order}`
    await done(office, 'archiveCase', { number })
    expect((await act(office, 'reopenCase', { number, reason: '复发' })).codes).toEqual([
      'CASE_STATUS_FORBIDS',
    ])
    const again = { input: { number, by: 'OFFICE', mode: 'PHONE', text: '再告知' } }
    expect((await act(office, 'recordFeedback', again)).codes).toEqual(['CASE_STATUS_FORBIDS'])
  })
})

describe('praise', () => {
  it('is passed on without a clock, thanked for, and closed (R7)', async () => {
    const number = await register({ matterType: 'PRAISE' })
    await desk.dispatch(number)
    const assignment = await desk.sign(number)
    const [row] = await database.sql`select reply_required from assignment where id = ${assignment}`
    expect(row).toEqual({ reply_required: false })
    await done(office, 'recordFeedback', { input: { number, by: 'OFFICE', mode: 'PHONE', text: '感谢来电' } })
    expect((await act(office, 'closeCase', { number })).status).toBe('CLOSED')
  })
})
