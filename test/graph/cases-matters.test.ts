import { channels } from '@hub/cases/domain/values.ts'
import { describe, expect, it } from 'vitest'
import { callerAs } from '../support/cases-graph.ts'
import { clerk, HOUSING, office, openDesk, operator, thrice, WATER } from '../support/cases-desk.ts'

const desk = await openDesk()
const { act, ask, caseAt, done, kindsOf, register, dispatch, statusOf } = desk
const HOTLINE = 'JN-HOTLINE'

describe('each service of the line', () => {
  it.each(['COMPLAINT', 'SUGGESTION', 'HELP', 'CONSULTATION'])(
    '%s is taken, handled, answered and closed with its echo (R2, R12, R13, R14, R29)',
    async (matterType) => {
      const number = await caseAt('CLOSED', { matterType })
      const { data } = await ask(
        operator,
        `{ case(number: "${number}") { matterType status feedbacks { mode } } }`,
      )
      expect(data?.['case']).toEqual({ matterType, status: 'CLOSED', feedbacks: [{ mode: 'PHONE' }] })
    },
  )

  it('tells a citizen how their own matter goes, by its number (R11)', async () => {
    const number = await caseAt('HANDLING')
    const asked = `{ case(number: "${number}") { status timeline { kind at } assignments { department { code } status dueOn } } }`
    const own = callerAs('PORTAL', { citizen: '13800138000' })
    const { data, codes } = await ask(own, asked)
    expect(codes).toEqual([])
    expect(data?.['case']).toMatchObject({
      status: 'HANDLING',
      timeline: [
        { kind: 'CaseRegistered' },
        { kind: 'CaseDispatched' },
        { kind: 'AssignmentIssued' },
        { kind: 'AssignmentSignedFor' },
      ],
      assignments: [{ department: { code: WATER }, status: 'ACCEPTED', dueOn: '2026-11-11' }],
    })
    const stranger = callerAs('PORTAL', { citizen: '13900139000' })
    expect((await ask(stranger, asked)).data?.['case']).toBeNull()
  })

  it.each(channels)('is reached by %s on the same graph (R91, R92)', async (channel) => {
    const number = await register({ channel })
    const { data } = await ask(operator, `{ case(number: "${number}") { channel status } }`)
    expect(data?.['case']).toEqual({ channel, status: 'REGISTERED' })
  })
})

describe('a case that came over from another line', () => {
  it('keeps the number of the line; emergency lines are not absorbed (R9)', async () => {
    const number = await register({ sourceHotline: '12319' })
    const { data } = await ask(operator, `{ case(number: "${number}") { sourceHotline } }`)
    expect(data?.['case']).toEqual({ sourceHotline: '12319' })
    const [row] = await desk.database.sql<{ data: object }[]>`
      select data from case_event where case_number = ${number}`
    expect(row?.data).toMatchObject({ sourceHotline: '12319' })
    const taken = (sourceHotline: string) => register({ sourceHotline }).catch(String)
    for (const line of ['110', '119', '120', '122'])
      expect(await taken(line)).toContain('HOTLINE_IS_EMERGENCY')
    expect(await taken('abc')).toContain('HOTLINE_UNREADABLE')
  })
})

describe('a case of several units', () => {
  const arranged = (number: string, more: object = {}) => ({
    input: { number, text: '现场协调:水务先行抢修', departments: [WATER, HOUSING], ...more },
  })

  it('may be led by the office itself, which writes down what they arranged (R54, R55)', async () => {
    const number = await register()
    await dispatch(number, [HOTLINE, WATER, HOUSING])
    const answers = await thrice(desk, office, 'coordinateCase', arranged(number))
    expect(answers.map(({ codes }) => codes)).toEqual([[], [], []])
    expect((await kindsOf(number)).filter((kind) => kind === 'CoordinationRecorded')).toHaveLength(1)
    expect(await statusOf(number)).toBe('DISPATCHED')
    const asked = `{ case(number: "${number}") { assignments { role department { code } } coordinations { text departments { code } } } }`
    const seen = async (who: typeof office) => (await ask(who, asked)).data?.['case']
    expect(await seen(clerk(HOUSING))).toMatchObject({
      coordinations: [{ text: '现场协调:水务先行抢修', departments: [{ code: WATER }, { code: HOUSING }] }],
    })
    const roles = await desk.database
      .sql`select department from assignment where case_number = ${number} and role = 'LEAD'`
    expect(roles).toEqual([{ department: HOTLINE }])
    expect(await seen(callerAs('OVERSIGHT'))).toMatchObject({ coordinations: [{ text: null }] })
  })

  it('is arranged by two or more of its own units, in words, and by the office alone (R55)', async () => {
    const number = await register()
    await dispatch(number, [WATER, HOUSING])
    const codes = async (more: object, who = office) =>
      (await act(who, 'coordinateCase', arranged(number, more))).codes
    expect(await codes({ departments: [WATER] })).toEqual(['COORDINATION_NEEDS_TWO'])
    expect(await codes({ departments: [WATER, 'JN-JYJ'] })).toEqual(['COORDINATION_OF_OTHERS'])
    expect(await codes({ text: ' ' })).toEqual(['TEXT_BLANK'])
    for (const who of [operator, clerk(WATER)]) expect(await codes({}, who)).toEqual(['FORBIDDEN'])
    const fresh = await register()
    expect((await act(office, 'coordinateCase', arranged(fresh))).codes).toEqual(['CASE_STATUS_FORBIDS'])
    expect(await kindsOf(number)).not.toContain('CoordinationRecorded')
    await done(office, 'coordinateCase', arranged(number))
  })
})

describe('a paper that is worth keeping', () => {
  const filed = (number: string, more: object = {}) => ({
    input: { number, kind: 'MEETING', title: '会商纪要', text: '五月二日会商:先行抢修', ...more },
  })

  it('of a meeting stands with the case, once however often it is sent (R88)', async () => {
    const number = await register()
    const answers = await thrice(desk, office, 'filePaper', filed(number))
    expect(answers.map(({ codes }) => codes)).toEqual([[], [], []])
    const asked = `{ case(number: "${number}") { papers { kind title text } } }`
    const seen = async (who: typeof office) => (await ask(who, asked)).data?.['case']
    expect(await seen(office)).toEqual({
      papers: [{ kind: 'MEETING', title: '会商纪要', text: '五月二日会商:先行抢修' }],
    })
    expect(await seen(callerAs('OVERSIGHT'))).toEqual({
      papers: [{ kind: 'MEETING', title: null, text: null }],
    })
  })

  it('and whatever else is worth it is kept by the office alone, in words (R90)', async () => {
    const number = await register()
    for (const who of [operator, clerk(WATER)])
      expect((await act(who, 'filePaper', filed(number))).codes).toEqual(['FORBIDDEN'])
    expect((await act(office, 'filePaper', filed(number, { text: ' ' }))).codes).toEqual(['TEXT_BLANK'])
    expect((await act(office, 'filePaper', filed(number, { kind: 'OTHER' }))).codes).toEqual([])
    expect((await kindsOf(number)).filter((kind) => kind === 'PaperFiled')).toHaveLength(1)
  })
})

describe('praise that was passed on', () => {
  it('is open with its unit until the unit has signed for it, and no longer (R7)', async () => {
    const number = await register({ matterType: 'PRAISE' })
    await dispatch(number, [HOUSING])
    const openAt = async () => {
      const asked = `{ case(number: "${number}") { assignments { id department { openAssignments } } } }`
      const { data } = await ask(office, asked)
      const found = data as {
        case: { assignments: [{ id: string; department: { openAssignments: number } }] }
      }
      return found.case.assignments[0]
    }
    const before = await openAt()
    await done(clerk(HOUSING), 'signForAssignment', { assignment: before.id })
    expect((await openAt()).department.openAssignments).toBe(before.department.openAssignments - 1)
  })
})
