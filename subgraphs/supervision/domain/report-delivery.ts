import type { Day } from '@hub/kit/day.ts'
import type { Acting } from './acting.ts'
import { refuse } from './errors.ts'
import { RECIPIENTS, type Recipient, type Report, type ReportKind, type ReportStatus } from './report.ts'
import { requireText } from './text.ts'

/** To whom a report was sent, how and when (R18-R20, R80). */
export interface Delivery {
  readonly reportId: string
  readonly recipient: Recipient
  readonly organisation: string
  readonly mode: string
  readonly sentAt: Date
  readonly recordedBy: string
}

export interface Deliver {
  readonly recipient: Recipient
  readonly organisation: string
  readonly mode: string
  readonly sentAt: Date
}

/** Records that an issued report was sent to one that this kind is meant for. */
export function decideDelivery(report: Report, command: Deliver, { now, actor }: Acting): Delivery {
  const { id, kind, status, issuedAt } = report
  const { recipient, sentAt } = command
  if (status !== 'ISSUED' || !issuedAt) throw refuse('REPORT_NOT_ISSUED', { id })
  if (!RECIPIENTS[kind].includes(recipient)) throw refuse('REPORT_RECIPIENT', { kind, recipient })
  if (sentAt > now || sentAt < issuedAt) throw refuse('REPORT_SENT_TIME', { sentAt: sentAt.toISOString() })
  return {
    reportId: id,
    recipient,
    organisation: requireText('organisation', command.organisation, 100),
    mode: requireText('mode', command.mode, 100),
    sentAt,
    recordedBy: actor.subject,
  }
}

/** What a person says to a public bulletin (R23). */
export interface Feedback {
  readonly reportId: string
  readonly person: string
  readonly text: string
  readonly givenOn: Day
}

/** Takes what a person says to a public bulletin that was issued. */
export function decideFeedback(report: Report, person: string, text: string, today: Day): Feedback {
  if (report.status !== 'ISSUED' || report.kind !== 'BULLETIN')
    throw refuse('REPORT_NOT_FOUND', { id: report.id })
  return { reportId: report.id, person, text: requireText('text', text, 2_000), givenOn: today }
}

/** Which reports a role reads; null: all. */
export interface ReportScope {
  readonly status: readonly ReportStatus[] | null
  readonly kinds: readonly ReportKind[] | null
  /** Besides the kinds: what was delivered to these. */
  readonly deliveredTo: readonly Recipient[]
}

const EVERYTHING: ReportScope = { status: null, kinds: null, deliveredTo: [] }
const NOTHING: ReportScope = { status: [], kinds: [], deliveredTo: [] }

/** Who reads which reports (R18-R23, R80-R85). A role that is not here reads none. */
const SCOPES: Readonly<Record<string, ReportScope>> = {
  OFFICE: EVERYTHING,
  OPERATOR: EVERYTHING,
  ADMIN: EVERYTHING,
  LEADER: EVERYTHING,
  DEPARTMENT: { status: ['ISSUED'], kinds: ['CIRCULAR', 'BULLETIN'], deliveredTo: [] },
  OVERSIGHT: { status: ['ISSUED'], kinds: ['BULLETIN'], deliveredTo: ['PEOPLES_CONGRESS', 'CPPCC'] },
  PORTAL: { status: ['ISSUED'], kinds: ['BULLETIN'], deliveredTo: [] },
}

/** Who reads: the role, and the scopes of the token. */
export interface Reader {
  readonly role: string
  readonly scopes: readonly string[]
}

/** Scopes by which a deputy of one body is told from one of the other (R18, R19). */
const BODIES: Readonly<Record<string, Recipient>> = {
  'oversight:congress': 'PEOPLES_CONGRESS',
  'oversight:cppcc': 'CPPCC',
}

/** The reports that a caller reads; oversight of one body, named by a scope, reads what went to that body. */
export function scopeOfReports({ role, scopes }: Reader): ReportScope {
  const scope = SCOPES[role] ?? NOTHING
  const bodies = scopes.flatMap((name) => BODIES[name] ?? [])
  if (bodies.length === 0 || scope.deliveredTo.length === 0) return scope
  return { ...scope, deliveredTo: scope.deliveredTo.filter((body) => bodies.includes(body)) }
}

/** Whether a caller reads a report, by its kind or because it was delivered to it. */
export function mayRead(reader: Reader, { kind, status }: Report, deliveries: readonly Delivery[]): boolean {
  const scope = scopeOfReports(reader)
  if (scope.status && !scope.status.includes(status)) return false
  if (!scope.kinds || scope.kinds.includes(kind)) return true
  return deliveries.some(({ recipient }) => scope.deliveredTo.includes(recipient))
}

/** The deliveries of a report that a caller reads. */
export function visibleDeliveries(reader: Reader, deliveries: readonly Delivery[]): readonly Delivery[] {
  const { status, deliveredTo } = scopeOfReports(reader)
  return status === null ? deliveries : deliveries.filter(({ recipient }) => deliveredTo.includes(recipient))
}
