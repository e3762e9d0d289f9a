import { flagOf, instantIn, textOf, type FollowedEvent } from './event-data.ts'
import type { FollowedAssignment, FollowedCase } from './standing.ts'

/** A case of which the first event is only now seen. */
export function newCase(number: string): FollowedCase {
  return {
    number,
    status: 'REGISTERED',
    matterType: null,
    urgency: null,
    registeredAt: null,
    firstDispatchedAt: null,
    answeredDirectlyAt: null,
    echoAt: null,
    outcomeAt: null,
    callbackAt: null,
    callbackDepartment: null,
    contacted: null,
    solved: null,
    satisfaction: null,
    closedAt: null,
    district: null,
    disputedAt: null,
    reportedAt: null,
    instructedAt: null,
    instructionActedAt: null,
  }
}

type Change = (
  followed: FollowedCase,
  event: FollowedEvent,
  assignments: readonly FollowedAssignment[],
) => Partial<FollowedCase>

const both: Change = ({ echoAt, outcomeAt }, { at }) => ({
  echoAt: echoAt ?? at,
  outcomeAt: outcomeAt ?? at,
})

/** A leader's word is carried out by the first reply, or change of who handles the matter, after it (R72). */
const acted: Change = ({ instructedAt, instructionActedAt }, { at }) =>
  instructedAt && !instructionActedAt ? { instructionActedAt: at } : {}

const NOT_INSTRUCTED = { instructedAt: null, instructionActedAt: null }

/** What each kind of event changes of a case besides its status. Kinds that are not here change the status only. */
const CHANGES: Readonly<Record<string, Change>> = {
  CaseRegistered: (_, { at, data }) => ({
    registeredAt: at,
    matterType: textOf(data, 'matterType'),
    urgency: textOf(data, 'urgency'),
    district: textOf(data, 'district'),
  }),
  // What was taken down wrongly was so from the first (R44): topics and sums are counted anew.
  CaseAmended: ({ matterType, urgency, district }, { data }) => ({
    matterType: textOf(data, 'matterType') ?? matterType,
    urgency: textOf(data, 'urgency') ?? urgency,
    district: textOf(data, 'district') ?? district,
  }),
  CaseAnsweredDirectly: (followed, event, assignments) => ({
    ...both(followed, event, assignments),
    answeredDirectlyAt: followed.answeredDirectlyAt ?? event.at,
  }),
  CaseDispatched: (followed, event, assignments) => ({
    ...acted(followed, event, assignments),
    firstDispatchedAt: followed.firstDispatchedAt ?? instantIn(event.data, 'firstDispatchedAt') ?? event.at,
  }),
  AssignmentIssued: acted,
  ReturnDecided: acted,
  LeadChanged: acted,
  DisputeRaised: (_, { at }) => ({ disputedAt: at, ...NOT_INSTRUCTED, reportedAt: at }),
  ReportedToLeader: (_, { at }) => ({ ...NOT_INSTRUCTED, reportedAt: at }),
  LeaderInstructed: (_, { at }) => ({ instructedAt: at, instructionActedAt: null }),
  AssignmentReplied: (followed, event, assignments) => ({
    ...acted(followed, event, assignments),
    echoAt: followed.echoAt ?? event.at,
  }),
  // The caller was told the reason and the right route (R4): that is both the echo and the outcome.
  RefusalDecided: (followed, event, assignments) =>
    flagOf(event.data, 'confirmed') ? both(followed, event, assignments) : {},
  CaseReferred: ({ echoAt }, { at }) => ({ echoAt: echoAt ?? at }),
  EmergencyProgressed: ({ echoAt }, { at }) => ({ echoAt: echoAt ?? at }),
  FeedbackRecorded: both,
  CallbackRecorded: (_, { at, data }, assignments) => ({
    callbackAt: at,
    callbackDepartment: leadOf(assignments)?.department ?? null,
    contacted: flagOf(data, 'contacted'),
    solved: flagOf(data, 'solved'),
    satisfaction: textOf(data, 'satisfaction'),
  }),
  CaseClosed: (_, { at }) => ({ closedAt: at }),
  // What was said before does not answer why it was opened again.
  CaseReopened: () => ({ closedAt: null, outcomeAt: null }),
}

/** The case after one more event of its log. */
export function followCase(
  followed: FollowedCase,
  event: FollowedEvent,
  assignments: readonly FollowedAssignment[],
): FollowedCase {
  const changed = CHANGES[event.kind]?.(followed, event, assignments) ?? {}
  return { ...followed, ...changed, status: textOf(event.data, 'caseStatus') ?? followed.status }
}

function leadOf(assignments: readonly FollowedAssignment[]): FollowedAssignment | undefined {
  return assignments
    .filter(({ role, status }) => role === 'LEAD' && status !== 'RETURNED' && status !== 'CANCELLED')
    .toSorted((a, b) => a.dispatchedAt.getTime() - b.dispatchedAt.getTime())
    .at(-1)
}
