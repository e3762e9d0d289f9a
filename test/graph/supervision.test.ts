import { toGraphQLError } from '@hub/kit/errors.ts'
import type { Caller } from '@hub/kit/caller.ts'
import { openLog } from '@hub/kit/log.ts'
import { contextMaker } from '@hub/supervision/graph/context.ts'
import { schema } from '@hub/supervision/graph/schema.ts'
import { runDeadlines } from '@hub/supervision/work/deadlines.ts'
import { graphql } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { at, storyOf } from '../support/supervision-case.ts'
import { openSupervision } from '../support/supervision-log.ts'

const database = await openTestDatabase('supervision')
const statements: string[] = []
// Once per connection the driver asks for PostgreSQL's own types; that is no statement of the hub.
const room = await openSupervision(database.url, (text) => {
  if (!text.includes('pg_catalog')) statements.push(text)
})
const contextOf = contextMaker(room.supervision, () => at('2026-11-23'))
const log = openLog('test', 'silent')
afterAll(room.close)

const numbers = Array.from({ length: 50 }, (_, index) => `JN-20261102-${String(index).padStart(6, '0')}`)

beforeAll(async () => {
  await room.tell(
    ...numbers.map((number, index) => {
      const story = storyOf(number)
      const [lead, other] = index % 2 === 0 ? ['JN-SWJ', 'JN-D-LX-DM'] : ['JN-CGJ', 'JN-D-LX']
      const ids = { [`${number}-a`]: lead ?? '', [`${number}-b`]: other ?? '' }
      const dueOn = index % 3 === 0 ? '2026-12-01' : `2026-11-${10 + (index % 10)}`
      return [story.registered('2026-11-02'), ...story.dispatched('2026-11-02', ids, dueOn)]
    }),
  )
  const story = storyOf('JN-20261101-000001')
  await room.tell(
    story.registered('2026-11-02'),
    story.answeredDirectly('2026-11-02'),
    story.closed('2026-11-02'),
  )
  await runDeadlines({ db: room.supervision.orm, now: at('2026-11-23') })
})

function callerOf(role: string, department?: string): Caller {
  return {
    subject: `test ${role}`,
    role,
    attributes: department ? { department } : {},
    scopes: [],
    locale: 'en',
    expiresAt: 4_000_000_000,
    requestId: 'test',
  }
}

interface Answer {
  readonly data: Record<string, unknown> | null
  readonly codes: readonly unknown[]
}

async function ask(
  caller: Caller,
  source: string,
  variableValues: Record<string, unknown> = {},
): Promise<Answer> {
  const { data, errors = [] } = await graphql({
    schema,
    source,
    variableValues,
    contextValue: contextOf(caller),
  })
  const codes = errors.map((error) => toGraphQLError(error, caller.locale, log).extensions['code'])
  return { data: data ? (JSON.parse(JSON.stringify(data)) as Record<string, unknown>) : null, codes }
}

async function entities(caller: Caller, representations: readonly object[], fields: string) {
  const source = `query ($of: [_Any!]!) { _entities(representations: $of) { ${fields} } }`
  const { data, codes } = await ask(caller, source, { of: representations })
  return { found: (data?.['_entities'] ?? []) as Record<string, unknown>[], codes }
}

const office = callerOf('OFFICE')

interface OverduePage {
  overdueAssignments: {
    nodes: { id: string }[]
    pageInfo: { endCursor: string | null; hasNextPage: boolean }
  }
}

async function overduePage(caller: Caller, args: string): Promise<OverduePage['overdueAssignments']> {
  const { data, codes } = await ask(
    caller,
    `{ overdueAssignments(${args}) { nodes { id } pageInfo { endCursor hasNextPage } } }`,
  )
  expect(codes).toEqual([])
  return (data as unknown as OverduePage).overdueAssignments
}

describe('overdueAssignments', () => {
  it('goes through all breaches, oldest first, each once (R66)', async () => {
    const seen: string[] = []
    let after = ''
    for (;;) {
      const page = await overduePage(office, `first: 7${after ? `, after: "${after}"` : ''}`)
      seen.push(...page.nodes.map(({ id }) => id))
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor ?? ''
    }
    const expected = await room.supervision.sql<{ id: string }[]>`
      select id from followed_assignment where deadline_on < '2026-11-23' order by deadline_on, id`
    expect(seen).toEqual(expected.map(({ id }) => id))
    expect(seen.length).toBe(66)
  })

  it('shows a department its own and what is under it, and no other', async () => {
    const own = await overduePage(callerOf('DEPARTMENT', 'JN-D-LX'), 'first: 100')
    const subdistrict = await overduePage(callerOf('DEPARTMENT', 'JN-D-LX-DM'), 'first: 100')
    const all = await overduePage(office, 'first: 100')
    const under = await overduePage(office, 'first: 100, department: "JN-D-LX"')
    expect(own.nodes).toEqual(under.nodes)
    expect(own.nodes.every(({ id }) => id.endsWith('-b'))).toBe(true)
    expect(subdistrict.nodes.length).toBeLessThan(own.nodes.length)
    expect(own.nodes.length).toBeLessThan(all.nodes.length)
  })

  it('refuses another department by name, a portal, a stranger, and a cursor of another list', async () => {
    const query = '{ overdueAssignments(department: "JN-SWJ") { nodes { id } } }'
    expect((await ask(callerOf('DEPARTMENT', 'JN-D-LX'), query)).codes).toEqual(['DEPARTMENT_NOT_YOURS'])
    expect((await ask(callerOf('PORTAL'), query)).codes).toEqual(['FORBIDDEN'])
    expect((await ask(callerOf('SUBGRAPH'), query)).codes).toEqual(['FORBIDDEN'])
    expect((await ask(callerOf('DEPARTMENT'), query)).codes).toEqual(['FORBIDDEN'])
    expect((await ask(office, '{ overdueAssignments(after: "x") { nodes { id } } }')).codes).toEqual([
      'CURSOR_INVALID',
    ])
    expect((await ask(office, '{ overdueAssignments(first: 101) { nodes { id } } }')).codes).toEqual([
      'BAD_INPUT',
    ])
  })
})

describe('the clock of an assignment', () => {
  const clock = { __typename: 'Assignment', id: 'never followed', status: 'ACCEPTED', redoBy: null }
  const fields = '... on Assignment { overdue workingDaysLeft }'

  it('is worked out from what the cases room says now, so that it never lags (R66)', async () => {
    const given = ['2026-11-20', '2026-11-23', '2026-11-25'].map((dueOn) => Object.assign({ dueOn }, clock))
    expect((await entities(office, given, fields)).found).toEqual([
      { overdue: true, workingDaysLeft: -1 },
      { overdue: false, workingDaysLeft: 0 },
      { overdue: false, workingDaysLeft: 2 },
    ])
  })

  it('is what a portal may see of a case that it reaches, and nothing else', async () => {
    const portal = callerOf('PORTAL')
    const given = [{ ...clock, dueOn: '2026-11-20' }]
    expect((await entities(portal, given, fields)).found).toEqual([{ overdue: true, workingDaysLeft: -1 }])
    expect((await entities(portal, given, '... on Assignment { supervisionOrders { id } }')).codes).toEqual([
      'FORBIDDEN',
    ])
  })
})

describe('the supervision of a case', () => {
  const fields = `... on Case { supervision { overdueCount openOrderCount
    orders { documentNumber kind status requirement department { code } } } }`
  const cases = numbers.map((number) => ({ __typename: 'Case', number }))

  it('costs the same statements for 50 cases as for one', async () => {
    const count = async (caller: Caller, given: readonly object[]): Promise<number> => {
      statements.length = 0
      expect((await entities(caller, given, fields)).codes).toEqual([])
      return statements.length
    }
    expect(await count(office, cases)).toBe(2)
    expect(await count(office, cases.slice(0, 1))).toBe(2)
    expect(await count(callerOf('DEPARTMENT', 'JN-D-LX'), cases)).toBe(3)
  })

  it('shows the office all, a department its own, a portal the count alone', async () => {
    const one = cases.slice(1, 2)
    const supervisionFor = async (caller: Caller): Promise<unknown> => {
      const { found } = await entities(caller, one, fields)
      return found[0]?.['supervision']
    }
    expect(await supervisionFor(office)).toMatchObject({
      overdueCount: 2,
      openOrderCount: 2,
      orders: [{ kind: 'WRITTEN', status: 'ISSUED' }, { kind: 'WRITTEN' }],
    })
    expect(await supervisionFor(callerOf('DEPARTMENT', 'JN-CGJ'))).toMatchObject({
      overdueCount: 1,
      orders: [{ department: { code: 'JN-CGJ' } }],
    })
    expect(await supervisionFor(callerOf('DEPARTMENT', 'JN-SWJ'))).toEqual({
      overdueCount: 0,
      openOrderCount: 0,
      orders: [],
    })
    expect(await supervisionFor(callerOf('PORTAL'))).toEqual({
      overdueCount: 2,
      openOrderCount: 2,
      orders: null,
    })
  })

  it('is on the assignment too: one statement for a page', async () => {
    const given = numbers.map((number) => ({ __typename: 'Assignment', id: `${number}-a` }))
    statements.length = 0
    const { found, codes } = await entities(
      office,
      given,
      '... on Assignment { supervisionOrders { documentNumber } }',
    )
    expect(codes).toEqual([])
    expect(statements.length).toBe(1)
    const orders = found.flatMap((each) => each['supervisionOrders'] as unknown[])
    expect(orders.length).toBe(33)
  })
})

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
