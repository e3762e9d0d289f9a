import { describe, expect, it } from 'vitest'
import {
  aReply,
  clerk,
  HOUSING,
  LIXIA,
  LIXIA_STREET,
  office,
  openDesk,
  operator,
  thrice,
  WATER,
} from '../support/cases-desk.ts'

const desk = await openDesk()
const { act, kindsOf, toldOf, statusOf, taskOf, register, dispatch, sign, caseAt, database } = desk
const water = clerk(WATER)
const codesOf = (answers: readonly { readonly codes: readonly string[] }[]) =>
  answers.map(({ codes }) => codes)
const done3 = [[], [], []]

describe('a dispatch', () => {
  const order = (number: string, more: object) => ({
    input: { number, departments: [WATER], mode: 'WRITTEN', ...more },
  })

  it('of two units names exactly one lead, and each unit is told (R54)', async () => {
    const number = await register()
    const both = { departments: [WATER, HOUSING] }
    expect((await act(office, 'dispatchCase', order(number, both))).codes).toEqual(['LEAD_MISSING'])
    expect((await act(office, 'dispatchCase', order(number, { ...both, lead: LIXIA }))).codes).toEqual([
      'LEAD_NOT_AMONG',
    ])
    expect(
      codesOf(await thrice(desk, office, 'dispatchCase', order(number, { ...both, lead: HOUSING }))),
    ).toEqual(done3)
    const roles =
      await database.sql`select department, role from assignment where case_number = ${number} order by department`
    expect(roles).toMatchObject([
      { department: WATER, role: 'CO_HANDLER' },
      { department: HOUSING, role: 'LEAD' },
    ])
    expect(await toldOf(`department:${WATER}`, number)).toEqual(['ISSUED'])
    expect(await toldOf(`department:${HOUSING}`, number)).toEqual(['ISSUED'])
  })

  it('is refused without a unit, to one that takes none, twice to the same, and to whom is complained of (R97)', async () => {
    const number = await register({ complainedOf: [LIXIA] })
    const send = async (departments: string[]) =>
      (await act(office, 'dispatchCase', order(number, { departments }))).codes
    expect(await send([])).toEqual(['DISPATCH_WITHOUT_UNIT'])
    expect(await send(['JN-JW'])).toEqual(['DISPATCH_NOT_ACCEPTED'])
    expect(await send([LIXIA])).toEqual(['COMPLAINED_OF'])
    expect(await send([LIXIA_STREET])).toEqual(['COMPLAINED_OF'])
    expect(await kindsOf(number)).toEqual(['CaseRegistered'])
    expect(await send([WATER])).toEqual([])
    expect((await act(office, 'dispatchCase', order(number, { note: '再转' }))).codes).toEqual([
      'DISPATCH_TWICE',
    ])
  })

  it('of a closed or refused case does not happen', async () => {
    expect((await act(office, 'dispatchCase', order(await caseAt('CLOSED'), {}))).codes).toEqual([
      'CASE_STATUS_FORBIDS',
    ])
  })
})

describe('a unit that passes a case down', () => {
  it('does so within its own subtree, under the same date and cap, and stays answerable (R35)', async () => {
    const number = await register()
    await dispatch(number, [LIXIA])
    const assignment = await sign(number, LIXIA)
    const down = { assignment, departments: [LIXIA_STREET], note: '请到现场' }
    expect(codesOf(await thrice(desk, clerk(LIXIA), 'subDispatch', down))).toEqual(done3)
    const rows = await database.sql<
      { department: string; parent_id: string | null; due_on: string; cap_on: string }[]
    >`
      select department, parent_id, due_on, cap_on from assignment where case_number = ${number} order by id`
    expect(rows[1]).toEqual({ ...rows[0], department: LIXIA_STREET, parent_id: assignment })
    expect(await toldOf(`department:${LIXIA_STREET}`, number)).toEqual(['ISSUED'])
    expect(
      (await act(clerk(LIXIA), 'replyToAssignment', { input: { ...aReply, assignment } })).codes,
    ).toEqual(['REPLY_BEFORE_CO_HANDLERS'])
    const child = await sign(number, LIXIA_STREET)
    await desk.reply(child, LIXIA_STREET)
    expect(
      (await act(clerk(LIXIA), 'replyToAssignment', { input: { ...aReply, assignment } })).codes,
    ).toEqual([])
  })

  it('is refused outside its subtree, to itself, before signing, and of another unit (R35)', async () => {
    const number = await register()
    await dispatch(number, [LIXIA])
    const assignment = await taskOf(number, LIXIA)
    const pass = async (departments: string[], who = clerk(LIXIA)) =>
      (await act(who, 'subDispatch', { assignment, departments })).codes
    expect(await pass([LIXIA_STREET])).toEqual(['ASSIGNMENT_STATUS_FORBIDS'])
    await sign(number, LIXIA)
    expect(await pass([WATER])).toEqual(['SUBTREE_ONLY'])
    expect(await pass(['JN-S-SZ-SG'])).toEqual(['SUBTREE_ONLY'])
    expect(await pass([LIXIA])).toEqual(['DISPATCH_TWICE'])
    expect(await pass([])).toEqual(['DISPATCH_WITHOUT_UNIT'])
    expect(await pass([LIXIA_STREET], water)).toEqual(['FORBIDDEN'])
    expect(await pass([LIXIA_STREET], office)).toEqual(['FORBIDDEN'])
    expect((await kindsOf(number)).filter((kind) => kind === 'AssignmentIssued')).toHaveLength(1)
  })
})

describe('a case on hold', () => {
  it('stands still for a reason and goes on where it was; the cap counts (R61)', async () => {
    const number = await caseAt('HANDLING')
    const [before] = await database.sql`select due_on, cap_on from assignment where case_number = ${number}`
    expect(codesOf(await thrice(desk, office, 'suspendCase', { number, reason: '等待鉴定' }))).toEqual(done3)
    expect(await statusOf(number)).toBe('SUSPENDED')
    const assignment = await taskOf(number)
    expect((await act(water, 'replyToAssignment', { input: { ...aReply, assignment } })).codes).toEqual([
      'CASE_STATUS_FORBIDS',
    ])
    expect(codesOf(await thrice(desk, office, 'resumeCase', { number }))).toEqual(done3)
    expect(await statusOf(number)).toBe('HANDLING')
    expect((await kindsOf(number)).slice(-2)).toEqual(['CaseSuspended', 'CaseResumed'])
    const [after] = await database.sql`select due_on, cap_on from assignment where case_number = ${number}`
    expect(after).toEqual(before)
  })

  it('is refused without a reason, to others than the office, when it is over, and resumed when it is not', async () => {
    const number = await caseAt('HANDLING')
    expect((await act(office, 'suspendCase', { number, reason: ' ' })).codes).toEqual(['TEXT_BLANK'])
    expect((await act(operator, 'suspendCase', { number, reason: '等' })).codes).toEqual(['FORBIDDEN'])
    expect((await act(water, 'suspendCase', { number, reason: '等' })).codes).toEqual(['FORBIDDEN'])
    expect((await act(office, 'resumeCase', { number })).codes).toEqual(['CASE_STATUS_FORBIDS'])
    expect(
      (await act(office, 'suspendCase', { number: await caseAt('CLOSED'), reason: '等' })).codes,
    ).toEqual(['CASE_STATUS_FORBIDS'])
    expect((await kindsOf(number)).includes('CaseSuspended')).toBe(false)
  })
})
