import { describe, expect, it } from 'vitest'
import { callerAs } from '../support/cases-graph.ts'
import { clerk, leader, office, openDesk, operator, WATER } from '../support/cases-desk.ts'

const desk = await openDesk()
const { ask, register, moveTo, caseAt, database } = desk
const DAY = '2026-11-10'

async function registeredAt(time: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  moveTo(`${time}+08:00`)
  return register(more)
}

const evening = await registeredAt('2026-11-09T23:30:00', { title: '前夜' })
const morning = await registeredAt(`${DAY}T09:00:00`, { title: '上午', callerOrganisation: '示例公司' })
const report = await registeredAt(`${DAY}T10:00:00`, { title: '举报', matterType: 'REPORT' })
moveTo(`${DAY}T11:00:00+08:00`)
const handled = await caseAt('HANDLING', { title: '办理中' })
const odd = await registeredAt(`${DAY}T12:00:00`, {
  title: '怪字',
  content: '第一行\n| <script>alert(1)</script> | `x` *y*',
  anonymous: true,
})
const night = await registeredAt(`${DAY}T21:00:00`, { title: '夜里' })
const late = await registeredAt('2026-11-11T07:59:59', { title: '凌晨' })

interface Logged {
  readonly entries: {
    readonly nodes: readonly {
      readonly serial: number
      readonly case: { readonly number: string }
      readonly caller: object | null
      readonly done: readonly string[]
    }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  }
  readonly markdown: string
}

const LOG = `query ($day: Date!, $shift: Shift!, $first: Int, $after: String) { dutyLog(day: $day, shift: $shift) {
  from until entries(first: $first, after: $after) {
    nodes { serial case { number receivedAt title } caller { name organisation phone } done } pageInfo { hasNextPage endCursor } } } }`

async function log(shift: string, more: object = {}, who = operator): Promise<Logged> {
  const { data, codes } = await ask(who, LOG, { day: DAY, shift, ...more })
  expect(codes).toEqual([])
  return data?.['dutyLog'] as Logged
}

const numbersOf = ({ entries }: Logged): string[] => entries.nodes.map((entry) => entry.case.number)

describe('the duty log', () => {
  it('has what was registered in the day, the day shift or the night, in the order of the register (R38)', async () => {
    expect(numbersOf(await log('ALL'))).toEqual([morning, report, handled, odd, night])
    expect(numbersOf(await log('DAY'))).toEqual([morning, report, handled, odd])
    expect(numbersOf(await log('NIGHT'))).toEqual([night, late])
    expect(numbersOf(await log('NIGHT', { day: '2026-11-09' }))).toEqual([evening])
    expect((await log('ALL')).entries.nodes.map(({ serial }) => serial)).toEqual([1, 2, 3, 4, 5])
  })

  it('says who called, from which unit, when, about what, and what was done (R38, R39, R40, R41, R42, R43)', async () => {
    const [first, second, third] = (await log('DAY')).entries.nodes
    expect(first).toMatchObject({
      case: { receivedAt: `${DAY}T09:00:00.000+08:00`, title: '上午' },
      caller: { name: '示例甲', organisation: '示例公司', phone: '13800138000' },
      done: ['09:00 登记'],
    })
    expect(second?.caller).toBeNull()
    expect(third?.done).toEqual([
      '11:00 登记',
      '11:00 转办',
      '11:00 派发 济南水务集团有限公司',
      '11:00 签收 济南水务集团有限公司',
    ])
  })

  it('writes down each reading of a caller as that of the log (R38)', async () => {
    await log('DAY', {}, office)
    const [row] = await database.sql`
      select role, reason, fields from caller_reveal where case_number = ${morning} order by id desc limit 1`
    expect(row).toEqual({
      role: 'OFFICE',
      reason: `OFFICE: duty log of ${DAY} DAY`,
      fields: ['name', 'organisation', 'phone'],
    })
    const [{ n } = { n: -1 }] = await database.sql<{ n: number }[]>`
      select count(*)::int as n from caller_reveal where case_number = ${report}`
    expect(n).toBe(0)
  })

  it('is turned page by page, and costs as many statements for few as for many', async () => {
    const one = await log('ALL', { first: 2 })
    const two = await log('ALL', { first: 2, after: one.entries.pageInfo.endCursor })
    expect([...numbersOf(one), ...numbersOf(two)]).toEqual([morning, report, handled, odd])
    expect(two.entries.pageInfo.hasNextPage).toBe(true)
    const few = await ask(operator, LOG, { day: DAY, shift: 'ALL', first: 1 })
    const many = await ask(operator, LOG, { day: DAY, shift: 'ALL', first: 5 })
    expect(many.statements).toBe(few.statements)
  })

  it('is printed as a table in which what callers said is text and nothing else (R38)', async () => {
    const asked = 'query ($day: Date!) { dutyLog(day: $day, shift: DAY) { markdown } }'
    const { data } = await ask(operator, asked, { day: DAY })
    const printed = data?.['dutyLog'] as Logged | undefined
    const markdown = printed?.markdown ?? ''
    const lines = markdown.split('\n')
    expect(lines[0]).toBe(`# 12345 值班记录 ${DAY} 白班`)
    expect(lines[2]).toBe(`${DAY} 08:00 – ${DAY} 20:00,共 4 件`)
    expect(lines[6]).toBe(
      `| 1 | ${morning} | 09:00 | 示例甲 | 示例公司 | 13800138000 | 上午 | 历山路水管爆裂,请尽快处理。 | 09:00 登记 | test:operator |`,
    )
    expect(lines[7]).toContain('| 保密 |')
    expect(lines[9]).toContain('| 匿名 |')
    expect(lines[9]).toContain('第一行 \\| &lt;script&gt;alert(1)&lt;/script&gt; \\| \\`x\\` \\*y\\*')
    expect(markdown).not.toContain('<script>')
  })

  it('is for the hotline alone (R38)', async () => {
    const others = ['PORTAL', 'OVERSIGHT', 'ADMIN', 'SUBGRAPH'].map((role) => callerAs(role))
    for (const who of [leader, clerk(WATER), ...others])
      expect((await ask(who, LOG, { day: DAY, shift: 'ALL' })).codes).toEqual(['FORBIDDEN'])
  })
})
