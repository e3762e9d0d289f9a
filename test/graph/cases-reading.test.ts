import { beforeAll, describe, expect, it } from 'vitest'
import { callerAs, openCasesGraph } from '../support/cases-graph.ts'

const { ask, database } = await openCasesGraph()
const operator = callerAs('OPERATOR')
const office = callerAs('OFFICE')
const lixia = callerAs('DEPARTMENT', { department: 'JN-D-LX' })
const PHONE = '13600136001'

interface Listed {
  readonly cases: {
    readonly nodes: readonly { readonly number: string }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  }
}

const numbers: string[] = []

beforeAll(async () => {
  for (let index = 0; index < 60; index += 1) {
    const { data } = await ask(
      operator,
      'mutation ($input: RegisterCaseInput!) { registerCase(input: $input) { number } }',
      {
        input: {
          title: `第${index}件`,
          content: `示例乙反映:身份证370102199003071234,电话${PHONE},又一个 139-0013-9000。`,
          channel: 'APP',
          matterType: index % 10 === 9 ? 'REPORT' : 'COMPLAINT',
          callerType: 'NATURAL_PERSON',
          callerName: '示例乙',
          callerPhone: index === 0 ? PHONE : `1360013${6100 + index}`,
          district: index % 2 ? '历下区' : '历城区',
        },
      },
    )
    numbers.push((data['registerCase'] as { number: string }).number)
  }
  for (const number of numbers)
    await ask(office, 'mutation ($input: DispatchCaseInput!) { dispatchCase(input: $input) { number } }', {
      input: { number, departments: ['JN-D-LX', 'JN-CGJ'], lead: 'JN-D-LX', mode: 'WRITTEN' },
    })
})

const PAGE = `query ($first: Int, $after: String, $filter: CaseFilter) {
  cases(first: $first, after: $after, filter: $filter) {
    nodes { number title content status caller { name phone } assignments { id dueOn department { code openAssignments } replies { id } }
      timeline { kind } answer { text } feedbacks { mode } callbacks { solved } }
    pageInfo { hasNextPage endCursor }
  }
}`

describe('a page of cases', () => {
  it('costs the same number of statements for 5 and for 50, whoever asks', async () => {
    for (const who of [operator, lixia, callerAs('PORTAL', { district: '历下区' }), callerAs('OVERSIGHT')]) {
      await ask(who, PAGE, { first: 1 }) // the tree of units is read once and kept
      const few = await ask(who, PAGE, { first: 5 })
      const many = await ask(who, PAGE, { first: 50 })
      expect(many.codes).toEqual([])
      expect(many.statements).toBe(few.statements)
      expect(many.statements).toBeLessThanOrEqual(12)
    }
  })

  it('goes through all of them once, newest first, in keyset pages', async () => {
    const seen: string[] = []
    for (let after: string | null = null; ;) {
      const { data } = await ask(operator, PAGE, { first: 7, after })
      const { nodes, pageInfo } = data['cases'] as Listed['cases']
      seen.push(...nodes.map(({ number }) => number))
      if (!pageInfo.hasNextPage) break
      after = pageInfo.endCursor
    }
    expect(seen).toEqual(numbers.toReversed())
  })

  it('is narrowed by district, matter type and unit, and refuses a size or a cursor out of range', async () => {
    const count = async (filter: object) => {
      const { data } = await ask(operator, PAGE, { first: 100, filter })
      return (data['cases'] as Listed['cases']).nodes.length
    }
    expect(await count({ district: '历下区' })).toBe(30)
    expect(await count({ matterType: ['REPORT'] })).toBe(6)
    expect(await count({ department: 'JN-CGJ', district: '历城区' })).toBe(30)
    expect(await count({ receivedFrom: '2026-11-02', receivedTo: '2026-11-02' })).toBe(60)
    expect(await count({ receivedTo: '2026-11-01' })).toBe(0)
    expect((await ask(operator, PAGE, { first: 101 })).codes).toEqual(['BAD_INPUT'])
    expect((await ask(operator, PAGE, { after: 'bm8' })).codes).toEqual(['CURSOR_INVALID'])
  })
})

const CALLER =
  'query ($number: String!, $reason: String) { case(number: $number) { content caller(reason: $reason) { name phone } } }'

interface Shown {
  readonly case: {
    readonly content: string
    readonly caller: { readonly name: string | null; readonly phone: string | null } | null
  } | null
}

const show = async (
  who: typeof operator,
  number: string | undefined,
  reason?: string,
): Promise<Shown['case']> => (await ask(who, CALLER, { number, reason })).data['case'] as Shown['case']

describe('who may see what', () => {
  it('the hotline sees the caller, and each reading is written down: who, when, why, which fields', async () => {
    expect((await show(operator, numbers[1]))?.caller?.name).toBe('示例乙')
    const [row] = await database.sql`
      select subject, role, fields, reason from caller_reveal where case_number = ${numbers[1] ?? ''} order by id desc limit 1`
    expect(row).toMatchObject({
      subject: 'test:operator',
      role: 'OPERATOR',
      fields: ['name', 'organisation', 'phone'],
    })
  })

  it('the handling unit sees the phone of an open assignment and every number in the text masked', async () => {
    const seen = await show(lixia, numbers[1])
    expect(seen?.caller).toEqual({ name: null, phone: '13600136101' })
    for (const secret of [PHONE, '370102199003071234', '139-0013-9000', '示例乙'])
      expect(seen?.content).not.toContain(secret)
  })

  it('a co-handler, an overseer, a leader and a district portal never see the caller', async () => {
    const others = [
      callerAs('DEPARTMENT', { department: 'JN-CGJ' }),
      callerAs('OVERSIGHT'),
      callerAs('LEADER'),
      callerAs('ADMIN'),
    ]
    for (const who of [...others, callerAs('PORTAL', { district: '历下区' })]) {
      const seen = await show(who, numbers[1])
      expect(seen?.caller).toBeNull()
      expect(seen?.content).not.toContain(PHONE)
    }
  })

  it('the reporter of a confidential report is shown to the hotline for a stated reason only, and never to the unit (R5)', async () => {
    const report = numbers[9]
    expect((await show(operator, report))?.caller).toBeNull()
    expect((await show(operator, report, '核实现场位置'))?.caller?.name).toBe('示例乙')
    expect((await show(lixia, report))?.caller).toBeNull()
  })

  it("a citizen's portal sees that person's own case whole and no other", async () => {
    const own = callerAs('PORTAL', { district: '历下区', citizen: PHONE })
    expect((await show(own, numbers[0]))?.caller).toEqual({ name: '示例乙', phone: PHONE })
    expect((await show(own, numbers[0]))?.content).toContain(PHONE)
    expect(await show(own, numbers[1])).toBeNull()
  })

  it('a unit without an assignment, another district and an unknown role see no case at all', async () => {
    expect(await show(callerAs('DEPARTMENT', { department: 'JN-JYJ' }), numbers[0])).toBeNull()
    expect(await show(callerAs('PORTAL', { district: '槐荫区' }), numbers[0])).toBeNull()
    expect(await show(callerAs('PORTAL'), numbers[0])).toBeNull()
    expect((await ask(callerAs('SUBGRAPH'), CALLER, { number: numbers[0] })).data['case']).toBeNull()
  })
})
