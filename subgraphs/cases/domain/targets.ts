import { refuse } from './errors.ts'
import { activeAssignments } from './handling.ts'
import type { Context } from './context.ts'
import type { Departments } from './departments.ts'
import type { CaseState } from './state.ts'

/** Refuses a unit that a case cannot go to: unknown, not a target, complained of, or at it already. */
export function requireTarget(state: CaseState, code: string, { departments }: Context): void {
  const { number } = state.case
  const unit = departments.find(code)
  if (!unit) throw refuse('DEPARTMENT_NOT_FOUND', { department: code })
  if (!unit.acceptsDispatch) throw refuse('DISPATCH_NOT_ACCEPTED', { department: code, name: unit.name })
  if (isComplainedOf(state.case.complainedOf, code, departments))
    throw refuse('COMPLAINED_OF', { number, department: code })
  const holds = activeAssignments(state).some(({ department }) => department === code)
  if (holds) throw refuse('DISPATCH_TWICE', { number, department: code })
}

/**
 * Whether a unit is complained of, or stands under a unit that is and so could not look into it freely (R97).
 * Everybody stands under the root of the tree: a complaint of it bars that one body only.
 */
export function isComplainedOf(
  complainedOf: readonly string[],
  code: string,
  departments: Departments,
): boolean {
  return complainedOf.some(
    (blamed) => code === blamed || (!departments.isRoot(blamed) && departments.isWithin(code, blamed)),
  )
}
