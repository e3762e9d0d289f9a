import type { Caller } from '@hub/kit/caller.ts'
import { STANDING } from '@hub/supervision/domain/city-policy.ts'
import { describe, expect, it } from 'vitest'
import { callerOf } from '../support/supervision-caller.ts'
import { numbers, openSupervisionGraph } from '../support/supervision-graph.ts'

const { ask, entities, moveBook, room, statements } = await openSupervisionGraph()
const office = callerOf('OFFICE')

interface OverduePage {
  readonly nodes: readonly { readonly id: string }[]
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
}

async function overduePage(caller: Caller, args: string): Promise<OverduePage> {
  const { data, codes } = await ask(
    caller,
    `{ overdueAssignments(${args}) { nodes { id } pageInfo { endCursor hasNextPage } } }`,
  )
  expect(codes).toEqual([])
  return data?.['overdueAssignments'] as OverduePage
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

describe('supervisionOrders', () => {
  const ordersFor = async (caller: Caller, args: string) => {
    const query = `{ supervisionOrders${args} { nodes { id documentNumber department { code } } pageInfo { endCursor } } }`
    const { data, codes } = await ask(caller, query)
    expect(codes).toEqual([])
    return data?.['supervisionOrders'] as {
      nodes: { id: string; department: { code: string } }[]
      pageInfo: { endCursor: string }
    }
  }

  it('is the register, page by page, each order once (R24-R28)', async () => {
    const seen: string[] = []
    let after = ''
    for (let count = 0; count < 4; count++) {
      const page = await ordersFor(office, `(first: 20${after ? `, after: "${after}"` : ''})`)
      seen.push(...page.nodes.map(({ id }) => id))
      after = page.pageInfo.endCursor
    }
    expect(seen.length).toBe(66)
    expect(new Set(seen).size).toBe(66)
  })

  it('shows a department its own and refuses another; of a status that none is in, it is empty', async () => {
    const own = await ordersFor(callerOf('DEPARTMENT', 'JN-D-LX'), '(first: 100)')
    expect(new Set(own.nodes.map(({ department }) => department.code))).toEqual(
      new Set(['JN-D-LX', 'JN-D-LX-DM']),
    )
    expect((await ordersFor(office, '(status: [CLOSED])')).nodes).toEqual([])
    const other = '{ supervisionOrders(department: "JN-SWJ") { nodes { id } } }'
    expect((await ask(callerOf('DEPARTMENT', 'JN-D-LX'), other)).codes).toEqual(['DEPARTMENT_NOT_YOURS'])
    expect((await ask(callerOf('PORTAL'), other)).codes).toEqual(['FORBIDDEN'])
    const foreign = Buffer.from('["x","y"]').toString('base64url')
    expect((await ask(office, `{ supervisionOrders(after: "${foreign}") { nodes { id } } }`)).codes).toEqual([
      'CURSOR_INVALID',
    ])
    expect((await ask(office, `{ overdueAssignments(after: "${foreign}") { nodes { id } } }`)).codes).toEqual(
      ['CURSOR_INVALID'],
    )
  })
})

describe('the clock of an assignment', () => {
  const clock = {
    __typename: 'Assignment',
    id: 'never followed',
    status: 'ACCEPTED',
    redoBy: null,
    replyRequired: true,
  }
  const fields = '... on Assignment { overdue workingDaysLeft }'

  it('is worked out from what the cases room says now, so that it never lags (R66)', async () => {
    const given = ['2026-11-20', '2026-11-23', '2026-11-25'].map((dueOn) => Object.assign({ dueOn }, clock))
    expect((await entities(office, given, fields)).found).toEqual([
      { overdue: true, workingDaysLeft: -1 },
      { overdue: false, workingDaysLeft: 0 },
      { overdue: false, workingDaysLeft: 2 },
    ])
  })

  it('carries the mark of the policy that made its date (R8)', async () => {
    const marks = async (given: readonly object[]) =>
      (await entities(office, given, '... on Assignment { mark }')).found.map(({ mark }) => mark)
    const due = ['2026-11-20', '2026-11-23', '2026-11-25', '2026-11-26'].map((dueOn) =>
      Object.assign({ dueOn, policyVersion: 'JN-2018-1' }, clock),
    )
    expect(await marks(due)).toEqual(['RED', 'RED', 'YELLOW', null])
    expect(await marks(due.map((each) => ({ ...each, status: 'REPLIED' })))).toEqual([null, null, null, null])
    moveBook({ ...STANDING, version: 'JN-2026-2', yellowWorkingDays: 3, redWorkingDays: 2 })
    expect(await marks(due.map((each) => ({ ...each, policyVersion: 'JN-2026-2' })))).toEqual([
      'RED',
      'RED',
      'RED',
      'YELLOW',
    ])
    expect(await marks(due)).toEqual(['RED', 'RED', 'YELLOW', null])
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
