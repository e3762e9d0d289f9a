import { describe, expect, it } from 'vitest'
import { at, caseEvent, storyOf } from '../support/supervision-case.ts'
import { callerOf } from '../support/supervision-caller.ts'
import { numbers, openSupervisionGraph, partOf } from '../support/supervision-graph.ts'

const { ask, moveTo, room } = await openSupervisionGraph()
const office = callerOf('OFFICE')
const DISPUTED = numbers[0] ?? ''
const HARD = numbers[1] ?? ''

const told = (kind: string, number: string, day: string) =>
  room.tell(caseEvent(kind, at(day), { case: number, caseStatus: 'REPORTED' }))

async function waiting(field: 'openDisagreements' | 'openInstructions'): Promise<Record<string, unknown>[]> {
  const { data, codes } = await ask(
    office,
    `{ ${field} { case { number } departments { code } workingDaysWaited actBy actOverdue } }`,
  )
  expect(codes).toEqual([])
  return data?.[field] as Record<string, unknown>[]
}

describe('units that disagree', () => {
  it('wait for the instruction, with how long; what is hard and not disputed is not among them (R71)', async () => {
    expect(await waiting('openDisagreements')).toEqual([])
    await told('DisputeRaised', DISPUTED, '2026-11-18')
    await told('ReportedToLeader', DISPUTED, '2026-11-18')
    await told('ReportedToLeader', HARD, '2026-11-17')
    expect(await waiting('openDisagreements')).toEqual([
      {
        case: { number: DISPUTED },
        departments: [{ code: 'JN-D-LX-DM' }, { code: 'JN-SWJ' }],
        workingDaysWaited: 3,
        actBy: null,
        actOverdue: false,
      },
    ])
  })

  it('wait no more when the leader has instructed; the instruction has a clock of its own (R53, R72)', async () => {
    await told('LeaderInstructed', DISPUTED, '2026-11-20')
    expect(await waiting('openDisagreements')).toEqual([])
    const [before] = await waiting('openInstructions')
    expect(before).toMatchObject({ case: { number: DISPUTED }, actBy: '2026-11-24', actOverdue: false })
    moveTo('2026-11-25')
    expect((await waiting('openInstructions'))[0]).toMatchObject({ actOverdue: true, workingDaysWaited: 3 })
    moveTo('2026-11-23')
  })

  it('are settled when the instruction is carried out, and wait again when they disagree again (R72)', async () => {
    await room.tell(
      ...storyOf(DISPUTED).dispatched('2026-11-23', { [`${DISPUTED}-c`]: 'JN-CGJ' }, '2026-12-02'),
    )
    expect(await waiting('openInstructions')).toEqual([])
    await told('DisputeRaised', DISPUTED, '2026-11-24')
    expect(await waiting('openDisagreements')).toHaveLength(1)
  })

  it('are no matter for units, portals and oversight', async () => {
    for (const role of ['PORTAL', 'OVERSIGHT'])
      expect((await ask(callerOf(role), '{ openDisagreements { case { number } } }')).codes).toEqual([
        'FORBIDDEN',
      ])
    const unit = callerOf('DEPARTMENT', 'JN-SWJ')
    expect((await ask(unit, '{ openInstructions { case { number } } }')).codes).toEqual(['FORBIDDEN'])
  })
})

describe('an investigation on the spot', () => {
  const OPEN = `mutation ($input: OpenInvestigationInput!) { openInvestigation(input: $input) {
    id status participants { kind department { code } organisation } cases { number } } }`
  const FIND = `mutation ($input: InvestigationFindingsInput!) { recordInvestigationFindings(input: $input) {
    status findings followUpCases { number } } }`
  const END = `mutation ($id: ID!, $cancelled: Boolean!) {
    endInvestigation(investigation: $id, cancelled: $cancelled, conclusion: "已落实整改") { status conclusion } }`
  const decision = {
    subject: '管网爆裂',
    reason: '一周内集中反映',
    place: '泉城路沿线',
    plannedOn: '2026-11-24',
    cases: [DISPUTED],
    departments: ['JN-SWJ'],
    media: ['济南日报'],
  }
  const opened = async (input: object = decision): Promise<string> => {
    const { data, codes } = await ask(office, OPEN, { input })
    expect(codes).toEqual([])
    return (partOf(data, 'openInvestigation') as { id: string }).id
  }

  it('is decided on with departments and news media, by choice of the office (R73-R75)', async () => {
    const { data } = await ask(office, OPEN, { input: decision })
    expect(data?.['openInvestigation']).toMatchObject({
      status: 'DECIDED',
      participants: [
        { kind: 'DEPARTMENT', department: { code: 'JN-SWJ' }, organisation: null },
        { kind: 'NEWS_MEDIA', department: null, organisation: '济南日报' },
      ],
      cases: [{ number: DISPUTED }],
    })
  })

  it('has findings, follow-up cases and a conclusion, with an event each (R73-R75)', async () => {
    const id = await opened({ ...decision, subject: '另一处爆裂' })
    expect((await ask(office, END, { id, cancelled: false })).codes).toEqual(['INVESTIGATION_STATUS'])
    const input = {
      investigation: id,
      findings: '阀门老化。',
      visitedOn: '2026-11-23',
      followUpCases: [HARD],
    }
    const found = { status: 'FOUND', findings: '阀门老化。', followUpCases: [{ number: HARD }] }
    for (let time = 0; time < 2; time += 1)
      expect((await ask(office, FIND, { input })).data).toEqual({ recordInvestigationFindings: found })
    expect((await ask(office, END, { id, cancelled: false })).data).toEqual({
      endInvestigation: { status: 'CLOSED', conclusion: '已落实整改' },
    })
    const events = await room.supervision.sql<{ kind: string }[]>`
      select kind from event where data ->> 'investigation' = ${id} order by seq`
    expect(events.map(({ kind }) => kind)).toEqual([
      'InvestigationDecided',
      'InvestigationFound',
      'InvestigationEnded',
    ])
  })

  it.each([
    ['INVESTIGATION_ALONE', { departments: [] }],
    ['DEPARTMENT_UNKNOWN', { departments: ['JN-X'] }],
    ['CASE_UNKNOWN', { cases: ['JN-20200101-000001'] }],
    ['INVESTIGATION_DAY_PASSED', { plannedOn: '2026-11-22' }],
    ['TOPIC_NOT_FOUND', { topic: 'x' }],
    ['WORDS_PERSONAL', { media: ['记者 13805311234'] }],
  ])('is refused: %s', async (code, change) => {
    expect((await ask(office, OPEN, { input: { ...decision, ...change } })).codes).toEqual([code])
  })

  it('is refused where there is none, and findings before the visit', async () => {
    const input = { investigation: 'x', findings: '无', visitedOn: '2026-11-23', followUpCases: [] }
    expect((await ask(office, FIND, { input })).codes).toEqual(['INVESTIGATION_NOT_FOUND'])
    const id = await opened({ ...decision, subject: '第三处' })
    const early = { ...input, investigation: id, visitedOn: '2026-11-24' }
    expect((await ask(office, FIND, { input: early })).codes).toEqual(['INVESTIGATION_DAY_AHEAD'])
    expect((await ask(office, END, { id, cancelled: true })).data).toMatchObject({
      endInvestigation: { status: 'CANCELLED' },
    })
  })

  it('is seen by the units that take part, not by others', async () => {
    const seen = async (department: string): Promise<number> => {
      const { data } = await ask(callerOf('DEPARTMENT', department), '{ investigations { id } }')
      return (partOf(data, 'investigations') as unknown[]).length
    }
    expect(await seen('JN-SWJ')).toBe(3)
    expect(await seen('JN-CGJ')).toBe(0)
    expect((await ask(callerOf('OVERSIGHT'), '{ investigations { id } }')).codes).toEqual(['FORBIDDEN'])
    expect((await ask(callerOf('LEADER'), OPEN, { input: decision })).codes).toEqual(['FORBIDDEN'])
  })
})
