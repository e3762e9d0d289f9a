import { evolveAssignment } from './evolve-assignment.ts'
import { evolveSeldom } from './evolve-seldom.ts'
import type { AssignmentEvent, CaseEvent, CaseRegistered } from './events.ts'
import type { CaseState } from './state.ts'

/** What a case looks like after an event. Only the records that the event changes get a new identity. */
export function evolve(state: CaseState | null, event: CaseEvent): CaseState {
  if (event.kind === 'CaseRegistered') return begun(event)
  if (state === null) throw new Error(`${event.kind} of case ${event.caseNumber} before it was registered`)
  return stepped(changed(state, event), event)
}

/** The state after several events, in order. */
export function evolveAll(state: CaseState | null, events: readonly CaseEvent[]): CaseState {
  const [first, ...rest] = events
  if (first) return rest.reduce<CaseState>(evolve, evolve(state, first))
  if (state === null) throw new Error('no events and no state: there is no case')
  return state
}

function begun({ case: subject, caller }: CaseRegistered): CaseState {
  return {
    case: subject,
    caller,
    assignments: [],
    replies: [],
    extensions: [],
    returns: [],
    directAnswers: [],
    feedbacks: [],
    callbacks: [],
    notices: [],
    referrals: [],
    refusals: [],
    merges: [],
    verifications: [],
    instructions: [],
    disputes: [],
    suspensions: [],
    amendments: [],
    coordinations: [],
    papers: [],
    openSupervisionOrders: 0,
  }
}

function stepped(state: CaseState, { caseStatus: status }: CaseEvent): CaseState {
  return { ...state, case: { ...state.case, status, version: state.case.version + 1 } }
}

function changed(state: CaseState, event: Exclude<CaseEvent, CaseRegistered>): CaseState {
  if (isOnAssignment(event)) return evolveAssignment(state, event)
  switch (event.kind) {
    case 'CaseAnsweredDirectly':
      return { ...state, directAnswers: [...state.directAnswers, event.answer] }
    case 'CaseDispatched': {
      const { firstDispatchedAt, capOn, capProvisional } = event
      const subject = { ...state.case, firstDispatchedAt, capOn, capProvisional }
      return { ...state, case: subject, notices: [...state.notices, event.notice] }
    }
    case 'FeedbackRecorded':
      return { ...state, feedbacks: [...state.feedbacks, event.feedback] }
    case 'CallbackRecorded':
      return { ...state, callbacks: [...state.callbacks, event.callback] }
    case 'CaseClosed':
      return { ...state, case: { ...state.case, closedAt: event.at } }
    // A reopened case is handled anew: its next dispatch is a first one again, with a clock of its own.
    case 'CaseReopened':
      return {
        ...state,
        case: {
          ...state.case,
          closedAt: null,
          firstDispatchedAt: null,
          capOn: null,
          capProvisional: false,
        },
      }
    default:
      return evolveSeldom(state, event)
  }
}

function isOnAssignment(event: CaseEvent): event is AssignmentEvent {
  return 'assignmentId' in event
}
