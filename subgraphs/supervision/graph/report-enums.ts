import type { Recipient, ReportKind, ReportStatus } from '../domain/report.ts'
import { builder } from './builder.ts'

/** Who reads reports; which ones, `scopeOfReports` says. */
export const REPORT_READERS = [
  'OPERATOR',
  'OFFICE',
  'LEADER',
  'DEPARTMENT',
  'OVERSIGHT',
  'ADMIN',
  'PORTAL',
] as const

export const Kind = builder.enumType('ReportKind', {
  description: 'Kinds of reports (R20-R22, R78-R85). 文件种类',
  values: {
    DAILY_SUMMARY: { description: 'What the day brought (R78). 日报' },
    SPECIAL_REPORT: { description: 'About one matter that deserves it (R79). 专报' },
    OPERATION_REPORT: {
      description: "For the people's congress and the CPPCC, with a row per unit (R20, R21). 运行报告",
    },
    CIRCULAR: { description: 'What each unit was given and answered (R82, R83). 通报' },
    BULLETIN: { description: 'For the public, anonymous (R22, R84, R85). 公报' },
  } satisfies Record<ReportKind, { description: string }>,
})

export const Status = builder.enumType('ReportStatus', {
  description: 'The life of a report. 文件状态',
  values: {
    DRAFT: { description: 'Being written. 草稿' },
    APPROVED: { description: 'Approved; words and figures stand. 已审定' },
    ISSUED: { description: 'Issued under its number; a correction is a new issue. 已印发' },
    WITHDRAWN: { description: 'Given up before it was issued. 已撤回' },
  } satisfies Record<ReportStatus, { description: string }>,
})

export const RecipientRef = builder.enumType('ReportRecipient', {
  description: 'Whom a report is sent to. 报送对象',
  values: {
    LEADER: { description: 'Leaders of the government (R80, R81). 市领导' },
    PEOPLES_CONGRESS: { description: "The people's congress (R18, R20). 人大" },
    CPPCC: { description: 'The political consultative conference (R19, R20). 政协' },
    DEPARTMENTS: { description: 'The units (R82). 承办单位' },
    NEWS_MEDIA: { description: 'News media (R85). 新闻媒体' },
    PUBLIC: { description: 'Society (R22). 社会公众' },
  } satisfies Record<Recipient, { description: string }>,
})
