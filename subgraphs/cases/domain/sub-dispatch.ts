import { requireAssignmentOpenFor } from './assignment-transitions.ts'
import { requireOwnUnit, requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { refuse } from './errors.ts'
import { getAssignment } from './facts.ts'
import { assignmentFor, issued } from './issue.ts'
import { requireTarget } from './targets.ts'
import { optionalText } from './text.ts'
import type { Context } from './context.ts'
import type { AssignmentIssued } from './events.ts'
import type { AssignmentRecord, CaseState } from './state.ts'

export interface SubDispatch {
  readonly assignment: string
  readonly departments: readonly string[]
  readonly note?: string | null | undefined
}

/** A unit passes its assignment down within its own subtree (R35): it stays answerable, and the clock is the same. */
export function decideSubDispatch(
  state: CaseState,
  command: SubDispatch,
  context: Context,
): readonly AssignmentIssued[] {
  requireRole(context, 'subDispatch')
  const parent = getAssignment(state, command.assignment)
  requireOwnUnit(context, parent, 'subDispatch')
  requireCaseOpenFor(state.case, 'subDispatch')
  requireAssignmentOpenFor(parent, 'subDispatch')
  const codes = [...new Set(command.departments)]
  if (codes.length === 0) throw refuse('DISPATCH_WITHOUT_UNIT', { number: state.case.number })
  return codes.map((code) => {
    requireTarget(state, code, context)
    const own = parent.department
    if (code === own || !context.departments.isWithin(code, own))
      throw refuse('SUBTREE_ONLY', { department: code, own })
    const child = childOf(state, parent, code, optionalText('note', command.note), context)
    return issued(child, state.case.status, context)
  })
}

function childOf(
  state: CaseState,
  parent: AssignmentRecord,
  code: string,
  note: string | null,
  context: Context,
): AssignmentRecord {
  const { dueOn, dueProvisional, capOn, capProvisional, mode, replyRequired, instructionId } = parent
  const terms = {
    mode,
    replyRequired,
    firstDispatchedAt: state.case.firstDispatchedAt ?? context.now,
    cap: { on: capOn, provisional: capProvisional },
    parentId: parent.id,
    instructionId,
    note,
  }
  return { ...assignmentFor(state, code, 'CO_HANDLER', terms, context), dueOn, dueProvisional }
}
