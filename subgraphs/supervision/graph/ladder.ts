import { refuse } from '@hub/kit/errors.ts'
import { connectionOf } from '@hub/kit/graph.ts'
import { decodeCursor, encodeCursor, pageOf, pageSize } from '@hub/kit/paging.ts'
import type { LadderStep, Mark as DateMark, TakenStep } from '../domain/ladder.ts'
import { builder, SUPERVISORS } from './builder.ts'
import { departmentsAsked } from './departments-asked.ts'
import { Assignment, Case, Department, PageInfo } from './references.ts'

const Step = builder.enumType('LadderStep', {
  description: 'The ladder of supervision, from a reminder to a circular (R66, R72, R82). 督办层级',
  values: {
    REMINDER: { description: 'A reminder at the yellow mark, in duty hours only. 到期提醒(黄牌)' },
    FINAL_REMINDER: { description: 'A reminder at the red mark, in duty hours only. 临期提醒(红牌)' },
    WRITTEN: { description: 'The written order at the missed date (R66). 书面督办' },
    DIRECTIVE: { description: 'Due for a directive: a leader is to be asked (R27, R72). 提请指令督办' },
    CIRCULAR: { description: 'To be named in the next circular (R82, R83). 列入通报' },
  } satisfies Record<LadderStep, { description: string }>,
})

export const DeadlineMark = builder.enumType('DeadlineMark', {
  description: 'The mark that a date carries. 预警标识',
  values: {
    YELLOW: { description: "Near: as many working days left as the policy's yellow mark says. 黄牌" },
    RED: { description: "At the policy's red mark, or past the date. 红牌" },
  } satisfies Record<DateMark, { description: string }>,
})

const SupervisionStep = builder.objectRef<TakenStep>('SupervisionStep').implement({
  description: 'A step that supervision took for one date of an assignment, once. 督办步骤',
  authScopes: { role: SUPERVISORS },
  fields: (t) => ({
    step: t.expose('step', { type: Step, description: 'Which step. 层级' }),
    mark: t.expose('mark', {
      type: DeadlineMark,
      description: 'Yellow or red, by the policy that made the date (R8). 标识',
    }),
    deadlineOn: t.expose('deadlineOn', { type: 'Date', description: 'The date it is about. 办理期限' }),
    policyVersion: t.exposeString('policyVersion', {
      description: 'The policy whose marks it was taken by (R8). 政策版本',
    }),
    calendarVersion: t.exposeString('calendarVersion', {
      nullable: true,
      description: 'The calendar it was counted by; null for steps from before it was kept. 日历版本',
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was taken. 时间' }),
    case: t.field({
      type: Case,
      description: 'The case. 诉求工单',
      resolve: ({ caseNumber }) => ({ number: caseNumber }),
    }),
    assignment: t.field({
      type: Assignment,
      description: 'The assignment. 承办任务',
      resolve: ({ assignment }) => ({ id: assignment }),
    }),
    department: t.field({
      type: Department,
      description: 'The unit. 承办单位',
      resolve: ({ department }) => ({ code: department }),
    }),
  }),
})

const SupervisionStepConnection = connectionOf(builder, 'SupervisionStep', SupervisionStep, PageInfo)

builder.queryField('supervisionSteps', (t) =>
  t.field({
    type: SupervisionStepConnection,
    authScopes: { role: SUPERVISORS },
    description:
      'Steps of the ladder, newest first; what waits for a directive: `steps: [DIRECTIVE], open: true` (R66, R72). A department sees its own and those of the units under it. 督办步骤',
    args: {
      department: t.arg.id({
        required: false,
        description: 'Only of this unit and the units under it. 单位',
      }),
      steps: t.arg({ type: [Step], required: false, description: 'Only these. 层级' }),
      open: t.arg.boolean({
        defaultValue: false,
        description: 'Only where the reply is still owed for that date. 仅未回复',
      }),
      first: t.arg.int({ defaultValue: 20, description: 'How many, 1 to 100. 数量' }),
      after: t.arg.string({ required: false, description: 'Cursor of the last one seen. 游标' }),
    },
    resolve: async (_root, { department, steps, open, first, after }, context) => {
      const size = pageSize(first, 20)
      const rows = await context.read.steps({
        departments: await departmentsAsked(context, department),
        steps: steps ?? null,
        open: open ?? false,
        before: after ? placeOf(after) : null,
        limit: size + 1,
      })
      return pageOf(rows, size, after, ({ id }) => encodeCursor([id]))
    },
  }),
)

function placeOf(after: string): number {
  const [id] = decodeCursor(after, 1)
  if (!Number.isSafeInteger(id)) throw refuse('CURSOR_INVALID')
  return Number(id)
}
