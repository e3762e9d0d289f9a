import { dayOf } from '@hub/kit/day.ts'
import { policyOn, type Policy } from '../domain/policy.ts'
import { anyone, builder } from './builder.ts'

const PolicyType = builder.objectRef<Policy>('Policy').implement({
  description: 'Limits that local documents set, in force from a day (R8). 办理时限政策',
  fields: (t) => ({
    version: t.exposeString('version', { description: 'Its version; every deadline names it. 政策版本' }),
    effectiveFrom: t.expose('effectiveFrom', {
      type: 'Date',
      description: 'In force from this day. 生效日期',
    }),
    legalBasis: t.stringList({
      description: 'The documents it rests on (R8). 依据',
      resolve: ({ legalBasis }) => [...legalBasis],
    }),
    replyWorkingDays: t.exposeInt('replyWorkingDays', {
      description: 'Working days for a reply (R59). 办理时限',
    }),
    capWorkingDays: t.exposeInt('capWorkingDays', {
      description: 'Working days in all from the first dispatch (R61). 最长时限',
    }),
    extensions: t.exposeInt('extensions', { description: 'How often it may be extended (R60). 延期次数' }),
    returnWithinWorkingDays: t.exposeInt('returnWithinWorkingDays', {
      description: 'Working days within which a unit may return it. 退单时限',
    }),
    redoWorkingDays: t.exposeInt('redoWorkingDays', {
      description: 'The longest a redo may take, in working days (R70). 重办时限',
    }),
    reopenWithinDays: t.exposeInt('reopenWithinDays', {
      description: 'Days within which a closed case may be reopened. 重新办理时限',
    }),
    yellowWorkingDays: t.exposeInt('yellowWorkingDays', {
      description: 'Working days left from which a deadline is marked yellow. 黄牌提醒',
    }),
    redWorkingDays: t.exposeInt('redWorkingDays', {
      description: 'Working days left from which a deadline is marked red. 红牌提醒',
    }),
    writtenWorkingDays: t.exposeInt('writtenWorkingDays', {
      description: 'Working days that a written order gives for the reply (R67). 书面督办时限',
    }),
    directiveWorkingDays: t.exposeInt('directiveWorkingDays', {
      description: 'Working days after the missed date from which a directive is due (R72). 提请指令督办',
    }),
    circularWorkingDays: t.exposeInt('circularWorkingDays', {
      description: 'Working days after it from which the unit is named in the circular (R82). 列入通报',
    }),
    instructionWorkingDays: t.exposeInt('instructionWorkingDays', {
      description: "Working days in which a leader's instruction is carried out (R53, R72). 批示落实时限",
    }),
    dutyFrom: t.exposeString('dutyFrom', {
      description: 'Units are reminded from this time of a working day. 提醒开始时间',
    }),
    dutyTo: t.exposeString('dutyTo', {
      description: 'Until this time of it. 提醒截止时间',
    }),
  }),
})

builder.queryField('policy', (t) =>
  t.field({
    type: PolicyType,
    description: 'The limits in force on a day (R8). 办理时限政策',
    authScopes: { role: [...anyone] },
    args: { on: t.arg({ type: 'Date', description: 'The day; today when left out. 日期' }) },
    resolve: async (_root, { on }, { read, now }) =>
      policyOn(on ?? dayOf(now), (await read.rules()).policies),
  }),
)
