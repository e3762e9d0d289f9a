import { describe, expect, it } from 'vitest'
import { storyOf } from '../support/supervision-case.ts'
import { callerOf } from '../support/supervision-caller.ts'
import { numbers, partOf } from '../support/supervision-graph.ts'
import {
  DRAFT,
  draft,
  FIELDS,
  figureOf,
  leader,
  office,
  citizen,
  openReports,
  step,
  type Drafted,
  type Figure,
} from '../support/supervision-report.ts'

const { ask, room, statements, drafted, did, issued, listed } = await openReports()
const DELIVER = `mutation ($input: DeliverReportInput!) { deliverReport(input: $input) {
  deliveries { recipient organisation sentAt } } }`

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
    await did('approveReport', id, leader)
    const second = await did('issueReport', id)
    expect((await did('issueReport', id)).documentNumber).toBe(second.documentNumber)
    expect(serialOf(second)).toBe(serialOf(first) + 1)
    expect((await ask(leader, step('approveReport'), { id })).codes).toEqual(['REPORT_STATUS'])
    expect((await ask(office, step('withdrawReport'), { id })).codes).toEqual(['REPORT_STATUS'])
    const revise = `mutation { reviseReport(report: "${id}", title: "改", text: "改") { id } }`
    expect((await ask(office, revise)).codes).toEqual(['REPORT_STATUS'])
  })

  it('is approved by another person than who drafted or rewrote it (R80)', async () => {
    const { id } = await drafted({ title: '四眼' })
    const colleague = { ...office, subject: 'office-2' }
    expect((await ask(office, step('approveReport'), { id })).codes).toEqual(['REPORT_OWN_APPROVAL'])
    const revise = `mutation { reviseReport(report: "${id}", title: "改", text: "改") { id } }`
    expect((await ask(colleague, revise)).codes).toEqual([])
    expect((await ask(colleague, step('approveReport'), { id })).codes).toEqual(['REPORT_OWN_APPROVAL'])
    expect((await ask(office, step('approveReport'), { id })).codes).toEqual(['REPORT_OWN_APPROVAL'])
    await did('approveReport', id, { ...office, subject: 'office-3' })
  })

  it('that is issued is kept by the database itself; what was approved as well', async () => {
    const { id } = await issued({ title: '不可改' })
    const { sql } = room.supervision
    await expect(sql`update report set title = 'x' where id = ${id}`).rejects.toThrow('does not change')
    await expect(sql`delete from report where id = ${id}`).rejects.toThrow('does not change')
    const approved = await drafted({ title: '已审定' })
    await did('approveReport', approved.id, leader)
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
    await did('approveReport', id, leader)
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
