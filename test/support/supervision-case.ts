import { randomUUID } from 'node:crypto'
import type { LoggedEvent } from '@hub/kit/event-log.ts'

type Data = Readonly<Record<string, string | number | boolean | null>>

/** 09:00 in Shanghai of a day. */
export const at = (day: string, time = '09:00'): Date => new Date(`${day}T${time}:00+08:00`)

let seq = 0

/** An event as the cases room publishes it. */
export function caseEvent(kind: string, when: Date, data: Data): LoggedEvent {
  seq += 1
  return { stream: 'case:0', seq, eventId: randomUUID(), kind, at: when, data: { byRole: 'OFFICE', ...data } }
}

/** The events of one case, as a story: each line is a step, told by its day. */
export function storyOf(number: string) {
  const about = (caseStatus: string, more: Data = {}): Data => ({ case: number, caseStatus, ...more })
  const on = (
    id: string,
    department: string,
    caseStatus: string,
    assignmentStatus: string,
    more: Data = {},
  ) => about(caseStatus, { assignment: id, department, assignmentStatus, ...more })
  let firstDispatchedAt: string | null = null
  return {
    registered: (day: string, more: Data = {}) =>
      caseEvent(
        'CaseRegistered',
        at(day),
        about('REGISTERED', { matterType: 'HELP', urgency: 'NORMAL', channel: 'PHONE', ...more }),
      ),
    answeredDirectly: (day: string) =>
      caseEvent('CaseAnsweredDirectly', at(day, '09:05'), about('ANSWERED', { articles: 'KB-001@1' })),
    dispatched(day: string, ids: Readonly<Record<string, string>>, dueOn: string, more: Data = {}) {
      const when = at(day)
      firstDispatchedAt ??= when.toISOString()
      const departments = Object.values(ids)
      return [
        caseEvent(
          'CaseDispatched',
          when,
          about('DISPATCHED', {
            departments: departments.join(','),
            lead: departments[0] ?? '',
            capOn: '2026-12-31',
            firstDispatchedAt,
          }),
        ),
        ...Object.entries(ids).map(([id, department], index) =>
          caseEvent(
            'AssignmentIssued',
            when,
            on(id, department, 'DISPATCHED', 'ISSUED', {
              role: index === 0 ? 'LEAD' : 'CO_HANDLER',
              dueOn,
              dueProvisional: false,
              capOn: '2026-12-31',
              replyRequired: true,
              parentId: null,
              mode: 'WRITTEN',
              dispatchedAt: when.toISOString(),
              ...more,
            }),
          ),
        ),
      ]
    },
    signedFor: (day: string, id: string, department: string) =>
      caseEvent('AssignmentSignedFor', at(day), on(id, department, 'HANDLING', 'ACCEPTED')),
    replied: (day: string, id: string, department: string, contactedCaller = true) =>
      caseEvent(
        'AssignmentReplied',
        at(day, '17:00'),
        on(id, department, 'REPLIED', 'REPLIED', { disposition: 'CONFORMING', contactedCaller }),
      ),
    redo: (day: string, id: string, department: string, redoBy: string) =>
      caseEvent('RedoOrdered', at(day), on(id, department, 'REDO', 'REDO', { redoBy })),
    accepted: (day: string, id: string, department: string) =>
      caseEvent('ReplyAccepted', at(day), on(id, department, 'APPROVED', 'REPLY_ACCEPTED')),
    returnRequested: (day: string, id: string, department: string) =>
      caseEvent('ReturnRequested', at(day), on(id, department, 'DISPATCHED', 'RETURN_REQUESTED')),
    returnDecided: (day: string, id: string, department: string, accepted: boolean) =>
      caseEvent(
        'ReturnDecided',
        at(day),
        on(id, department, 'DISPATCHED', accepted ? 'RETURNED' : 'ISSUED', { accepted }),
      ),
    extended: (day: string, id: string, department: string, dueOn: string) =>
      caseEvent(
        'ExtensionDecided',
        at(day),
        on(id, department, 'HANDLING', 'ACCEPTED', { granted: true, dueOn, dueProvisional: false }),
      ),
    fedBack: (day: string) =>
      caseEvent('FeedbackRecorded', at(day), about('FED_BACK', { feedbackBy: 'OFFICE', mode: 'PHONE' })),
    calledBack: (day: string, answer: Data) =>
      caseEvent('CallbackRecorded', at(day), about('FED_BACK', answer)),
    closed: (day: string) => caseEvent('CaseClosed', at(day), about('CLOSED', { echoed: true })),
    suspended: (day: string) => caseEvent('CaseSuspended', at(day), about('SUSPENDED')),
  }
}
