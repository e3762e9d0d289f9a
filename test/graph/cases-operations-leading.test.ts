import { describe, expect, it } from 'vitest'
import {
  clerk,
  HOUSING,
  leader,
  LIXIA,
  office,
  openDesk,
  operator,
  thrice,
  WATER,
} from '../support/cases-desk.ts'

const desk = await openDesk()
const { act, done, kindsOf, toldOf, statusOf, taskOf, register, dispatch, caseAt, database } = desk
const water = clerk(WATER)
const codesOf = (answers: readonly { readonly codes: readonly string[] }[]) =>
  answers.map(({ codes }) => codes)
const done3 = [[], [], []]

const emergency = (number: string, more: object = {}) => ({
  input: {
    number,
    verification: '现场民警核实:路面塌陷,有人被困',
    departments: [WATER, 'JN-YJJ'],
    lead: 'JN-YJJ',
    handedTo: '119',
    ...more,
  },
})

describe('a major sudden incident', () => {
  it('is verified and the units are told at once, past the ordinary queue; sent thrice, once (R56–R58)', async () => {
    const number = await register()
    expect(codesOf(await thrice(desk, operator, 'markEmergency', emergency(number)))).toEqual(done3)
    expect(await statusOf(number)).toBe('EMERGENCY')
    expect(await kindsOf(number)).toEqual([
      'CaseRegistered',
      'EmergencyRaised',
      'CaseDispatched',
      'AssignmentIssued',
      'AssignmentIssued',
    ])
    expect(await toldOf('emergency', number)).toEqual(['EmergencyRaised'])
    expect(await toldOf(`department:${WATER}`, number)).toEqual(['ISSUED'])
    expect(await toldOf('department:JN-YJJ', number)).toEqual(['ISSUED'])
  })

  it('is handed over to an emergency line, not absorbed (R9)', async () => {
    const number = await register()
    await done(operator, 'markEmergency', emergency(number, { departments: [], lead: null, handedTo: '120' }))
    const [row] = await database.sql`select handed_to from verification where case_number = ${number}`
    expect(row).toEqual({ handed_to: '120' })
    expect(await kindsOf(number)).toEqual(['CaseRegistered', 'EmergencyRaised'])
  })

  it('goes on with an entry at any time, by the desk or a unit that handles it (R62)', async () => {
    const number = await register()
    await done(operator, 'markEmergency', emergency(number))
    const text = '伤员已送医'
    expect(codesOf(await thrice(desk, water, 'progressEmergency', { number, text }))).toEqual(done3)
    await done(office, 'progressEmergency', { number, text: '道路封闭' })
    expect(await toldOf('emergency', number)).toEqual([
      'EmergencyRaised',
      'EmergencyProgressed',
      'EmergencyProgressed',
    ])
    expect((await act(clerk(LIXIA), 'progressEmergency', { number, text })).codes).toEqual(['CASE_NOT_FOUND'])
  })

  it('is refused without a verification, without anybody told, at the unit complained of, and twice (R57, R97)', async () => {
    const number = await register({ complainedOf: [WATER] })
    const mark = async (more: object) => (await act(operator, 'markEmergency', emergency(number, more))).codes
    expect(await mark({ verification: ' ' })).toEqual(['TEXT_BLANK'])
    expect(await mark({ departments: [], lead: null, handedTo: null })).toEqual(['EMERGENCY_TELLS_NOBODY'])
    expect(await mark({})).toEqual(['COMPLAINED_OF'])
    expect((await act(water, 'markEmergency', emergency(number))).codes).toEqual(['FORBIDDEN'])
    expect(await kindsOf(number)).toEqual(['CaseRegistered'])
    const raised = await register()
    await done(operator, 'markEmergency', emergency(raised))
    expect(
      (await act(office, 'markEmergency', emergency(raised, { departments: [LIXIA], lead: null }))).codes,
    ).toEqual(['CASE_STATUS_FORBIDS'])
    const calm = await caseAt('HANDLING')
    expect((await act(office, 'progressEmergency', { number: calm, text: '无' })).codes).toEqual([
      'EMERGENCY_NOT_RAISED',
    ])
  })

  it('goes back into the ordinary flow as its units sign, and closes with its echo (R29)', async () => {
    const number = await register()
    await done(operator, 'markEmergency', emergency(number, { departments: [WATER], lead: null }))
    await done(water, 'signForAssignment', { assignment: await taskOf(number) })
    expect(await statusOf(number)).toBe('HANDLING')
    await desk.reply(await taskOf(number))
    await done(office, 'reviewReply', { assignment: await taskOf(number), accept: true })
    await done(office, 'recordFeedback', { input: { number, by: 'OFFICE', mode: 'PHONE', text: '已处置' } })
    expect((await act(office, 'closeCase', { number })).status).toBe('CLOSED')
  })
})

const instruction = (number: string, more: object = {}) => ({
  input: {
    number,
    leader: '分管副市长',
    text: '请水务集团牵头限期解决',
    on: '2026-11-02',
    targets: [WATER],
    ...more,
  },
})

async function instructionOf(number: string): Promise<string> {
  const [row] = await database.sql<{ id: string }[]>`
    select id from instruction where case_number = ${number} order by id desc limit 1`
  return row?.id ?? ''
}

describe('a broad or hard matter', () => {
  it('is compiled, put before the leaders, and passed on as they instruct (R52, R53)', async () => {
    const number = await register()
    const report = { number, report: '全市老旧管网问题汇总' }
    expect(codesOf(await thrice(desk, office, 'reportToLeader', report))).toEqual(done3)
    expect(await statusOf(number)).toBe('REPORTED')
    const early = { input: { number, departments: [WATER], mode: 'WRITTEN' } }
    expect((await act(office, 'dispatchCase', early)).codes).toEqual(['INSTRUCTION_AWAITED'])
    expect(codesOf(await thrice(desk, leader, 'recordInstruction', instruction(number)))).toEqual(done3)
    expect(await kindsOf(number)).toEqual(['CaseRegistered', 'ReportedToLeader', 'LeaderInstructed'])
    const order = { input: { ...early.input, instruction: await instructionOf(number) } }
    expect((await act(office, 'dispatchCase', order)).status).toBe('DISPATCHED')
    const [task] = await database.sql`select instruction_id from assignment where case_number = ${number}`
    expect(task).toEqual({ instruction_id: order.input.instruction })
  })

  it('is refused without a text, a leader or a report, for an unknown unit, and to a unit or an operator (R52, R53)', async () => {
    const number = await register()
    expect((await act(office, 'reportToLeader', { number, report: '' })).codes).toEqual(['TEXT_BLANK'])
    expect((await act(operator, 'reportToLeader', { number, report: '报' })).codes).toEqual(['FORBIDDEN'])
    expect((await act(leader, 'recordInstruction', instruction(number))).codes).toEqual([
      'CASE_STATUS_FORBIDS',
    ])
    await done(office, 'reportToLeader', { number, report: '报' })
    const record = async (more: object) =>
      (await act(leader, 'recordInstruction', instruction(number, more))).codes
    expect(await record({ leader: ' ' })).toEqual(['TEXT_BLANK'])
    expect(await record({ targets: ['JN-NOBODY'] })).toEqual(['DEPARTMENT_NOT_FOUND'])
    expect((await act(water, 'recordInstruction', instruction(number))).codes).toEqual(['FORBIDDEN'])
    await done(leader, 'recordInstruction', instruction(number))
    expect((await act(office, 'recordInstruction', instruction(number, { text: '再批' }))).codes).toEqual([
      'REPORT_NOT_OPEN',
    ])
    const other = {
      number,
      departments: [WATER],
      mode: 'WRITTEN',
      instruction: await instructionOf(await register()),
    }
    expect(
      (await act(office, 'dispatchCase', { input: { ...other, instruction: 'nonsense' } })).codes,
    ).toEqual(['INSTRUCTION_NOT_FOUND'])
  })
})

describe('units that disagree', () => {
  const positions = [
    { department: WATER, text: '管道产权不属我单位' },
    { department: HOUSING, text: '应由供水单位维修' },
  ]

  it('write both positions down; nothing is dispatched again before the leader instructs (R71, R72)', async () => {
    const number = await register()
    await dispatch(number, [WATER, HOUSING])
    expect(codesOf(await thrice(desk, water, 'raiseDispute', { input: { number, positions } }))).toEqual(
      done3,
    )
    expect(await statusOf(number)).toBe('REPORTED')
    expect((await kindsOf(number)).slice(-2)).toEqual(['DisputeRaised', 'ReportedToLeader'])
    const again = { input: { number, departments: [LIXIA], mode: 'PHONE' } }
    expect((await act(office, 'dispatchCase', again)).codes).toEqual(['DISPUTE_OPEN'])
    await done(office, 'recordInstruction', instruction(number))
    expect(await statusOf(number)).toBe('DISPATCHED')
    expect((await act(office, 'dispatchCase', again)).codes).toEqual([])
  })

  it('are refused with one position, a blank one, an unknown unit, or a unit that has no part (R71)', async () => {
    const number = await register()
    await dispatch(number, [WATER, HOUSING])
    const raise = async (changed: readonly object[], who = office) =>
      (await act(who, 'raiseDispute', { input: { number, positions: changed } })).codes
    expect(await raise(positions.slice(0, 1))).toEqual(['DISPUTE_NEEDS_TWO'])
    expect(await raise([positions[0] ?? {}, { department: HOUSING, text: ' ' }])).toEqual(['TEXT_BLANK'])
    expect(await raise([positions[0] ?? {}, { department: 'JN-NOBODY', text: '无' }])).toEqual([
      'DEPARTMENT_NOT_FOUND',
    ])
    expect(await raise(positions, clerk(LIXIA))).toEqual(['CASE_NOT_FOUND'])
    expect(await raise(positions, operator)).toEqual(['FORBIDDEN'])
    expect((await kindsOf(number)).includes('DisputeRaised')).toBe(false)
    const fresh = await register()
    expect((await act(office, 'raiseDispute', { input: { number: fresh, positions } })).codes).toEqual([
      'CASE_STATUS_FORBIDS',
    ])
  })

  it('come about by a second unit sending the same case back (R71)', async () => {
    const number = await register()
    const sendBack = async (department: string) => {
      const assignment = await taskOf(number, department)
      await done(clerk(department), 'requestReturn', { assignment, reason: '不属职责', basis: '三定方案' })
      await done(office, 'decideReturn', { assignment, accept: true, reason: '同意' })
    }
    await dispatch(number, [WATER])
    await sendBack(WATER)
    expect(await statusOf(number)).toBe('REGISTERED')
    await dispatch(number, [HOUSING])
    await sendBack(HOUSING)
    expect(await statusOf(number)).toBe('REPORTED')
    expect((await kindsOf(number)).slice(-3)).toEqual(['ReturnDecided', 'DisputeRaised', 'ReportedToLeader'])
  })
})
