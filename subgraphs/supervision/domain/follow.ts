import type { Calendar } from '@hub/kit/working-days.ts'
import { needText, textOf, type FollowedEvent } from './event-data.ts'
import { followAssignment, issuedAssignment } from './follow-assignment.ts'
import { followCase, newCase } from './follow-case.ts'
import { orderChangeOf, type OrderChange } from './order-change.ts'
import type { FollowedAssignment, Standing } from './standing.ts'

/** Where a case stands after an event, and what that means for a supervision order that may be open. */
export interface Step {
  readonly standing: Standing
  readonly orderChange: OrderChange | null
}

/** The number of the case that an event of the cases log speaks of. */
export function caseNumberOf({ data }: FollowedEvent): string {
  return needText(data, 'case')
}

/** Applies one event of the cases log to what is known of its case. */
export function follow(standing: Standing | null, event: FollowedEvent, calendar: Calendar): Step {
  const before = standing ?? { case: newCase(caseNumberOf(event)), assignments: [] }
  const { assignments, changed, previous } = followOne(before, event, calendar)
  return {
    standing: { case: followCase(before.case, event, assignments), assignments },
    orderChange: previous && changed ? orderChangeOf(previous, changed, event.at) : null,
  }
}

interface Followed {
  readonly assignments: readonly FollowedAssignment[]
  readonly previous?: FollowedAssignment
  readonly changed?: FollowedAssignment
}

function followOne({ case: of, assignments }: Standing, event: FollowedEvent, calendar: Calendar): Followed {
  const id = textOf(event.data, 'assignment')
  if (!id) return { assignments }
  const previous = assignments.find((assignment) => assignment.id === id)
  if (event.kind === 'AssignmentIssued' && !previous)
    return { assignments: [...assignments, issuedAssignment(event, of)] }
  // An assignment from before the oldest event kept: its clock is not known, so nothing can be said of it.
  if (!previous) return { assignments }
  const changed = followAssignment(previous, event, calendar)
  return {
    assignments: assignments.map((assignment) => (assignment.id === id ? changed : assignment)),
    previous,
    changed,
  }
}
