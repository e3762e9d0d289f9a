import { describe, expect, it } from 'vitest'
import { callerAs, openCasesGraph } from '../support/cases-graph.ts'

const { ask, database } = await openCasesGraph()
const operator = callerAs('OPERATOR')
const office = callerAs('OFFICE')
const water = callerAs('DEPARTMENT', { department: 'JN-U-WATER' })
const REGISTER = 'mutation ($input: RegisterCaseInput!) { registerCase(input: $input) { number status } }'

function call(more: Record<string, unknown> = {}) {
  return {
    title: '水管爆裂',
    content: '历山路水管爆裂,电话13800138000,请回电。',
    channel: 'PHONE',
    matterType: 'HELP',
    callerType: 'NATURAL_PERSON',
    callerName: '示例甲',
    callerPhone: '138 0013 8000',
    district: '历下区',
    ...more,
  }
}

async function register(more: Record<string, unknown> = {}): Promise<string> {
  const { data, codes } = await ask(operator, REGISTER, { input: call(more) })
  expect(codes).toEqual([])
  return (data['registerCase'] as { number: string }).number
}

async function dispatch(number: string, departments = ['JN-U-WATER']): Promise<string> {
  const { data, codes } = await ask(
    office,
    'mutation ($input: DispatchCaseInput!) { dispatchCase(input: $input) { assignments { id } } }',
    { input: { number, departments, lead: departments[0], mode: 'WRITTEN' } },
  )
  expect(codes).toEqual([])
  const { assignments } = data['dispatchCase'] as { assignments: { id: string }[] }
  return assignments[0]?.id ?? ''
}

const countOf = async (table: string): Promise<number> => {
  const [row] = await database.sql.unsafe<{ n: number }[]>(`select count(*)::int as n from ${table}`)
  return row?.n ?? 0
}

describe('a registered case', () => {
  it('gets the next serial of its day, and a refused one leaves no gap (R38)', async () => {
    const first = await register()
    expect((await ask(operator, REGISTER, { input: call({ content: '  ' }) })).codes).toEqual([
      'CONTENT_BLANK',
    ])
    const second = await register()
    expect(first).toMatch(/^JN-20261102-\d{6}$/)
    expect(Number(second.slice(-6))).toBe(Number(first.slice(-6)) + 1)
  })

  it('is the same case when its key comes again, also twice at once, and another body is refused', async () => {
    const before = await countOf('"case"')
    const send = (input: object) => ask(operator, REGISTER, { input: { ...input, idempotencyKey: 'k-1' } })
    const answers = await Promise.all([send(call()), send(call()), send(call())])
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1)
    expect(await countOf('"case"')).toBe(before + 1)
    expect((await send(call({ title: '另一件' }))).codes).toEqual(['IDEMPOTENCY_MISMATCH'])
    expect(await countOf('"case"')).toBe(before + 1)
  })

  it('keeps the caller sealed: no table holds the phone in the clear (R39–R41)', async () => {
    const number = await register({ callerPhone: '13900139123', content: '无号码' })
    const [row] = await database.sql`select * from caller where case_number = ${number}`
    expect(JSON.stringify(row)).not.toContain('13900139123')
    const [{ found } = { found: 0 }] = await database.sql<{ found: number }[]>`
      select count(*)::int as found from event where data::text like '%13900139123%'`
    expect(found).toBe(0)
  })

  it('is not found by the numbers in its text, and is by its words', async () => {
    const number = await register({ content: '泉城路地砖松动,联系13700137000' })
    const find = async (text: string) => {
      const { data } = await ask(
        operator,
        'query ($text: String) { cases(filter: { text: $text }) { nodes { number } } }',
        { text },
      )
      return (data['cases'] as { nodes: { number: string }[] }).nodes.map((node) => node.number)
    }
    expect(await find('地砖松动')).toContain(number)
    expect(await find('13700137000')).not.toContain(number)
    expect(await find("地砖' or 1=1 --")).not.toContain('x')
  })
})

describe('a mutation that is sent three times, two at once', () => {
  it('has one effect', async () => {
    const assignment = await dispatch(await register())
    const events = () => countOf(`event where stream = 'department:JN-U-WATER'`)
    const before = await events()
    const sign = () =>
      ask(water, 'mutation ($a: ID!) { signForAssignment(assignment: $a) { status } }', { a: assignment })
    const answers = await Promise.all([sign(), sign()])
    answers.push(await sign())
    expect(answers.map(({ codes }) => codes)).toEqual([[], [], []])
    expect(await events()).toBe(before + 1)
  })

  it('is refused to another client that says the same', async () => {
    const assignment = await dispatch(await register())
    const sign = (who: typeof water) =>
      ask(who, 'mutation ($a: ID!) { signForAssignment(assignment: $a) { status } }', { a: assignment })
    expect((await sign(water)).codes).toEqual([])
    expect((await sign({ ...water, subject: 'someone-else' })).codes).toEqual(['ASSIGNMENT_STATUS_FORBIDS'])
  })
})

describe('a dispatched case', () => {
  it('cannot be routed to the unit complained of, nor one under it (R97)', async () => {
    const number = await register({ complainedOf: ['JN-D-LX'], matterType: 'COMPLAINT' })
    for (const department of ['JN-D-LX', 'JN-S-LX-DM']) {
      const { codes } = await ask(
        office,
        'mutation ($input: DispatchCaseInput!) { dispatchCase(input: $input) { number } }',
        { input: { number, departments: [department], mode: 'PHONE' } },
      )
      expect(['COMPLAINED_OF', 'DEPARTMENT_NOT_FOUND']).toContain(codes[0])
    }
    expect(await countOf(`assignment where case_number = '${number}'`)).toBe(0)
  })

  it('pins the article version that answered it (R45)', async () => {
    const number = await register()
    const { data, codes } = await ask(
      operator,
      `mutation ($input: AnswerDirectlyInput!) { answerDirectly(input: $input) { status answer { articles { id version } } } }`,
      { input: { number, text: '按规定办理', articles: ['KB-002'] } },
    )
    expect(codes).toEqual([])
    expect(data['answerDirectly']).toEqual({
      status: 'ANSWERED',
      answer: { articles: [{ id: 'KB-002', version: 1 }] },
    })
  })
})
