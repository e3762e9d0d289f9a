import type { Caller } from '@hub/kit/caller.ts'
import { describe, expect, it } from 'vitest'
import { callerOf } from '../support/supervision-caller.ts'
import { numbers, openSupervisionGraph } from '../support/supervision-graph.ts'

const { ask, moveTo, room } = await openSupervisionGraph()
const office = callerOf('OFFICE')
const water = callerOf('DEPARTMENT', 'JN-SWJ')
const cityManagement = callerOf('DEPARTMENT', 'JN-CGJ')

const ISSUE = `mutation ($input: IssueSupervisionOrderInput!) { issueSupervisionOrder(input: $input) {
  id documentNumber kind status automatic dueOn overdue departments { code } case { number } instruction { leader } } }`
const ANSWER = `mutation ($order: ID!, $text: String!) { answerSupervisionOrder(order: $order, text: $text) {
  status answers { department { code } text } } }`
const CLOSE = `mutation ($order: ID!, $outcome: SupervisionEnd!) {
  closeSupervisionOrder(order: $order, outcome: $outcome, opinion: "整改到位") { status outcome opinion } }`

interface Issued {
  readonly id: string
  readonly documentNumber: string
}

const special = {
  kind: 'SPECIAL',
  subject: '冬季供热',
  departments: ['JN-SWJ', 'JN-CGJ'],
  caseNumber: numbers[0],
  requirement: '请报送整改方案。',
}
const directive = {
  ...special,
  kind: 'DIRECTIVE',
  instruction: { leader: '分管副市长', text: '限期解决。', on: '2026-11-20' },
}

async function issue(input: object, caller: Caller = office): Promise<Issued> {
  const { data, codes } = await ask(caller, ISSUE, { input })
  expect(codes).toEqual([])
  return data?.['issueSupervisionOrder'] as Issued
}

const eventsOf = async (order: string): Promise<string[]> => {
  const rows = await room.supervision.sql<{ kind: string }[]>`
    select kind from event where stream = 'supervision' and data ->> 'order' = ${order} order by seq`
  return rows.map(({ kind }) => kind)
}

describe('an order of the office', () => {
  it('goes through issue, the answers of its units and the closing, each with its event (R24-R28)', async () => {
    const { id } = await issue(special)
    expect((await ask(water, ANSWER, { order: id, text: '已排查。' })).data).toEqual({
      answerSupervisionOrder: {
        status: 'ISSUED',
        answers: [{ department: { code: 'JN-SWJ' }, text: '已排查。' }],
      },
    })
    expect((await ask(office, CLOSE, { order: id, outcome: 'SETTLED' })).codes).toEqual(['ORDER_UNANSWERED'])
    const second = await ask(cityManagement, ANSWER, { order: id, text: '已处罚。' })
    expect(second.data).toEqual({
      answerSupervisionOrder: {
        status: 'ANSWERED',
        answers: [{ department: { code: 'JN-CGJ' }, text: '已处罚。' }],
      },
    })
    expect((await ask(office, CLOSE, { order: id, outcome: 'SETTLED' })).data).toEqual({
      closeSupervisionOrder: { status: 'CLOSED', outcome: 'SETTLED', opinion: '整改到位' },
    })
    expect(await eventsOf(id)).toEqual(['SupervisionOrdered', 'SupervisionAnswered', 'SupervisionClosed'])
  })

  it('sent twice is one order; with the same key and other words it is refused', async () => {
    const input = { ...special, subject: '重复请求' }
    const first = await issue(input)
    expect((await issue(input)).id).toBe(first.id)
    const keyed = { ...office, idempotencyKey: 'key-1' }
    const byKey = await issue({ ...input, subject: '带键请求' }, keyed)
    moveTo('2026-11-24')
    expect((await issue({ ...input, subject: '带键请求' }, keyed)).id).toBe(byKey.id)
    moveTo('2026-11-23')
    const other = await ask(keyed, ISSUE, { input: { ...input, subject: '另一请求' } })
    expect(other.codes).toEqual(['IDEMPOTENCY_MISMATCH'])
    expect(await eventsOf(first.id)).toEqual(['SupervisionOrdered'])
    const [row] = await room.supervision.sql<{ count: number }[]>`
      select count(*)::int as count from supervision_order where subject in ('重复请求', '带键请求', '另一请求')`
    expect(row?.count).toBe(2)
  })

  it('sent by two at the same moment is one order', async () => {
    const input = { ...special, subject: '同时请求' }
    const ids = await Promise.all([issue(input), issue(input), issue(input)])
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1)
  })

  it('answered or closed twice is answered and closed once', async () => {
    const { id } = await issue({ ...special, subject: '答复两次', departments: ['JN-SWJ'] })
    const answer = { order: id, text: '已办。' }
    expect((await ask(water, ANSWER, answer)).data).toEqual((await ask(water, ANSWER, answer)).data)
    expect((await ask(water, ANSWER, { order: id, text: '又办。' })).codes).toEqual(['ORDER_ANSWERED'])
    expect((await ask(office, CLOSE, { order: id, outcome: 'SETTLED' })).codes).toEqual([])
    expect((await ask(office, CLOSE, { order: id, outcome: 'SETTLED' })).codes).toEqual([])
    expect(await eventsOf(id)).toEqual(['SupervisionOrdered', 'SupervisionAnswered', 'SupervisionClosed'])
  })

  it('takes the next document number, and a refused one leaves no gap', async () => {
    const numberOf = ({ documentNumber }: Issued): number => Number(documentNumber.slice(-7, -1))
    const before = await issue({ ...special, subject: '编号之一' })
    expect((await ask(office, ISSUE, { input: { ...special, departments: ['JN-X'] } })).codes).toEqual([
      'DEPARTMENT_UNKNOWN',
    ])
    expect(numberOf(await issue({ ...special, subject: '编号之二' }))).toBe(numberOf(before) + 1)
  })
})

describe('a directive order', () => {
  it('carries the instruction to the office and its units, not to oversight (R18, R27, R53)', async () => {
    const { id } = await issue(directive)
    const source = `{ supervisionOrders(first: 100) { nodes { id instruction { text } answers { text } } } }`
    const seenBy = async (caller: Caller): Promise<unknown> => {
      const { data } = await ask(caller, source)
      const orders = data?.['supervisionOrders'] as { nodes: { id: string }[] }
      return orders.nodes.find((node) => node.id === id)
    }
    await ask(water, ANSWER, { order: id, text: '遵照执行。' })
    const instruction = { text: '限期解决。' }
    expect(await seenBy(office)).toEqual({ id, instruction, answers: [{ text: '遵照执行。' }] })
    expect(await seenBy(cityManagement)).toEqual({ id, instruction, answers: [] })
    expect(await seenBy(callerOf('OVERSIGHT'))).toEqual({ id, instruction: null, answers: [] })
    expect(await seenBy(callerOf('DEPARTMENT', 'JN-D-LX'))).toBeUndefined()
  })
})

describe('a written order', () => {
  it('is not issued for a breach that has one already (R25, R66)', async () => {
    const number = numbers[1] ?? ''
    const input = {
      ...special,
      kind: 'WRITTEN',
      caseNumber: number,
      assignment: `${number}-a`,
      departments: ['JN-CGJ'],
    }
    expect((await ask(office, ISSUE, { input })).codes).toEqual(['ORDER_ALREADY_OPEN'])
    const ahead = numbers[0] ?? ''
    const early = { ...input, caseNumber: ahead, assignment: `${ahead}-a`, departments: ['JN-SWJ'] }
    await issue(early)
    expect((await ask(office, ISSUE, { input: { ...early, subject: '再次' } })).codes).toEqual([
      'ORDER_ALREADY_OPEN',
    ])
  })
})

describe('who may', () => {
  it.each(['OPERATOR', 'DEPARTMENT', 'LEADER', 'PORTAL', 'OVERSIGHT', 'ADMIN'])(
    'issue and close: not %s',
    async (role) => {
      const caller = callerOf(role, role === 'DEPARTMENT' ? 'JN-SWJ' : undefined)
      expect((await ask(caller, ISSUE, { input: special })).codes).toEqual(['FORBIDDEN'])
      expect((await ask(caller, CLOSE, { order: 'x', outcome: 'SETTLED' })).codes).toEqual(['FORBIDDEN'])
    },
  )

  it('answer: a unit that is named; no order, no answer', async () => {
    expect((await ask(office, ANSWER, { order: 'x', text: 'x' })).codes).toEqual(['FORBIDDEN'])
    expect((await ask(water, ANSWER, { order: 'x', text: 'x' })).codes).toEqual(['ORDER_NOT_FOUND'])
  })
})
