import type { TimelineRow } from '../store/timeline.ts'
import { builder } from './builder.ts'
import { CaseStatus } from './enums.ts'

/** Who did something is the hub's own business; outside it the role is enough. */
const INSIDE: ReadonlySet<string> = new Set(['OPERATOR', 'OFFICE', 'ADMIN'])

/** One entry of a case's timeline. */
export const CaseEvent = builder.objectRef<TimelineRow>('CaseEvent').implement({
  description: 'One entry of the timeline of a case (R44). 办理轨迹',
  fields: (t) => ({
    id: t.exposeID('eventId', { description: 'Id of the event, the same in every stream. 事件编号' }),
    kind: t.exposeString('kind', {
      description: 'What happened, in the past tense: CaseRegistered, AssignmentReplied… 事件类型',
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When. 时间' }),
    caseStatus: t.expose('caseStatus', { type: CaseStatus, description: 'Where it left the case. 工单状态' }),
    byRole: t.exposeString('byRole', { description: 'The role of who did it. 操作身份' }),
    byDepartment: t.exposeString('byDepartment', {
      nullable: true,
      description: 'Code of the unit that did it. 操作单位',
    }),
    by: t.string({
      nullable: true,
      description: 'Who did it; for the hotline itself only. 操作人',
      resolve: (event, _args, { viewer }) => (INSIDE.has(viewer.role) ? event.by : null),
    }),
    assignment: t.id({
      nullable: true,
      description: 'The assignment it concerns. 承办任务编号',
      resolve: (event) => event.assignmentId,
    }),
  }),
})
