import type { AssignmentEvent, CaseEvent } from './events.ts'
import type { AssignmentEventKind } from './values.ts'

export type PublicData = Readonly<Record<string, string | number | boolean | null>>

/** What an event tells the outside: ids, days and enumerated values, never a person's data or free text. */
export function publicDataOf(event: CaseEvent): PublicData {
  return {
    case: event.caseNumber,
    caseStatus: event.caseStatus,
    byRole: event.byRole,
    byDepartment: event.byDepartment,
    ...('assignmentId' in event ? assignmentPart(event) : {}),
    ...ownPart(event),
  }
}

function assignmentPart(event: AssignmentEvent): PublicData {
  return {
    assignment: event.assignmentId,
    department: event.department,
    assignmentStatus: event.assignmentStatus,
  }
}

function ownPart(event: CaseEvent): PublicData {
  switch (event.kind) {
    case 'CaseRegistered': {
      const { channel, sourceHotline, matterType, urgency, callerType, anonymous, confidential, district } =
        event.case
      const receivedAt = event.case.receivedAt.toISOString()
      return {
        channel,
        sourceHotline,
        matterType,
        urgency,
        callerType,
        anonymous,
        confidential,
        district,
        receivedAt,
      }
    }
    case 'CaseAnsweredDirectly':
      return { articles: event.answer.articles.map(({ id, version }) => `${id}@${version}`).join(',') }
    case 'CaseDispatched':
      return {
        departments: event.departments.join(','),
        lead: event.lead,
        capOn: event.capOn,
        firstDispatchedAt: event.firstDispatchedAt.toISOString(),
      }
    case 'AssignmentIssued': {
      const {
        role,
        dueOn,
        dueProvisional,
        capOn,
        replyRequired,
        parentId,
        mode,
        policyVersion,
        calendarVersion,
      } = event.assignment
      const dispatchedAt = event.assignment.dispatchedAt.toISOString()
      return {
        role,
        dueOn,
        dueProvisional,
        capOn,
        replyRequired,
        parentId,
        mode,
        dispatchedAt,
        policyVersion,
        calendarVersion,
      }
    }
    case 'LeadChanged':
      return { role: event.role }
    case 'ExtensionRequested':
      return { until: event.extension.until }
    case 'ExtensionDecided':
      return { granted: event.granted, dueOn: event.dueOn, dueProvisional: event.dueProvisional }
    case 'ReturnRequested':
      return { suggested: event.request.suggested, disputed: event.request.disputed }
    case 'ReturnDecided':
      return { accepted: event.accepted }
    case 'AssignmentReplied':
      return { disposition: event.reply.disposition, contactedCaller: event.reply.contactedCaller }
    case 'RedoOrdered':
      return { redoBy: event.redoBy }
    case 'DueMoved':
      return {
        dueOn: event.dueOn,
        dueProvisional: event.dueProvisional,
        capOn: event.capOn,
        calendarVersion: event.calendarVersion,
      }
    case 'FeedbackRecorded':
      return { feedbackBy: event.feedback.by, mode: event.feedback.mode }
    case 'CallbackRecorded': {
      const { contacted, solved, satisfaction } = event.callback
      return { contacted, solved, satisfaction }
    }
    case 'CaseClosed':
      return { echoed: event.echoed }
    // Which fields, and what those of a fixed list now are: never the text.
    case 'CaseAmended': {
      const { urgency, matterType, district } = event.amended
      const now = { urgency, matterType, district }
      const changed = Object.entries(now).filter(([, value]) => value !== undefined)
      return {
        fields: event.amendment.fields.join(','),
        confidential: event.confidential,
        ...Object.fromEntries(changed),
      }
    }
    case 'PaperFiled':
      return { kind: event.paper.kind }
    case 'CoordinationRecorded':
      return { departments: event.coordination.departments.join(',') }
    case 'CaseReferred':
      return { department: event.referral.department, followUpOn: event.referral.followUpOn }
    case 'RefusalProposed':
      return { reason: event.refusal.reason }
    case 'RefusalDecided':
      return { reason: event.reasonClass, confirmed: event.confirmed }
    case 'CaseMerged':
      return { master: event.merge.master }
    case 'CaseUnmerged':
      return { master: event.master }
    case 'EmergencyRaised':
      return { departments: event.departments.join(',') }
    default:
      return {}
  }
}

const kinds: Readonly<Record<Exclude<AssignmentEvent['kind'], Decided>, AssignmentEventKind>> = {
  AssignmentIssued: 'ISSUED',
  LeadChanged: 'LEAD_CHANGED',
  AssignmentSignedFor: 'SIGNED_FOR',
  ExtensionRequested: 'EXTENSION_REQUESTED',
  ReturnRequested: 'RETURN_REQUESTED',
  AssignmentReplied: 'REPLIED',
  ReplyAccepted: 'REPLY_ACCEPTED',
  RedoOrdered: 'REDO_ORDERED',
  AssignmentCancelled: 'CANCELLED',
  DueMoved: 'DUE_MOVED',
}
type Decided = 'ExtensionDecided' | 'ReturnDecided'

/** What a department's stream calls the event; null for an event that concerns no assignment. */
export function assignmentEventKindOf(event: CaseEvent): AssignmentEventKind | null {
  if (event.kind === 'ExtensionDecided') return event.granted ? 'EXTENDED' : 'EXTENSION_REFUSED'
  if (event.kind === 'ReturnDecided') return event.accepted ? 'RETURNED' : 'RETURN_REFUSED'
  return 'assignmentId' in event ? kinds[event.kind] : null
}

/** The departments whose streams the event goes to: the unit that holds the assignment, and no other. */
export function departmentsToldOf(event: CaseEvent): readonly string[] {
  return 'assignmentId' in event ? [event.department] : []
}

/** Whether the emergency stream carries the event (R56–R58, R62). */
export function isEmergencyEvent(event: CaseEvent): boolean {
  return event.kind === 'EmergencyRaised' || event.kind === 'EmergencyProgressed'
}
