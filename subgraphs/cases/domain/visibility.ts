import { isBlank } from './text.ts'
import { isComplainedOf } from './targets.ts'
import { redact, redactForPublic } from './redact.ts'
import type { Actor } from './context.ts'
import type { Departments } from './departments.ts'
import { normalisePhone } from './phone.ts'
import type { AssignmentRecord, CallerRecord, CaseRecord } from './state.ts'
import type { AssignmentStatus } from './values.ts'

export type Viewer = Actor

/** What is known of a case when it is asked who may see what of it. */
export interface Seen {
  readonly case: Pick<CaseRecord, 'matterType' | 'confidential' | 'district' | 'complainedOf'>
  readonly caller: Pick<CallerRecord, 'phone'> | null
  readonly assignments: readonly Pick<
    AssignmentRecord,
    'department' | 'role' | 'status' | 'parentId' | 'instructionId'
  >[]
  readonly departments: Departments
}

export type ContentLevel = 'FULL' | 'REDACTED' | 'PUBLIC'

export interface CallerFields {
  readonly name: boolean
  readonly organisation: boolean
  readonly phone: boolean
}

const none: CallerFields = { name: false, organisation: false, phone: false }
const all: CallerFields = { name: true, organisation: true, phone: true }
const over: ReadonlySet<AssignmentStatus> = new Set(['REPLY_ACCEPTED', 'RETURNED', 'CANCELLED'])
const letGo: ReadonlySet<AssignmentStatus> = new Set(['RETURNED', 'CANCELLED'])

/** Whether a viewer may know of the case at all. What is not said here is denied. */
export function visibleCase(viewer: Viewer, seen: Seen): boolean {
  switch (viewer.role) {
    case 'OPERATOR':
    case 'OFFICE':
    case 'LEADER':
    case 'OVERSIGHT':
    case 'ADMIN':
    case 'SUBGRAPH':
      return true
    case 'DEPARTMENT':
      return ownAssignments(viewer, seen).length > 0 && !isBlamed(viewer, seen)
    case 'PORTAL':
      return viewer.citizen === null
        ? viewer.district !== null && viewer.district === seen.case.district
        : isOwnCase(viewer, seen)
    default:
      return false
  }
}

/** Which of the caller's data a viewer may read. Every reveal is written down by whoever answers it. */
export function callerFields(viewer: Viewer, seen: Seen, reason: string | null = null): CallerFields {
  if (!visibleCase(viewer, seen)) return none
  const { matterType, confidential } = seen.case
  switch (viewer.role) {
    case 'OPERATOR':
    case 'OFFICE':
      // Who reported danger in confidence is shown for a stated reason only.
      return matterType === 'REPORT' && confidential && isBlank(reason) ? none : all
    case 'PORTAL':
      return isOwnCase(viewer, seen) ? all : none
    case 'DEPARTMENT':
      return !confidential && leadsOpenly(viewer, seen) ? { ...none, phone: true } : none
    default:
      return none
  }
}

/** How much of title and content a viewer reads. */
export function contentLevel(viewer: Viewer, seen: Seen): ContentLevel {
  switch (viewer.role) {
    case 'OPERATOR':
    case 'OFFICE':
      return 'FULL'
    case 'PORTAL':
      return isOwnCase(viewer, seen) ? 'FULL' : 'PUBLIC'
    case 'DEPARTMENT':
      return ownAssignments(viewer, seen).some(({ status }) => !letGo.has(status)) ? 'REDACTED' : 'PUBLIC'
    // Decides on the matter, not on the person.
    case 'LEADER':
      return 'REDACTED'
    default:
      return 'PUBLIC'
  }
}

/** Title or content as that level reads it; what was said in confidence is not for the public at all. */
export function textAt(
  level: ContentLevel,
  text: string,
  { confidential }: Pick<CaseRecord, 'confidential'>,
  known: readonly string[] = [],
): string {
  if (level === 'FULL') return text
  if (level === 'REDACTED') return redact(text, known)
  return confidential ? '[保密]' : redactForPublic(text, known)
}

/** Whether a unit's own reply text may be read, beside the public text that everyone who sees the case reads. */
export function seesReplyText(viewer: Viewer, seen: Seen, replying: string): boolean {
  if (viewer.role === 'OPERATOR' || viewer.role === 'OFFICE' || viewer.role === 'LEADER') return true
  if (viewer.role !== 'DEPARTMENT' || viewer.department === null) return false
  const own = ownAssignments(viewer, seen)
  const isOwn = seen.departments.isWithin(replying, viewer.department)
  return isOwn || own.some(({ role, status }) => role === 'LEAD' && !letGo.has(status))
}

/** Whether a viewer reads what the hub writes for itself about a case: verifications, positions, reasons. */
export function readsInside(viewer: Viewer, seen: Seen): boolean {
  if (viewer.role === 'OPERATOR' || viewer.role === 'OFFICE' || viewer.role === 'LEADER') return true
  return viewer.role === 'DEPARTMENT' && ownAssignments(viewer, seen).some(({ status }) => !letGo.has(status))
}

/** Whether a viewer is told what the caller was, or is to be told: the hotline and the caller's own portal. */
export function seesNotices(viewer: Viewer, seen: Seen): boolean {
  return (
    viewer.role === 'OPERATOR' ||
    viewer.role === 'OFFICE' ||
    (viewer.role === 'PORTAL' && isOwnCase(viewer, seen))
  )
}

/** Whether a viewer may ask who saw the caller's data: the caller's own portal, and who answers for the hotline. */
export function seesReveals(viewer: Viewer, seen: Seen): boolean {
  return (
    viewer.role === 'OFFICE' ||
    viewer.role === 'ADMIN' ||
    (viewer.role === 'PORTAL' && isOwnCase(viewer, seen))
  )
}

/** A leader's instruction is read by the desk, by leaders, and by the units it is addressed to. */
export function seesInstruction(
  viewer: Viewer,
  seen: Seen,
  instruction: { readonly id: string; readonly targets: readonly string[] },
): boolean {
  if (viewer.role === 'OPERATOR' || viewer.role === 'OFFICE' || viewer.role === 'LEADER') return true
  if (viewer.role !== 'DEPARTMENT' || viewer.department === null) return false
  const addressed = instruction.targets.includes(viewer.department)
  return (
    addressed || ownAssignments(viewer, seen).some(({ instructionId }) => instructionId === instruction.id)
  )
}

function ownAssignments({ department }: Viewer, { assignments, departments }: Seen) {
  if (department === null) return []
  return assignments.filter((assignment) => departments.isWithin(assignment.department, department))
}

/** A unit complained of does not read the complaint, wherever it went (R97). */
function isBlamed({ department }: Viewer, { case: { complainedOf }, departments }: Seen): boolean {
  return department !== null && isComplainedOf(complainedOf, department, departments)
}

/** The handling unit itself: not one above it, not a co-handler, not one the matter was passed down to. */
function leadsOpenly({ department }: Viewer, { assignments }: Seen): boolean {
  return assignments.some(
    (one) =>
      one.department === department && one.role === 'LEAD' && one.parentId === null && !over.has(one.status),
  )
}

function isOwnCase({ citizen }: Viewer, { caller }: Seen): boolean {
  if (citizen === null || caller === null || caller.phone === null) return false
  return caller.phone === normalisePhone(citizen).phone
}
