import { refuse } from '@hub/kit/errors.ts'
import type { AssignmentRecord } from '../domain/state.ts'
import { builder } from './builder.ts'
import { Assignment, Case } from './case-ref.ts'
import type { RoomContext } from './context.ts'
import { Department } from './department.ts'
import { AssignmentRole, AssignmentStatus, DispatchMode } from './enums.ts'
import { Reply } from './reply.ts'

Assignment.implement({
  description: "One unit's task in a case, with its clock (R49–R61). 承办任务",
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the assignment. 任务编号' }),
    case: t.field({ type: Case, description: 'The case it belongs to. 所属工单', resolve: getCase }),
    department: t.field({
      type: Department,
      description: 'The unit that has it. 承办单位',
      resolve: ({ department }) => ({ code: department }),
    }),
    role: t.expose('role', { type: AssignmentRole, description: 'Lead or co-handler (R54). 承办角色' }),
    status: t.expose('status', { type: AssignmentStatus, description: 'Where it stands. 状态' }),
    mode: t.expose('mode', { type: DispatchMode, description: 'How it was passed on (R49, R50). 转办方式' }),
    replyRequired: t.exposeBoolean('replyRequired', {
      description: 'Whether a reply is owed (R59). 是否要求回复',
    }),
    dispatchedAt: t.expose('dispatchedAt', {
      type: 'DateTime',
      description: 'When it was dispatched: the clock starts here, not at sign-off. 转办时间',
    }),
    dueOn: t.expose('dueOn', {
      type: 'Date',
      description: 'Due at 24:00 of this day, Asia/Shanghai (R59). 办理期限',
    }),
    dueProvisional: t.exposeBoolean('dueProvisional', {
      description:
        'True while a year on the way has no announced calendar: the day may still move. 期限是否暂定',
    }),
    capOn: t.expose('capOn', {
      type: 'Date',
      description: 'The 30th working day from first dispatch: no clock passes it (R61). 最长期限',
    }),
    policyVersion: t.exposeString('policyVersion', {
      description: 'The version of the limits that its dates come from (R8). 政策版本',
    }),
    calendarVersion: t.exposeString('calendarVersion', {
      description: 'The version of the calendar that its dates come from. 日历版本',
    }),
    signedForAt: t.expose('signedForAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the unit signed for it; null before. 签收时间',
    }),
    redoCount: t.exposeInt('redoCount', { description: 'How often its reply was rejected (R70). 重办次数' }),
    redoBy: t.expose('redoBy', {
      type: 'Date',
      nullable: true,
      description: 'Deadline of the redo last ordered; null when none was (R70). 重办期限',
    }),
    replies: t.field({
      type: [Reply],
      description: 'What the unit replied, oldest first. 办理回复',
      resolve: ({ id }, _args, { load }) => load.replies.load(id),
    }),
  }),
})

builder.asEntity(Assignment, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => findAssignment(id, context),
})

async function getCase({ caseNumber }: AssignmentRecord, _args: object, { load }: RoomContext) {
  const found = await load.case.load(caseNumber)
  if (!found) throw refuse('FORBIDDEN')
  return found
}

/** The assignment of that id, if the viewer reaches its case. */
export async function findAssignment(id: string, { load }: RoomContext): Promise<AssignmentRecord | null> {
  const found = await load.assignment.load(id)
  return found && (await load.case.load(found.caseNumber)) ? found : null
}

export { Assignment } from './case-ref.ts'
