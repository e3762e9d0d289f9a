import { dayOf, type Day } from '@hub/kit/day.ts'
import { addWorkingDays, type Calendar } from '@hub/kit/working-days.ts'
import type { SupervisionPolicy } from './policy.ts'

/** Kinds of supervision (R24–R27): 制度督办, 书面督办, 专项督办, 指令督办. The list may grow ("and others", R28). */
export type OrderKind = 'INSTITUTIONAL' | 'WRITTEN' | 'SPECIAL' | 'DIRECTIVE'

export type OrderStatus = 'ISSUED' | 'ANSWERED' | 'CLOSED'

/** How an order ended. */
export type OrderOutcome =
  | 'REPLY_ACCEPTED'
  | 'REDO'
  | 'RETURNED'
  | 'CANCELLED'
  | 'REPLIED_IN_TIME'
  | 'DEADLINE_MOVED'
  | 'SETTLED'
  | 'WITHDRAWN'

/** A leader's instruction 批示 that a directive order carries (R53). */
export interface Instruction {
  readonly leader: string
  readonly text: string
  readonly on: Day
}

/** From which status an order may go where; `CLOSED` is the end. */
export const TRANSITIONS: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  ISSUED: ['ANSWERED', 'CLOSED'],
  ANSWERED: ['CLOSED'],
  CLOSED: [],
}

/** A supervision order 督办件. */
export interface SupervisionOrder {
  readonly id: string
  readonly documentNumber: string
  readonly kind: OrderKind
  /** What it is about, in words; null where the requirement says it all. */
  readonly subject: string | null
  /** null: about a topic rather than one case. */
  readonly caseNumber: string | null
  readonly assignment: string | null
  /** The first of `departments`. */
  readonly department: string
  readonly departments: readonly string[]
  /** Who decided it; null: the hub itself, at a missed date (R66). */
  readonly issuedBy: string | null
  readonly instructionLeader: string | null
  readonly instructionText: string | null
  readonly instructionOn: Day | null
  /** The missed date; null for an order that no breach caused. */
  readonly breachOn: Day | null
  readonly basis: string
  readonly requirement: string
  readonly issuedAt: Date
  readonly dueOn: Day
  readonly dueProvisional: boolean
  readonly policyVersion: string
  readonly calendarVersion: string
  readonly status: OrderStatus
  readonly answeredAt: Date | null
  readonly closedAt: Date | null
  readonly outcome: OrderOutcome | null
  /** What the office said when it closed the order. */
  readonly opinion: string | null
  readonly closedBy: string | null
}

/** An assignment whose date has passed without a reply. */
export interface Breach {
  readonly assignment: string
  readonly caseNumber: string
  readonly department: string
  readonly missedOn: Day
}

export interface IssueInput {
  readonly id: string
  readonly serial: number
  readonly now: Date
  readonly policy: SupervisionPolicy
  readonly calendar: Calendar
}

/** Decides the written supervision for a breach: basis, requirement and a date (R66 R67). */
export function decideWritten(breach: Breach, input: IssueInput): SupervisionOrder {
  const { id, serial, now, policy, calendar } = input
  const { on: dueOn, provisional } = addWorkingDays(calendar, dayOf(now), policy.writtenWorkingDays)
  return {
    id,
    documentNumber: documentNumber(now, serial),
    kind: 'WRITTEN',
    subject: null,
    caseNumber: breach.caseNumber,
    assignment: breach.assignment,
    department: breach.department,
    departments: [breach.department],
    issuedBy: null,
    instructionLeader: null,
    instructionText: null,
    instructionOn: null,
    breachOn: breach.missedOn,
    basis: `${policy.breachBasis}。办理时限依据:${policy.legalBasis.replaceAll('\n', '、')}`,
    requirement: `工单${breach.caseNumber}的办理时限为${breach.missedOn},至今未回复。请于${dueOn}前书面回复办理结果,并说明逾期原因。`,
    issuedAt: now,
    dueOn,
    dueProvisional: provisional,
    policyVersion: policy.version,
    calendarVersion: calendar.version,
    status: 'ISSUED',
    answeredAt: null,
    closedAt: null,
    outcome: null,
    opinion: null,
    closedBy: null,
  }
}

/** The year in Shanghai that an order is numbered in. */
export function yearOf(now: Date): number {
  return Number(dayOf(now).slice(0, 4))
}

/** 督〔2026〕000123号 */
export function documentNumber(now: Date, serial: number): string {
  return `督〔${yearOf(now)}〕${String(serial).padStart(6, '0')}号`
}
