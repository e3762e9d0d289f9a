import type { Day } from '@hub/kit/day.ts'
import type { Acting } from './acting.ts'
import { refuse } from './errors.ts'
import type { Figures } from './report-figures.ts'
import { requireText } from './text.ts'

/** Kinds of reports: 日报, 专报, 运行报告, 通报, 公报. */
export type ReportKind = 'DAILY_SUMMARY' | 'SPECIAL_REPORT' | 'OPERATION_REPORT' | 'CIRCULAR' | 'BULLETIN'
export type ReportStatus = 'DRAFT' | 'APPROVED' | 'ISSUED' | 'WITHDRAWN'

/** From which status a report may go where; what is issued stays (a correction is a new issue). */
export const REPORT_TRANSITIONS: Readonly<Record<ReportStatus, readonly ReportStatus[]>> = {
  DRAFT: ['DRAFT', 'APPROVED', 'WITHDRAWN'],
  APPROVED: ['ISSUED', 'WITHDRAWN'],
  ISSUED: [],
  WITHDRAWN: [],
}

/** Whom a report may be sent to. */
export type Recipient = 'LEADER' | 'PEOPLES_CONGRESS' | 'CPPCC' | 'DEPARTMENTS' | 'NEWS_MEDIA' | 'PUBLIC'

/** Who gets which kind (R18-R22, R78-R85). */
export const RECIPIENTS: Readonly<Record<ReportKind, readonly Recipient[]>> = {
  DAILY_SUMMARY: ['LEADER'],
  SPECIAL_REPORT: ['LEADER'],
  OPERATION_REPORT: ['PEOPLES_CONGRESS', 'CPPCC', 'LEADER'],
  CIRCULAR: ['DEPARTMENTS', 'LEADER'],
  BULLETIN: ['PUBLIC', 'NEWS_MEDIA', 'PEOPLES_CONGRESS', 'CPPCC'],
}

/** A report: its words, and its figures frozen. */
export interface Report {
  readonly id: string
  readonly kind: ReportKind
  readonly status: ReportStatus
  readonly documentNumber: string | null
  readonly title: string
  readonly from: Day
  readonly to: Day
  readonly text: string
  readonly topics: readonly string[]
  readonly figures: Figures
  /** The issue that this one corrects. */
  readonly corrects: string | null
  readonly draftedBy: string
  /** Who last rewrote the draft. */
  readonly revisedBy: string | null
  readonly draftedAt: Date
  readonly approvedBy: string | null
  readonly approvedAt: Date | null
  readonly issuedBy: string | null
  readonly issuedAt: Date | null
  readonly withdrawnAt: Date | null
}

export interface DraftReport {
  readonly kind: ReportKind
  readonly title: string
  readonly from: Day
  readonly to: Day
  readonly text: string
  readonly topics: readonly string[]
  readonly corrects?: string | null | undefined
}

/** The longest period of each kind, in days. */
const LONGEST: Readonly<Record<ReportKind, number>> = {
  DAILY_SUMMARY: 1,
  SPECIAL_REPORT: 366,
  OPERATION_REPORT: 366,
  CIRCULAR: 366,
  BULLETIN: 366,
}

/** Refuses a period that is none, too long for its kind, or not over yet. */
export function requirePeriod(
  { kind, from, to }: Pick<DraftReport, 'kind' | 'from' | 'to'>,
  { today }: Acting,
): void {
  if (from > to) throw refuse('PERIOD_INVALID', { from, to })
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
  if (days > LONGEST[kind]) throw refuse('PERIOD_TOO_LONG', { from, to, days: LONGEST[kind] })
  if (to > today) throw refuse('REPORT_PERIOD_AHEAD', { to, today })
}

/** Drafts a report, with the figures as they are now. */
export function decideDraft(
  command: DraftReport,
  { figures, corrected }: { figures: Figures; corrected: Report | null },
  { now, actor, newId }: Acting,
): Report {
  const { kind, from, to } = command
  if (
    corrected &&
    (corrected.status !== 'ISSUED' ||
      corrected.kind !== kind ||
      corrected.from !== from ||
      corrected.to !== to)
  )
    throw refuse('REPORT_CORRECTION', { number: corrected.documentNumber ?? corrected.id })
  return {
    id: newId(),
    kind,
    status: 'DRAFT',
    documentNumber: null,
    title: requireText('title', command.title, 200),
    from,
    to,
    text: requireText('text', command.text, 40_000),
    topics: [...new Set(command.topics)],
    figures,
    corrects: corrected?.id ?? null,
    draftedBy: actor.subject,
    revisedBy: null,
    draftedAt: now,
    approvedBy: null,
    approvedAt: null,
    issuedBy: null,
    issuedAt: null,
    withdrawnAt: null,
  }
}

/** Rewrites a draft; its figures are taken anew. */
export function decideRevise(
  report: Report,
  { title, text }: { title: string; text: string },
  figures: Figures,
  { actor }: Acting,
): Report {
  requireMove(report, 'DRAFT')
  return {
    ...report,
    revisedBy: actor.subject,
    title: requireText('title', title, 200),
    text: requireText('text', text, 40_000),
    figures,
  }
}

/** Approves a draft, which another person wrote: its words and figures do not change any more. */
export function decideApprove(report: Report, { now, actor }: Acting): Report {
  requireMove(report, 'APPROVED')
  if ([report.draftedBy, report.revisedBy].includes(actor.subject))
    throw refuse('REPORT_OWN_APPROVAL', { id: report.id })
  return { ...report, status: 'APPROVED', approvedBy: actor.subject, approvedAt: now }
}

/** Issues what was approved, under its number. */
export function decideReportIssue(report: Report, { now, actor }: Acting): Report {
  requireMove(report, 'ISSUED')
  return { ...report, status: 'ISSUED', issuedBy: actor.subject, issuedAt: now }
}

/** Gives up what was not issued. */
export function decideWithdraw(report: Report, { now }: Acting): Report {
  requireMove(report, 'WITHDRAWN')
  return { ...report, status: 'WITHDRAWN', withdrawnAt: now }
}

const WORDS: Readonly<Record<ReportKind, string>> = {
  DAILY_SUMMARY: '日报',
  SPECIAL_REPORT: '专报',
  OPERATION_REPORT: '运行报告',
  CIRCULAR: '通报',
  BULLETIN: '公报',
}

/** 热线通报〔2026〕12号 */
export function reportNumber(kind: ReportKind, year: number, serial: number): string {
  return `热线${WORDS[kind]}〔${year}〕${serial}号`
}

/** The word for a kind. */
export function wordOf(kind: ReportKind): string {
  return WORDS[kind]
}

function requireMove({ id, status }: Report, to: ReportStatus): void {
  if (!REPORT_TRANSITIONS[status].includes(to)) throw refuse('REPORT_STATUS', { id, status, to })
}
