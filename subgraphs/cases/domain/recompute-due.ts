import { requireRole } from './authority.ts'
import { assignmentOpenFor } from './assignment-transitions.ts'
import { caseOpenFor } from './case-transitions.ts'
import { capFrom, isProvisional, replyDue } from './clocks.ts'
import { stamped } from './facts.ts'
import { activeAssignments } from './handling.ts'
import type { Context } from './context.ts'
import type { DueMoved } from './events.ts'
import type { Policy } from './policy.ts'
import type { CaseState } from './state.ts'

/** The calendar of a year was announced: provisional dates are computed anew (decision 8). Quiet when none moves. */
export function decideRecomputeDue(state: CaseState, context: Context): readonly DueMoved[] {
  requireRole(context, 'recomputeDue')
  const { number, status, firstDispatchedAt } = state.case
  if (firstDispatchedAt === null || !caseOpenFor.recomputeDue.includes(status)) return []
  const { calendar } = context
  return activeAssignments(state).flatMap((assignment) => {
    const policy = policyNamed(assignment.policyVersion, context)
    const cap = capFrom(calendar, policy, firstDispatchedAt)
    const { id, department, dueOn, dueProvisional, capOn, capProvisional, extensionCount } = assignment
    if (!dueProvisional && !capProvisional) return []
    if (!assignmentOpenFor.recomputeDue.includes(assignment.status)) return []
    // R60: a date that the office granted stays, unless the cap now lies before it (R61).
    const due =
      extensionCount > 0
        ? { on: dueOn < cap.on ? dueOn : cap.on, provisional: isProvisional(calendar, dueOn) }
        : replyDue(calendar, policy, assignment.dispatchedAt, cap)
    const same = due.on === dueOn && due.provisional === dueProvisional
    if (same && cap.on === capOn && cap.provisional === capProvisional) return []
    return [
      {
        ...stamped('DueMoved', number, status, context),
        assignmentId: id,
        department,
        assignmentStatus: assignment.status,
        dueOn: due.on,
        dueProvisional: due.provisional,
        capOn: cap.on,
        capProvisional: cap.provisional,
        calendarVersion: calendar.version,
      },
    ]
  })
}

/** R8: a later policy does not reach back to a deadline that an earlier one made. */
function policyNamed(version: string, { policies = [], policy }: Context): Policy {
  return policies.find((one) => one.version === version) ?? policy
}
