import { dayOf } from '@hub/kit/day.ts'
import { workingDaysBetween, type Calendar } from '@hub/kit/working-days.ts'
import { dayIn, flagOf, instantIn, needText, textOf, type FollowedEvent } from './event-data.ts'
import type { FollowedAssignment, FollowedCase } from './standing.ts'

/** The assignment that an AssignmentIssued event makes. */
export function issuedAssignment({ at, data }: FollowedEvent, followed: FollowedCase): FollowedAssignment {
  const { firstDispatchedAt } = followed
  const dispatchedAt = instantIn(data, 'dispatchedAt') ?? at
  return {
    id: needText(data, 'assignment'),
    caseNumber: followed.number,
    department: needText(data, 'department'),
    role: textOf(data, 'role') ?? 'LEAD',
    status: textOf(data, 'assignmentStatus') ?? 'ISSUED',
    dispatchedAt,
    firstDispatch: !firstDispatchedAt || firstDispatchedAt.getTime() === dispatchedAt.getTime(),
    replyRequired: flagOf(data, 'replyRequired') ?? true,
    dueOn: needText(data, 'dueOn'),
    capOn: dayIn(data, 'capOn'),
    redoBy: null,
    redoCount: 0,
    redoClocks: [],
    signedForAt: null,
    firstReplyAt: null,
    firstReplyDays: null,
    contactedAt: null,
    firstReviewedAt: null,
    returnRequestedAt: null,
    returnedAt: null,
    returnDaysLost: null,
    breachOn: null,
    policyVersion: textOf(data, 'policyVersion'),
    calendarVersion: textOf(data, 'calendarVersion'),
  }
}

type Change = (
  assignment: FollowedAssignment,
  event: FollowedEvent,
  calendar: Calendar,
) => Partial<FollowedAssignment>

const moveDates: Change = ({ dueOn, capOn, calendarVersion }, { data }) => ({
  dueOn: dayIn(data, 'dueOn') ?? dueOn,
  capOn: dayIn(data, 'capOn') ?? capOn,
  calendarVersion: textOf(data, 'calendarVersion') ?? calendarVersion,
})

/** What each kind of event changes of an assignment besides its status. */
const CHANGES: Readonly<Record<string, Change>> = {
  LeadChanged: ({ role }, { data }) => ({ role: textOf(data, 'role') ?? role }),
  AssignmentSignedFor: (_, { at }) => ({ signedForAt: at }),
  ExtensionDecided: moveDates,
  DueMoved: moveDates,
  ReturnRequested: (_, { at }) => ({ returnRequestedAt: at }),
  ReturnDecided: ({ dispatchedAt }, { at, data }, calendar) =>
    flagOf(data, 'accepted')
      ? {
          returnedAt: at,
          returnDaysLost: workingDaysBetween(calendar, dayOf(dispatchedAt), dayOf(at)),
        }
      : { returnRequestedAt: null },
  AssignmentReplied: (assignment, { at, data }, calendar) => ({
    firstReplyAt: assignment.firstReplyAt ?? at,
    firstReplyDays:
      assignment.firstReplyDays ?? workingDaysBetween(calendar, dayOf(assignment.dispatchedAt), dayOf(at)),
    contactedAt: assignment.contactedAt ?? (flagOf(data, 'contactedCaller') ? at : null),
    redoClocks: assignment.redoClocks.map((clock) =>
      clock.repliedOn ? clock : { ...clock, repliedOn: dayOf(at) },
    ),
  }),
  ReplyAccepted: ({ firstReviewedAt }, { at }) => ({ firstReviewedAt: firstReviewedAt ?? at }),
  RedoOrdered: ({ firstReviewedAt, redoCount, redoClocks }, { at, data }) => ({
    firstReviewedAt: firstReviewedAt ?? at,
    redoCount: redoCount + 1,
    redoBy: needText(data, 'redoBy'),
    redoClocks: [...redoClocks, { by: needText(data, 'redoBy'), repliedOn: null }],
  }),
}

/** The assignment after one more event of its own. */
export function followAssignment(
  assignment: FollowedAssignment,
  event: FollowedEvent,
  calendar: Calendar,
): FollowedAssignment {
  const changed = CHANGES[event.kind]?.(assignment, event, calendar) ?? {}
  const status = textOf(event.data, 'assignmentStatus') ?? assignment.status
  return { ...assignment, ...changed, status }
}
