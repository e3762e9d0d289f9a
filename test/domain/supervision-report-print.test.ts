import { countFigure, publicFigure, type Figure } from '@hub/supervision/domain/report-figures.ts'
import { csvOf, field, markdownOf } from '@hub/supervision/domain/report-print.ts'
import { RECIPIENTS, reportNumber, type Report } from '@hub/supervision/domain/report.ts'
import { mayRead, scopeOfReports } from '@hub/supervision/domain/report-delivery.ts'
import { workbookOf } from '@hub/supervision/graph/report-workbook.ts'
import readSheets from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { at } from '../support/supervision-case.ts'

const rate: Figure = {
  ...countFigure('onTime', 26),
  denominator: 27,
  excluded: 6,
  exclusions: '退单、撤销',
  value: 26 / 27,
}
const report: Report = {
  id: '00000000-0000-7000-8000-000000000001',
  kind: 'CIRCULAR',
  status: 'ISSUED',
  documentNumber: reportNumber('CIRCULAR', 2026, 3),
  title: '十一月通报',
  from: '2026-11-01',
  to: '2026-11-22',
  text: '总体平稳。',
  topics: [],
  figures: {
    takenAt: '2026-11-23T09:00:00.000+08:00',
    from: '2026-11-01',
    to: '2026-11-22',
    policyVersion: 'JN-2018-1',
    rows: [
      { subject: '*', name: '全市', figures: [countFigure('assigned', 100), rate] },
      {
        subject: 'JN-SWJ',
        name: '=水务局,"市"',
        figures: [countFigure('assigned', 30), { ...rate, ranked: false }],
      },
      {
        subject: 't',
        name: '供热|不足',
        figures: [{ ...countFigure('cases', 3), numerator: null, suppressed: true }],
      },
    ],
  },
  corrects: null,
  draftedBy: 'a',
  revisedBy: null,
  draftedAt: at('2026-11-23'),
  approvedBy: 'b',
  approvedAt: at('2026-11-23'),
  issuedBy: 'b',
  issuedAt: at('2026-11-23'),
  withdrawnAt: null,
}

describe('a report as a workbook', () => {
  it('has every figure in a line, numbers as numbers and texts as texts, no formula (R21, R82)', async () => {
    const [sheet] = await readSheets(Buffer.from(await workbookOf(report), 'base64'))
    expect(sheet?.sheet).toBe('通报')
    const rows = sheet?.data ?? []
    expect(rows[0]?.slice(0, 3)).toEqual(['文号', '起始日', '截止日'])
    expect(rows.slice(1).map((row) => [row[4], row[5], row[6], row[7]])).toEqual([
      ['全市', '交办数', 100, null],
      ['全市', '按时办结率', 26, 27],
      ['=水务局,"市"', '交办数', 30, null],
      ['=水务局,"市"', '按时办结率', 26, 27],
      ['供热|不足', '热点工单数', null, null],
    ])
  })
})

describe('a printed report', () => {
  it('is Markdown with number, period, words, figures and what was left out (R82, R83)', () => {
    expect(markdownOf(report, '热线通报〔2026〕2号').split('\n')).toEqual([
      '# 十一月通报',
      '',
      '热线通报〔2026〕3号 · 2026-11-01 至 2026-11-22 · 2026-11-23 印发',
      '',
      '> 本件更正 热线通报〔2026〕2号。',
      '',
      '总体平稳。',
      '',
      '| 单位 | 交办数 | 按时办结率 |',
      '|---|---:|---:|',
      '| 全市 | 100 | 96.3%(26/27) |',
      '| =水务局,"市" | 30 | 96.3%(26/27,不参与排名) |',
      '',
      '| 单位 | 热点工单数 |',
      '|---|---:|',
      '| 供热\\|不足 | — |',
      '',
      '- 按时办结率剔除:退单、撤销',
      '',
      '数据截至 2026-11-23T09:00:00.000+08:00,政策版本 JN-2018-1。“—”表示人数过少,不予公布。',
      '',
    ])
  })

  it('is a spreadsheet with numerator, denominator and exclusions, and runs no formula (R21)', () => {
    const lines = csvOf(report).split('\r\n')
    expect(lines[0]?.startsWith('\uFEFF文号,')).toBe(true)
    expect(lines[2]).toBe(
      '热线通报〔2026〕3号,2026-11-01,2026-11-22,*,全市,按时办结率,26,27,6,退单、撤销,0.9629629629629629',
    )
    expect(lines[3]).toContain(`,"'=水务局,""市""",`)
    expect(lines[5]).toContain(',热点工单数,,,0,,')
    expect(lines).toHaveLength(7)
  })

  it.each(['=1+1', '+1', '-1', '@A1', '\t=1', ' =1', '\r=1', '=1'])('disarms %j', (text) => {
    expect(field(text).replace(/^"/, '').startsWith("'")).toBe(true)
  })

  it.each(['水务局', '1=1', ''])('leaves %j as it is', (text) => {
    expect(field(text)).toBe(text)
  })
})

describe('a figure for the public', () => {
  const shown = (numerator: number, denominator: number | null, excluded = 0) =>
    publicFigure({ ...rate, numerator, denominator, excluded, value: 1 }, 5)

  it.each([
    [3, 100],
    [97, 100],
    [4, 4],
    [0, 3],
    [2, null],
  ])('does not show %s of %s, nor its value (R22)', (numerator, denominator) => {
    expect(shown(numerator, denominator)).toMatchObject({ numerator: null, value: null, suppressed: true })
  })

  it.each([
    [0, 100],
    [50, 100],
    [100, 100],
    [12, null],
  ])('shows %s of %s', (numerator, denominator) => {
    expect(shown(numerator, denominator)).toMatchObject({ numerator, denominator, suppressed: false })
  })

  it('does not tell how few were left out', () => {
    expect(shown(50, 100, 2)).toMatchObject({ numerator: 50, excluded: null, suppressed: true })
  })
})

describe('who reads a report', () => {
  const oversight = { role: 'OVERSIGHT', scopes: [] }
  const stranger = { role: 'STRANGER', scopes: ['oversight:cppcc'] }

  it('is oversight for what was delivered to it, and for nothing else but bulletins (R18, R19)', () => {
    const operation: Report = { ...report, kind: 'OPERATION_REPORT' }
    const to = (recipient: 'CPPCC' | 'PEOPLES_CONGRESS' | 'LEADER') => [
      {
        reportId: report.id,
        recipient,
        organisation: 'x',
        mode: 'x',
        sentAt: at('2026-11-23'),
        recordedBy: 'x',
      },
    ]
    expect(mayRead(oversight, operation, [])).toBe(false)
    expect(mayRead(oversight, operation, to('LEADER'))).toBe(false)
    expect(mayRead(oversight, operation, to('CPPCC'))).toBe(true)
    expect(mayRead(oversight, operation, to('PEOPLES_CONGRESS'))).toBe(true)
    expect(mayRead(oversight, { ...operation, status: 'APPROVED' }, to('CPPCC'))).toBe(false)
    const congress = { role: 'OVERSIGHT', scopes: ['oversight:congress'] }
    expect(mayRead(congress, operation, to('CPPCC'))).toBe(false)
    expect(mayRead(congress, operation, to('PEOPLES_CONGRESS'))).toBe(true)
    expect(mayRead(oversight, { ...report, kind: 'BULLETIN' }, [])).toBe(true)
  })

  it('is nobody whom the table does not name', () => {
    expect(scopeOfReports(stranger)).toEqual({ status: [], kinds: [], deliveredTo: [] })
    expect(mayRead(stranger, { ...report, kind: 'BULLETIN' }, [])).toBe(false)
  })

  it('follows the recipients of each kind (R20, R22, R80, R82, R85)', () => {
    expect(RECIPIENTS.OPERATION_REPORT).toEqual(expect.arrayContaining(['PEOPLES_CONGRESS', 'CPPCC']))
    expect(RECIPIENTS.BULLETIN).toEqual(expect.arrayContaining(['PUBLIC', 'NEWS_MEDIA']))
    expect(RECIPIENTS.DAILY_SUMMARY).toEqual(['LEADER'])
    expect(RECIPIENTS.CIRCULAR).toContain('DEPARTMENTS')
  })
})
