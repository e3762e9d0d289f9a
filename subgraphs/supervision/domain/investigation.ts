import type { Day } from '@hub/kit/day.ts'
import type { Acting } from './acting.ts'
import { refuse } from './errors.ts'
import { requireText } from './text.ts'

export type InvestigationStatus = 'DECIDED' | 'FOUND' | 'CLOSED' | 'CANCELLED'

/** Who takes part: units concerned (R74), news media (R75), others. */
export type ParticipantKind = 'DEPARTMENT' | 'NEWS_MEDIA' | 'OTHER'

export interface Participant {
  readonly kind: ParticipantKind
  /** Code of the unit, for a department. */
  readonly department: string | null
  /** Name of the organisation, never of a person. */
  readonly organisation: string | null
}

/** From which status an investigation may go where. */
export const INVESTIGATION_TRANSITIONS: Readonly<
  Record<InvestigationStatus, readonly InvestigationStatus[]>
> = {
  DECIDED: ['FOUND', 'CANCELLED'],
  FOUND: ['CLOSED'],
  CLOSED: [],
  CANCELLED: [],
}

/** An investigation on the spot 现场调查 (R73-R75). */
export interface Investigation {
  readonly id: string
  readonly status: InvestigationStatus
  readonly subject: string
  /** Why the office decided on it: it is at its discretion. */
  readonly reason: string
  readonly place: string
  readonly plannedOn: Day
  readonly topic: string | null
  readonly cases: readonly string[]
  readonly participants: readonly Participant[]
  readonly decidedBy: string
  readonly decidedAt: Date
  readonly findings: string | null
  readonly visitedOn: Day | null
  readonly foundBy: string | null
  readonly foundAt: Date | null
  readonly followUpCases: readonly string[]
  readonly conclusion: string | null
  readonly closedBy: string | null
  readonly closedAt: Date | null
}

export interface DecideInvestigation {
  readonly subject: string
  readonly reason: string
  readonly place: string
  readonly plannedOn: Day
  readonly topic?: string | null | undefined
  readonly cases: readonly string[]
  readonly departments: readonly string[]
  readonly media: readonly string[]
  readonly others: readonly string[]
}

/** What is not known of the names that a command uses. */
export interface Unknown {
  readonly department: string | null
  readonly caseNumber: string | null
}

/** The office decides to look into a matter on the spot, with whom, and why (R73). */
export function decideInvestigation(
  command: DecideInvestigation,
  unknown: Unknown,
  acting: Acting,
): Investigation {
  const { subject, reason, place, plannedOn, topic } = command
  requireKnown(unknown)
  const departments = [...new Set(command.departments)]
  if (departments.length === 0) throw refuse('INVESTIGATION_ALONE')
  const { today } = acting
  if (plannedOn < today) throw refuse('INVESTIGATION_DAY_PASSED', { plannedOn, today })
  return {
    id: acting.newId(),
    status: 'DECIDED',
    subject: requireText('subject', subject, 200),
    reason: requireText('reason', reason, 4_000),
    place: requireText('place', place, 200),
    plannedOn,
    topic: topic ?? null,
    cases: [...new Set(command.cases)],
    participants: [
      ...departments.map((department) => ({ kind: 'DEPARTMENT' as const, department, organisation: null })),
      ...named('NEWS_MEDIA', command.media),
      ...named('OTHER', command.others),
    ],
    decidedBy: acting.actor.subject,
    decidedAt: acting.now,
    findings: null,
    visitedOn: null,
    foundBy: null,
    foundAt: null,
    followUpCases: [],
    conclusion: null,
    closedBy: null,
    closedAt: null,
  }
}

/** What was found on the spot, and the cases that follow from it. */
export function decideFindings(
  before: Investigation,
  {
    findings,
    visitedOn,
    followUpCases,
  }: { findings: string; visitedOn: Day; followUpCases: readonly string[] },
  unknown: Unknown,
  { now, today, actor }: Acting,
): Investigation {
  requireMove(before, 'FOUND')
  requireKnown(unknown)
  if (visitedOn > today) throw refuse('INVESTIGATION_DAY_AHEAD', { visitedOn, today })
  return {
    ...before,
    status: 'FOUND',
    findings: requireText('findings', findings),
    visitedOn,
    foundBy: actor.subject,
    foundAt: now,
    followUpCases: [...new Set(followUpCases)],
  }
}

/** The end of it: what came of the findings, or why it was given up. */
export function decideEnd(
  before: Investigation,
  { cancelled, conclusion }: { cancelled: boolean; conclusion: string },
  { now, actor }: Acting,
): Investigation {
  const status = cancelled ? 'CANCELLED' : 'CLOSED'
  requireMove(before, status)
  return {
    ...before,
    status,
    conclusion: requireText('conclusion', conclusion),
    closedBy: actor.subject,
    closedAt: now,
  }
}

function requireMove({ id, status }: Investigation, to: InvestigationStatus): void {
  if (!INVESTIGATION_TRANSITIONS[status].includes(to))
    throw refuse('INVESTIGATION_STATUS', { id, status, to })
}

function requireKnown({ department, caseNumber }: Unknown): void {
  if (department) throw refuse('DEPARTMENT_UNKNOWN', { department })
  if (caseNumber) throw refuse('CASE_UNKNOWN', { number: caseNumber })
}

function named(kind: 'NEWS_MEDIA' | 'OTHER', names: readonly string[]): Participant[] {
  return names.map((name) => ({
    kind,
    department: null,
    organisation: requireText('organisation', name, 100),
  }))
}
