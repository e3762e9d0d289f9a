import { refuse } from './errors.ts'
import { stamped } from './facts.ts'
import { activeAssignments } from './handling.ts'
import type { Context } from './context.ts'
import type { LeadChanged } from './events.ts'
import type { AssignmentRecord, CaseState } from './state.ts'
import type { AssignmentRole, CaseStatus } from './values.ts'

/** The units that handle a case of their own; what they passed down answers to them, not to the lead. */
export function topAssignments(state: CaseState): readonly AssignmentRecord[] {
  return activeAssignments(state).filter(({ parentId }) => parentId === null)
}

/** Exactly one lead among all units of the case (R54): the one named, the one there is, or the only unit. */
export function leadOf(state: CaseState, fresh: readonly string[], named: string | null): string {
  const { number } = state.case
  const present = topAssignments(state)
  const all = [...new Set([...present.map(({ department }) => department), ...fresh])]
  if (named !== null && !all.includes(named))
    throw refuse('LEAD_NOT_AMONG', { number, lead: named, departments: all.join(', ') })
  const lead = named ?? present.find(({ role }) => role === 'LEAD')?.department
  if (lead !== undefined) return lead
  const [only] = all
  if (all.length !== 1 || only === undefined) throw refuse('LEAD_MISSING', { number, count: all.length })
  return only
}

/** The units whose role changes when another one leads from now on. */
export function changesOfLead(
  state: CaseState,
  lead: string,
  caseStatus: CaseStatus,
  context: Context,
): readonly LeadChanged[] {
  return topAssignments(state).flatMap((assignment) => {
    const role: AssignmentRole = assignment.department === lead ? 'LEAD' : 'CO_HANDLER'
    return role === assignment.role ? [] : [leadChanged(state, assignment, role, caseStatus, context)]
  })
}

function leadChanged(
  state: CaseState,
  { id, department, status }: AssignmentRecord,
  role: AssignmentRole,
  caseStatus: CaseStatus,
  context: Context,
): LeadChanged {
  const fact = stamped('LeadChanged', state.case.number, caseStatus, context)
  return { ...fact, assignmentId: id, department, assignmentStatus: status, role }
}
