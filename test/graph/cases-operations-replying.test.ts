import { describe, expect, it } from 'vitest'
import { aReply, clerk, HOUSING, office, openDesk, thrice, WATER } from '../support/cases-desk.ts'

const desk = await openDesk()
const { act, kindsOf, toldOf, statusOf, taskOf, register, dispatch, sign, caseAt, database, moveTo } = desk
const water = clerk(WATER)
const codesOf = (answers: readonly { readonly codes: readonly string[] }[]) =>
  answers.map(({ codes }) => codes)
const done3 = [[], [], []]
const DAY = '2026-11-02T09:00:00+08:00'

/** Runs at another time, then goes back to where the others are. */
async function at<T>(instant: string, work: () => Promise<T>): Promise<T> {
  moveTo(instant)
  try {
    return await work()
  } finally {
    moveTo(DAY)
  }
}

describe('more time', () => {
  const asks = (assignment: string, until = '2026-11-20') => ({ assignment, until, reason: '需协调产权' })

  it('is asked for by the lead and granted by the office, once, and the unit is told (R60)', async () => {
    const number = await caseAt('HANDLING')
    const assignment = await taskOf(number)
    expect(codesOf(await thrice(desk, water, 'requestExtension', asks(assignment)))).toEqual(done3)
    const decision = { assignment, grant: true, reason: '情况属实' }
    expect((await act(water, 'decideExtension', decision)).codes).toEqual(['FORBIDDEN'])
    expect(codesOf(await thrice(desk, office, 'decideExtension', decision))).toEqual(done3)
    const [row] = await database.sql`select due_on, extension_count from assignment where id = ${assignment}`
    expect(row).toEqual({ due_on: '2026-11-20', extension_count: 1 })
    expect((await toldOf(`department:${WATER}`, number)).slice(-2)).toEqual([
      'EXTENSION_REQUESTED',
      'EXTENDED',
    ])
    expect((await act(water, 'requestExtension', asks(assignment, '2026-11-25'))).codes).toEqual([
      'EXTENSION_USED_UP',
    ])
    const notices = await database.sql`select about from notice where case_number = ${number} order by id`
    expect(notices.map(({ about }) => about)).toEqual(['DISPATCHED', 'EXTENDED'])
  })

  it('is refused past the cap, for an earlier day, after the date, and to a co-handler (R60, R61)', async () => {
    const number = await register()
    await dispatch(number, [WATER, HOUSING])
    const assignment = await taskOf(number)
    expect((await act(water, 'requestExtension', asks(assignment, '2026-12-15'))).codes).toEqual([
      'EXTENSION_PAST_CAP',
    ])
    expect((await act(water, 'requestExtension', asks(assignment, '2026-12-14'))).codes).toEqual([])
    expect((await act(water, 'requestExtension', asks(assignment, '2026-12-10'))).codes).toEqual([
      'EXTENSION_PENDING',
    ])
    const other = await taskOf(number, HOUSING)
    expect((await act(clerk(HOUSING), 'requestExtension', asks(other))).codes).toEqual(['EXTENSION_NOT_LEAD'])
    const late = await caseAt('HANDLING')
    const task = await taskOf(late)
    expect((await act(water, 'requestExtension', asks(task, '2026-11-03'))).codes).toEqual([
      'EXTENSION_NOT_LATER',
    ])
    const after = () => act(water, 'requestExtension', asks(task))
    expect((await at('2026-11-12T00:00:00+08:00', after)).codes).toEqual(['EXTENSION_TOO_LATE'])
    expect(
      (await act(office, 'decideExtension', { assignment: task, grant: true, reason: '无' })).codes,
    ).toEqual(['EXTENSION_NOT_REQUESTED'])
  })
})

describe('a return', () => {
  const sends = (assignment: string, more: object = {}) => ({
    assignment,
    reason: '不属职责',
    basis: '三定方案',
    ...more,
  })

  it('is asked for within two working days and decided by the office; refused, the unit goes on', async () => {
    const number = await caseAt('HANDLING')
    const assignment = await taskOf(number)
    expect(
      codesOf(await thrice(desk, water, 'requestReturn', sends(assignment, { suggested: HOUSING }))),
    ).toEqual(done3)
    const refusal = { assignment, accept: false, reason: '属其职责' }
    expect((await act(water, 'decideReturn', refusal)).codes).toEqual(['FORBIDDEN'])
    expect(codesOf(await thrice(desk, office, 'decideReturn', refusal))).toEqual(done3)
    expect((await toldOf(`department:${WATER}`, number)).slice(-2)).toEqual([
      'RETURN_REQUESTED',
      'RETURN_REFUSED',
    ])
    expect(await statusOf(number)).toBe('HANDLING')
  })

  it('is refused too late, to oneself, to the unit complained of, and of another unit (R97)', async () => {
    const number = await caseAt('HANDLING', { complainedOf: ['JN-CGJ'] })
    const assignment = await taskOf(number)
    const send = async (more: object, who = water) =>
      (await act(who, 'requestReturn', sends(assignment, more))).codes
    expect(await send({ suggested: WATER })).toEqual(['RETURN_TO_SELF'])
    expect(await send({ suggested: 'JN-CGJ' })).toEqual(['COMPLAINED_OF'])
    expect(await send({ suggested: 'JN-NOBODY' })).toEqual(['DEPARTMENT_NOT_FOUND'])
    expect(await send({}, clerk(HOUSING))).toEqual(['FORBIDDEN'])
    expect(await at('2026-11-05T00:00:00+08:00', () => send({}))).toEqual(['RETURN_TOO_LATE'])
    expect(await at('2026-11-04T23:59:59+08:00', () => send({}))).toEqual([])
  })
})

describe('a reply', () => {
  it('comes from the unit that signed, after its co-handlers, with its ground (R31, R33)', async () => {
    const number = await register()
    await dispatch(number, [WATER, HOUSING])
    const assignment = await taskOf(number)
    const send = async (more: object = {}, who = water) =>
      (await act(who, 'replyToAssignment', { input: { ...aReply, assignment, ...more } })).codes
    expect(await send()).toEqual(['ASSIGNMENT_STATUS_FORBIDS'])
    await sign(number)
    expect(await send()).toEqual(['REPLY_BEFORE_CO_HANDLERS'])
    await desk.reply(await sign(number, HOUSING), HOUSING)
    expect(await send({ legalBasis: [' '] })).toEqual(['REPLY_WITHOUT_BASIS'])
    expect(await send({ disposition: 'NON_CONFORMING' })).toEqual(['REPLY_WITHOUT_EXPLANATION'])
    expect(await send({ publicText: '' })).toEqual(['TEXT_BLANK'])
    expect(await send({}, clerk(HOUSING))).toEqual(['FORBIDDEN'])
    expect(
      codesOf(await thrice(desk, water, 'replyToAssignment', { input: { ...aReply, assignment } })),
    ).toEqual(done3)
    expect(await statusOf(number)).toBe('REPLIED')
    expect((await kindsOf(number)).filter((kind) => kind === 'AssignmentReplied')).toHaveLength(2)
  })

  it('is reviewed by the office alone; rejected, it is done again with requirements and a date (R68–R70)', async () => {
    const number = await caseAt('REPLIED')
    const assignment = await taskOf(number)
    const review = async (more: object, who = office) =>
      (await act(who, 'reviewReply', { assignment, ...more })).codes
    expect(await review({ accept: true }, water)).toEqual(['FORBIDDEN'])
    expect(await review({ accept: false })).toEqual(['REDO_WITHOUT_REQUIREMENTS'])
    expect(await review({ accept: false, requirements: '补充现场照片' })).toEqual(['REDO_WITHOUT_DATE'])
    expect(await review({ accept: false, requirements: '补', redoBy: '2026-11-01' })).toEqual([
      'REDO_DATE_PAST',
    ])
    expect(await review({ accept: false, requirements: '补', redoBy: '2027-06-01' })).toEqual([
      'REDO_DATE_TOO_FAR',
    ])
    const redo = { assignment, accept: false, requirements: '补充现场照片', redoBy: '2026-11-06' }
    expect(codesOf(await thrice(desk, office, 'reviewReply', redo))).toEqual(done3)
    expect(await statusOf(number)).toBe('REDO')
    expect((await toldOf(`department:${WATER}`, number)).at(-1)).toBe('REDO_ORDERED')
    const [row] = await database.sql`select redo_count, redo_by from assignment where id = ${assignment}`
    expect(row).toEqual({ redo_count: 1, redo_by: '2026-11-06' })
    await desk.reply(assignment)
    expect(await review({ accept: true })).toEqual([])
    expect(await statusOf(number)).toBe('APPROVED')
  })
})
