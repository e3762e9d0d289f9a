import type { Day } from '@hub/kit/day.ts'
import { requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { refuse } from './errors.ts'
import { caseFact } from './facts.ts'
import { activeAssignments, statusOfWork } from './handling.ts'
import { requireText } from './text.ts'
import type { Context } from './context.ts'
import type { LeaderInstructed, ReportedToLeader } from './events-seldom.ts'
import type { InstructionRecord } from './state-seldom.ts'
import type { CaseState } from './state.ts'

export interface ReportToLeader {
  /** The compiled text (R52). */
  readonly report: string
}

export interface Instruct {
  readonly leader: string
  readonly text: string
  readonly on: Day
  readonly targets: readonly string[]
}

/** A broad or hard matter is compiled and reported to the leaders 呈报 (R52). */
export function decideReportToLeader(
  state: CaseState,
  command: ReportToLeader,
  context: Context,
): readonly [ReportedToLeader] {
  requireRole(context, 'reportToLeader')
  requireCaseOpenFor(state.case, 'reportToLeader')
  const instruction = reportOf(state, requireText('report', command.report), context)
  const fact = caseFact('ReportedToLeader', 'reportToLeader', state, 'REPORTED', context)
  return [{ ...fact, instruction }]
}

/** The leader's instruction 批示: who, what, when, to whom (R53). It settles a dispute (R72). */
export function decideInstruct(
  state: CaseState,
  command: Instruct,
  context: Context,
): readonly [LeaderInstructed] {
  requireRole(context, 'instruct')
  requireCaseOpenFor(state.case, 'instruct')
  const pending = state.instructions.findLast(({ recordedAt }) => recordedAt === null)
  if (!pending) throw refuse('REPORT_NOT_OPEN', { number: state.case.number })
  for (const department of command.targets)
    if (!context.departments.find(department)) throw refuse('DEPARTMENT_NOT_FOUND', { department })
  const active = activeAssignments(state)
  // Units that were at work go on where they were; without any the case waits for its dispatch.
  const status = active.length > 0 ? statusOfWork(active) : 'REPORTED'
  return [
    {
      ...caseFact('LeaderInstructed', 'instruct', state, status, context),
      instructionId: pending.id,
      leader: requireText('leader', command.leader),
      text: requireText('text', command.text),
      on: command.on,
      targets: [...new Set(command.targets)],
    },
  ]
}

/** A report that waits for its instruction. */
export function reportOf(state: CaseState, report: string, context: Context): InstructionRecord {
  return {
    id: context.newId(),
    caseNumber: state.case.number,
    report,
    reportedAt: context.now,
    reportedBy: context.actor.subject,
    leader: null,
    text: null,
    instructedOn: null,
    targets: [],
    recordedAt: null,
    recordedBy: null,
  }
}
