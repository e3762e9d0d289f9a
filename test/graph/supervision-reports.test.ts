import type { Caller } from '@hub/kit/caller.ts'
import { describe, expect, it } from 'vitest'
import { callerOf } from '../support/supervision-caller.ts'
import { numbers, openSupervisionGraph, partOf } from '../support/supervision-graph.ts'
import { storyOf } from '../support/supervision-case.ts'

const { ask, moveTo, room, statements } = await openSupervisionGraph()
const office = callerOf('OFFICE')
const leader = callerOf('LEADER')
const citizen: Caller = { ...callerOf('PORTAL'), attributes: { citizen: '13805311234' } }

interface Figure {
  readonly code: string
  readonly numerator: number | null
  readonly denominator: number | null
}
interface Drafted {
  readonly id: string
  readonly documentNumber: string | null
  readonly figures: {
    readonly rows: readonly { readonly name: string; readonly figures: readonly Figure[] }[]
  }
}

const FIELDS = `id status documentNumber figures { rows { subject name figures { code numerator denominator excluded value } } }`
const DRAFT = `mutation ($input: DraftReportInput!) { draftReport(input: $input) { ${FIELDS} } }`
const step = (name: string) => `mutation ($id: ID!) { ${name}(report: $id) { ${FIELDS} } }`
const DELIVER = `mutation ($input: DeliverReportInput!) { deliverReport(input: $input) {
  deliveries { recipient organisation sentAt } } }`
const FEEDBACK = `mutation ($id: ID!, $text: String!) { giveReportFeedback(report: $id, text: $text) { feedbackCount } }`

const draft = {
  kind: 'CIRCULAR',
  title: '十一月通报',
  from: '2026-11-01',
  to: '2026-11-22',
  text: '总体平稳。',
}

async function drafted(change: object = {}): Promise<Drafted> {
  const { data, codes } = await ask(office, DRAFT, { input: { ...draft, ...change } })
  expect(codes).toEqual([])
  return data?.['draftReport'] as Drafted
}

async function did(name: string, id: string, caller: Caller = office): Promise<Drafted> {
  const { data, codes } = await ask(caller, step(name), { id })
  expect(codes).toEqual([])
  return data?.[name] as Drafted
}

async function issued(change: object = {}): Promise<Drafted> {
  const { id } = await drafted(change)
  await did('approveReport', id, leader)
  return did('issueReport', id)
}

const figureOf = (report: Drafted, name: string, code: string): Figure | undefined =>
  report.figures.rows.find((row) => row.name === name)?.figures.find((figure) => figure.code === code)

async function listed(caller: Caller): Promise<string[]> {
  const { data, codes } = await ask(caller, '{ reports(first: 100) { nodes { id } } }')
  expect(codes).toEqual([])
  return (partOf(data, 'reports') as { nodes: { id: string }[] }).nodes.map(({ id }) => id)
}

describe('a circular', () => {
  it('tells what each unit was given and answered, by numerator and denominator (R82, R83)', async () => {
    const report = await drafted()
    const water = (code: string): Figure | undefined => figureOf(report, '济南市水务局', code)
    expect(water('ASSIGNED')).toMatchObject({ numerator: 25, denominator: null })
    expect(water('REPLIED')).toMatchObject({ numerator: 0 })
    expect(water('ON_TIME')).toMatchObject({ numerator: 0, denominator: 16 })
    expect(water('OVERDUE')).toMatchObject({ numerator: 16, denominator: 16 })
    expect(water('REDO')).toMatchObject({ numerator: 0, denominator: 0 })
    expect(water('CIRCULATED')).toMatchObject({ numerator: 0 })
    expect(figureOf(report, '全市', 'ASSIGNED')).toMatchObject({ numerator: 100 })
  })

  it('costs the same few statements for any number of units', async () => {
    statements.length = 0
    await drafted({ title: '语句数' })
    expect(statements.length).toBeLessThanOrEqual(15)
  })

  it('keeps its figures when it is approved and issued, whatever happens afterwards (R82)', async () => {
    const before = await issued({ title: '冻结' })
    const number = numbers[1] ?? ''
    await room.tell(storyOf(number).replied('2026-11-23', `${number}-a`, 'JN-CGJ'))
    const { data } = await ask(office, `{ report(id: "${before.id}") { ${FIELDS} } }`)
    expect((partOf(data, 'report') as Drafted).figures).toEqual(before.figures)
    expect((await drafted({ title: '现在', to: '2026-11-23' })).figures).not.toEqual(before.figures)
  })

  it('is numbered when it is issued, without gaps, and goes from step to step only', async () => {
    const serialOf = ({ documentNumber }: Drafted): number =>
      Number(/〕(\d+)号/.exec(documentNumber ?? '')?.[1])
    const first = await issued({ title: '编号一' })
    const { id } = await drafted({ title: '编号二' })
    expect((await ask(office, step('issueReport'), { id })).codes).toEqual(['REPORT_STATUS'])
    await did('approveReport', id)
    const second = await did('issueReport', id)
    expect((await did('issueReport', id)).documentNumber).toBe(second.documentNumber)
    expect(serialOf(second)).toBe(serialOf(first) + 1)
    for (const name of ['approveReport', 'withdrawReport'])
      expect((await ask(office, step(name), { id })).codes).toEqual(['REPORT_STATUS'])
    const revise = `mutation { reviseReport(report: "${id}", title: "改", text: "改") { id } }`
    expect((await ask(office, revise)).codes).toEqual(['REPORT_STATUS'])
  })

  it('that is issued is kept by the database itself; what was approved as well', async () => {
    const { id } = await issued({ title: '不可改' })
    const { sql } = room.supervision
    await expect(sql`update report set title = 'x' where id = ${id}`).rejects.toThrow('does not change')
    await expect(sql`delete from report where id = ${id}`).rejects.toThrow('does not change')
    const approved = await drafted({ title: '已审定' })
    await did('approveReport', approved.id)
    await expect(sql`update report set text = 'x' where id = ${approved.id}`).rejects.toThrow(
      'does not change',
    )
    expect((await did('withdrawReport', approved.id)).documentNumber).toBeNull()
  })

  it('is corrected by a new issue that names it, once', async () => {
    const wrong = await issued({ title: '有误' })
    const input = { ...draft, title: '更正', corrects: wrong.id }
    const right = await issued(input)
    const { data } = await ask(
      callerOf('DEPARTMENT', 'JN-SWJ'),
      `{ a: report(id: "${right.id}") { corrects { id } markdown } b: report(id: "${wrong.id}") { correctedBy { id } } }`,
    )
    expect(data).toMatchObject({ a: { corrects: { id: wrong.id } }, b: { correctedBy: { id: right.id } } })
    expect((partOf(data, 'a') as { markdown: string }).markdown).toContain(`本件更正 ${wrong.documentNumber}`)
    for (const change of [
      { title: '再次' },
      { corrects: right.id, kind: 'BULLETIN' },
      { corrects: right.id, to: '2026-11-21' },
    ])
      expect((await ask(office, DRAFT, { input: { ...input, ...change } })).codes).toEqual([
        'REPORT_CORRECTION',
      ])
  })
})

describe('reports upward', () => {
  it('are a daily summary and a special report, that leaders read and that are sent to them (R78-R81)', async () => {
    const daily = await issued({ kind: 'DAILY_SUMMARY', title: '日报', from: '2026-11-02', to: '2026-11-02' })
    expect(figureOf(daily, '全市', 'REGISTERED')).toMatchObject({ numerator: 51 })
    expect(figureOf(daily, '全市', 'ANSWERED_DIRECTLY')).toMatchObject({ numerator: 1 })
    const special = await issued({ kind: 'SPECIAL_REPORT', title: '专报' })
    const input = {
      report: special.id,
      recipient: 'LEADER',
      organisation: '市政府',
      mode: '呈阅',
      sentAt: '2026-11-23T09:00:00+08:00',
    }
    expect((await ask(office, DELIVER, { input })).data).toEqual({
      deliverReport: {
        deliveries: [
          { recipient: 'LEADER', organisation: '市政府', sentAt: '2026-11-23T09:00:00.000+08:00' },
        ],
      },
    })
    expect(await listed(leader)).toEqual(expect.arrayContaining([daily.id, special.id]))
    expect(await listed(callerOf('DEPARTMENT', 'JN-SWJ'))).not.toContain(daily.id)
    const days = { ...draft, kind: 'DAILY_SUMMARY' }
    expect((await ask(office, DRAFT, { input: days })).codes).toEqual(['PERIOD_TOO_LONG'])
  })

  it('are an operation report with a row per unit, to the congress and the CPPCC, who see what was sent to them (R18-R21)', async () => {
    const report = await issued({ kind: 'OPERATION_REPORT', title: '运行报告' })
    expect(report.figures.rows.length).toBe(5)
    expect(figureOf(report, '全市', 'DIRECT_ANSWER')).toMatchObject({ numerator: 1, denominator: 51 })
    const oversight = callerOf('OVERSIGHT')
    expect(await listed(oversight)).not.toContain(report.id)
    const to = (recipient: string) => ({
      report: report.id,
      recipient,
      organisation: recipient === 'CPPCC' ? '市政协' : '市人大常委会',
      mode: '书面',
      sentAt: '2026-11-23T09:00:00+08:00',
    })
    for (const recipient of ['CPPCC', 'PEOPLES_CONGRESS', 'LEADER', 'CPPCC'])
      expect((await ask(office, DELIVER, { input: to(recipient) })).codes).toEqual([])
    const { data } = await ask(
      oversight,
      `{ report(id: "${report.id}") { deliveries { recipient } text csv } }`,
    )
    expect((partOf(data, 'report') as { deliveries: unknown[] }).deliveries).toEqual(
      expect.arrayContaining([{ recipient: 'CPPCC' }, { recipient: 'PEOPLES_CONGRESS' }]),
    )
    expect((partOf(data, 'report') as { deliveries: unknown[] }).deliveries).toHaveLength(2)
    expect(await listed(citizen)).not.toContain(report.id)
  })

  it('are sent after the issue, to whom the kind is meant for', async () => {
    const { id } = await drafted({ title: '未印发' })
    const input = {
      report: id,
      recipient: 'DEPARTMENTS',
      organisation: '各单位',
      mode: '平台',
      sentAt: '2026-11-23T09:00:00+08:00',
    }
    expect((await ask(office, DELIVER, { input })).codes).toEqual(['REPORT_NOT_ISSUED'])
    await did('approveReport', id)
    await did('issueReport', id)
    expect((await ask(office, DELIVER, { input: { ...input, recipient: 'CPPCC' } })).codes).toEqual([
      'REPORT_RECIPIENT',
    ])
    for (const sentAt of ['2026-11-23T08:59:59+08:00', '2026-11-23T09:00:01+08:00'])
      expect((await ask(office, DELIVER, { input: { ...input, sentAt } })).codes).toEqual([
        'REPORT_SENT_TIME',
      ])
    expect((await ask(office, DELIVER, { input })).codes).toEqual([])
  })
})

describe('a public bulletin', () => {
  it('comes from confirmed topics, is anonymous, and everyone may read it (R22, R84, R85)', async () => {
    const [row] = await room.supervision.sql<{ id: string }[]>`
      insert into topic (id, status, district, matter_type, recent, expected, window_from, window_to, proposed_at, policy_version)
      values (gen_random_uuid(), 'PROPOSED', '历下区', 'HELP', 4, 1, '2026-11-16', '2026-11-22', now(), 'x') returning id`
    const topics = [row?.id ?? '']
    const input = { ...draft, kind: 'BULLETIN', title: '公报', topics }
    expect((await ask(office, DRAFT, { input })).codes).toEqual(['REPORT_TOPIC'])
    await ask(
      office,
      `mutation { confirmTopic(topic: "${topics[0]}", title: "供热不足", summary: "多处反映") { id } }`,
    )
    expect((await ask(office, DRAFT, { input: { ...input, text: '王女士13805311234反映' } })).codes).toEqual([
      'WORDS_PERSONAL',
    ])
    const bulletin = await issued(input)
    expect(figureOf(bulletin, '供热不足', 'CASES')).toMatchObject({ numerator: null })
    expect(figureOf(bulletin, '全市', 'REGISTERED')).toMatchObject({ numerator: 51 })
    expect(figureOf(bulletin, '全市', 'DIRECT_ANSWER')).toMatchObject({ numerator: null, value: null })
    for (const caller of [
      citizen,
      callerOf('PORTAL'),
      callerOf('OVERSIGHT'),
      callerOf('DEPARTMENT', 'JN-SWJ'),
    ])
      expect(await listed(caller)).toContain(bulletin.id)
    const { data } = await ask(citizen, `{ report(id: "${bulletin.id}") { markdown deliveries { mode } } }`)
    expect(data).toMatchObject({ report: { deliveries: [] } })
    expect((partOf(data, 'report') as { markdown: string }).markdown).toContain('| 供热不足 | — |')
  })

  it('is answered back by people, once each, and the office reads what they say (R23)', async () => {
    const { id } = await issued({ kind: 'BULLETIN', title: '反馈' })
    for (let time = 0; time < 2; time += 1)
      expect((await ask(citizen, FEEDBACK, { id, text: '希望更快' })).data).toEqual({
        giveReportFeedback: { feedbackCount: 1 },
      })
    expect((await ask(citizen, FEEDBACK, { id, text: '又一次' })).codes).toEqual(['FEEDBACK_GIVEN'])
    expect((await ask(callerOf('PORTAL'), FEEDBACK, { id, text: '无人' })).codes).toEqual(['ANSWER_NOBODY'])
    const query = `{ report(id: "${id}") { feedback } }`
    expect((await ask(office, query)).data).toEqual({ report: { feedback: ['希望更快'] } })
    expect((await ask(citizen, query)).codes).toEqual(['FORBIDDEN'])
    const circular = await issued({ title: '非公报' })
    expect((await ask(citizen, FEEDBACK, { id: circular.id, text: '意见' })).codes).toEqual([
      'REPORT_NOT_FOUND',
    ])
  })

  it('is read by the public only when it is issued; nor is its correction before that', async () => {
    const wrong = await issued({ kind: 'BULLETIN', title: '待更正' })
    const correction = await drafted({ kind: 'BULLETIN', title: '更正稿', corrects: wrong.id })
    expect(await listed(citizen)).not.toContain(correction.id)
    const query = `{ a: report(id: "${wrong.id}") { correctedBy { id } } b: report(id: "${correction.id}") { id } }`
    expect((await ask(citizen, query)).data).toEqual({ a: { correctedBy: null }, b: null })
    expect((await ask(office, query)).data).toEqual({
      a: { correctedBy: { id: correction.id } },
      b: { id: correction.id },
    })
  })
})

describe('who may', () => {
  it('draft, approve, issue and deliver: the desk, and leaders approve', async () => {
    const { id } = await drafted({ title: '权限' })
    const roles = ['DEPARTMENT', 'PORTAL', 'OVERSIGHT', 'LEADER', 'ADMIN']
    for (const role of roles) {
      const caller = callerOf(role, 'JN-SWJ')
      expect((await ask(caller, DRAFT, { input: draft })).codes).toEqual(['FORBIDDEN'])
      expect((await ask(caller, step('issueReport'), { id })).codes).toEqual(['FORBIDDEN'])
    }
    expect((await ask(callerOf('OPERATOR'), step('approveReport'), { id })).codes).toEqual(['FORBIDDEN'])
    expect((await ask(leader, step('approveReport'), { id })).codes).toEqual([])
  })

  it('is refused a period that is none or still to come, and a report that is not there', async () => {
    for (const [code, change] of [
      ['PERIOD_INVALID', { from: '2026-11-22', to: '2026-11-01' }],
      ['PERIOD_TOO_LONG', { from: '2025-01-01' }],
      ['REPORT_PERIOD_AHEAD', { to: '2026-11-24' }],
      ['TOPIC_NOT_FOUND', { topics: ['x'] }],
      ['REPORT_NOT_FOUND', { corrects: 'x' }],
      ['WORDS_MISSING', { title: ' ' }],
    ] as const)
      expect((await ask(office, DRAFT, { input: { ...draft, ...change } })).codes).toEqual([code])
    expect((await ask(office, step('approveReport'), { id: 'x' })).codes).toEqual(['REPORT_NOT_FOUND'])
    const foreign = Buffer.from('["x","y"]').toString('base64url')
    expect((await ask(office, `{ reports(after: "${foreign}") { nodes { id } } }`)).codes).toEqual([
      'CURSOR_INVALID',
    ])
  })

  it('page through all reports, each once', async () => {
    moveTo('2026-11-24')
    const all = await listed(office)
    const seen: string[] = []
    for (let after = ''; ;) {
      const query = `{ reports(first: 4${after && `, after: "${after}"`}) { nodes { id } pageInfo { hasNextPage endCursor } } }`
      const { data } = await ask(office, query)
      const page = data?.['reports'] as {
        nodes: { id: string }[]
        pageInfo: { hasNextPage: boolean; endCursor: string }
      }
      seen.push(...page.nodes.map(({ id }) => id))
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor
    }
    expect(seen).toEqual(all)
  })
})
