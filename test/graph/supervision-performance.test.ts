import type { Caller } from '@hub/kit/caller.ts'
import { describe, expect, it } from 'vitest'
import { storyOf } from '../support/supervision-case.ts'
import { callerOf } from '../support/supervision-caller.ts'
import { openSupervisionGraph } from '../support/supervision-graph.ts'

const { ask, entities, room, statements } = await openSupervisionGraph()
const office = callerOf('OFFICE')

describe('performance', () => {
  const figures =
    'department { code } assigned overdueRate { numerator denominator value ranked } directAnswerRate { denominator }'
  const month = 'from: "2026-11-01", to: "2026-11-30"'

  it('lists every unit that takes assignments, in two statements after the list (R82)', async () => {
    statements.length = 0
    const { data, codes } = await ask(callerOf('LEADER'), `{ performance(${month}) { ${figures} } }`)
    expect(codes).toEqual([])
    expect(statements.length).toBe(3)
    const rows = data?.['performance'] as { department: { code: string } }[]
    expect(rows.map(({ department }) => department.code)).toEqual([
      'JN-CGJ',
      'JN-D-LX',
      'JN-D-LX-DM',
      'JN-HOTLINE',
      'JN-SWJ',
    ])
    expect(rows.find(({ department }) => department.code === 'JN-SWJ')).toMatchObject({
      assigned: 25,
      overdueRate: { numerator: 16, denominator: 16, value: 1, ranked: true },
      directAnswerRate: { denominator: 0 },
    })
    expect(rows.find(({ department }) => department.code === 'JN-HOTLINE')).toMatchObject({
      directAnswerRate: { denominator: 51 },
    })
  })

  it('shows a department itself and what is under it, by the list and by Department.performance', async () => {
    const district = callerOf('DEPARTMENT', 'JN-D-LX')
    const { data } = await ask(district, `{ performance(${month}) { department { code } } }`)
    expect(data?.['performance']).toEqual([
      { department: { code: 'JN-D-LX' } },
      { department: { code: 'JN-D-LX-DM' } },
    ])
    const of = (code: string) =>
      entities(
        district,
        [{ __typename: 'Department', code }],
        `... on Department { performance(${month}) { assigned } }`,
      )
    expect((await of('JN-D-LX-DM')).found).toEqual([{ performance: { assigned: 25 } }])
    expect((await of('JN-SWJ')).codes).toEqual(['DEPARTMENT_NOT_YOURS'])
  })

  it('refuses a period that ends before it begins, one that is too long, an unknown unit, and a portal', async () => {
    const codesOf = async (caller: Caller, args: string) =>
      (await ask(caller, `{ performance(${args}) { assigned } }`)).codes
    expect(await codesOf(office, 'from: "2026-11-30", to: "2026-11-01"')).toContain('PERIOD_INVALID')
    expect(await codesOf(office, 'from: "2020-11-30", to: "2026-11-01"')).toContain('PERIOD_TOO_LONG')
    expect(await codesOf(office, `${month}, departments: ["JN-NONE"]`)).toEqual(['DEPARTMENT_UNKNOWN'])
    expect(await codesOf(callerOf('PORTAL'), month)).toEqual(['FORBIDDEN'])
  })

  it('counts the praise that was passed on to a unit, not what was taken back (R7)', async () => {
    const praise = storyOf('JN-20261203-000001')
    const other = storyOf('JN-20261203-000002')
    await room.tell(
      praise.registered('2026-12-03', { matterType: 'PRAISE' }),
      ...praise.dispatched('2026-12-03', { 'p-1': 'JN-SWJ' }, '2026-12-14', { replyRequired: false }),
      other.registered('2026-12-03', { matterType: 'PRAISE' }),
      ...other.dispatched('2026-12-03', { 'p-2': 'JN-SWJ' }, '2026-12-14', { replyRequired: false }),
      other.returnDecided('2026-12-04', 'p-2', 'JN-SWJ', true),
    )
    const praised = async (from: string): Promise<unknown> => {
      const source = `{ performance(from: "${from}", to: "2026-12-31", departments: ["JN-SWJ"]) { praised assigned } }`
      return (await ask(office, source)).data?.['performance']
    }
    expect(await praised('2026-12-01')).toEqual([{ praised: 1, assigned: 2 }])
    expect(await praised('2026-12-04')).toEqual([{ praised: 0, assigned: 0 }])
  })

  it('is open to oversight, which sees figures and orders (R18 R19)', async () => {
    const { codes } = await ask(callerOf('OVERSIGHT'), `{ performance(${month}) { assigned } }`)
    expect(codes).toEqual([])
  })
})

describe('casesWithoutEcho', () => {
  it('is empty, for the office and for oversight (R29)', async () => {
    for (const role of ['OFFICE', 'OVERSIGHT'])
      expect(await ask(callerOf(role), '{ casesWithoutEcho { number } }')).toEqual({
        data: { casesWithoutEcho: [] },
        codes: [],
      })
  })

  it('is refused to a department and a portal', async () => {
    for (const role of ['DEPARTMENT', 'PORTAL'])
      expect((await ask(callerOf(role, 'JN-SWJ'), '{ casesWithoutEcho { number } }')).codes).toEqual([
        'FORBIDDEN',
      ])
  })
})
