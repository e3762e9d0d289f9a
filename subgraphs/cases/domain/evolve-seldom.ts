import { replaced } from './evolve-assignment.ts'
import type { SeldomEvent } from './events-seldom.ts'
import type { CaseState, NoticeRecord } from './state.ts'

/** The part of `evolve` for what happens off the main road. */
export function evolveSeldom(state: CaseState, event: SeldomEvent): CaseState {
  switch (event.kind) {
    case 'CaseReferred':
      return { ...state, referrals: [...state.referrals, event.referral] }
    case 'RefusalProposed':
      return { ...state, refusals: [...state.refusals, event.refusal] }
    case 'RefusalDecided': {
      const change = { confirmed: event.confirmed, decidedAt: event.at, decidedBy: event.by }
      const refusals = replaced(state.refusals, event.refusalId, (one) => ({ ...one, ...change }))
      return { ...state, refusals, notices: withNotice(state.notices, event.notice) }
    }
    case 'CaseMerged': {
      const subject = { ...state.case, mergedInto: event.merge.master }
      return { ...state, case: subject, merges: [...state.merges, event.merge] }
    }
    case 'CaseUnmerged': {
      const change = { undoneAt: event.at, undoneBy: event.by }
      const merges = replaced(state.merges, event.mergeId, (one) => ({ ...one, ...change }))
      return { ...state, case: { ...state.case, mergedInto: null }, merges }
    }
    case 'EmergencyRaised': {
      const subject = { ...state.case, urgency: 'CRITICAL' } as const
      return { ...state, case: subject, verifications: [...state.verifications, event.verification] }
    }
    case 'EmergencyProgressed':
      return { ...state, verifications: [...state.verifications, event.verification] }
    case 'ReportedToLeader':
      return { ...state, instructions: [...state.instructions, event.instruction] }
    case 'LeaderInstructed':
      return instructed(state, event)
    case 'DisputeRaised':
      return { ...state, disputes: [...state.disputes, event.dispute] }
    case 'CaseSuspended':
      return { ...state, suspensions: [...state.suspensions, event.suspension] }
    case 'CaseResumed': {
      const change = { resumedAt: event.at }
      return {
        ...state,
        suspensions: replaced(state.suspensions, event.suspensionId, (one) => ({ ...one, ...change })),
      }
    }
    case 'PaperFiled':
      return { ...state, papers: [...state.papers, event.paper] }
    case 'CoordinationRecorded':
      return { ...state, coordinations: [...state.coordinations, event.coordination] }
    case 'CaseAmended': {
      const subject = { ...state.case, ...event.amended, confidential: event.confidential }
      return { ...state, case: subject, amendments: [...state.amendments, event.amendment] }
    }
    default:
      return state
  }
}

/** R72: the instruction settles what was in dispute. */
function instructed(state: CaseState, event: Extract<SeldomEvent, { kind: 'LeaderInstructed' }>): CaseState {
  const { instructionId, leader, text, on, targets } = event
  const change = { leader, text, instructedOn: on, targets, recordedAt: event.at, recordedBy: event.by }
  return {
    ...state,
    instructions: replaced(state.instructions, instructionId, (one) => ({ ...one, ...change })),
    disputes: state.disputes.map((one) =>
      one.settledBy === null ? { ...one, settledBy: instructionId } : one,
    ),
  }
}

function withNotice(notices: readonly NoticeRecord[], notice: NoticeRecord | null) {
  return notice === null ? notices : [...notices, notice]
}
