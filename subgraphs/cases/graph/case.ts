import type { CaseRecord } from '../domain/state.ts'
import { Assignment } from './assignment.ts'
import { builder } from './builder.ts'
import { Caller, callerFor } from './caller.ts'
import { Case } from './case-ref.ts'
import { CaseEvent } from './case-event.ts'
import { DirectAnswer } from './direct-answer.ts'
import { CaseStatus, CallerType, Channel, MatterType, Urgency } from './enums.ts'
import { Callback, Feedback } from './outcome.ts'
import { readable } from './seen.ts'

Case.implement({
  description: 'A matter that a caller brought to the hotline (R38–R44). 诉求工单',
  fields: (t) => ({
    number: t.exposeString('number', {
      description: 'City, day of registration and serial: JN-20261123-000123. 工单编号',
    }),
    title: t.string({
      description: 'What it is about, redacted for whoever may not read all. 标题',
      resolve: (subject, _args, context) => readable(subject.title, subject, context),
    }),
    content: t.string({
      description:
        "What the caller said: in full for the hotline and the caller's own portal, redacted for units, anonymised for others (R43). 内容",
      resolve: (subject, _args, context) => readable(subject.content, subject, context),
    }),
    channel: t.expose('channel', { type: Channel, description: 'How it reached the hub. 受理渠道' }),
    matterType: t.expose('matterType', {
      type: MatterType,
      description: 'What kind of matter it is. 诉求类型',
    }),
    urgency: t.expose('urgency', { type: Urgency, description: 'How urgent it is. 紧急程度' }),
    status: t.expose('status', { type: CaseStatus, description: 'Where it stands. 状态' }),
    callerType: t.expose('callerType', {
      type: CallerType,
      description: 'What kind of caller it came from (R6). 来电人类型',
    }),
    anonymous: t.exposeBoolean('anonymous', {
      description: 'Whether the caller kept their name back. 是否匿名',
    }),
    confidential: t.exposeBoolean('confidential', {
      description: 'Whether the caller is kept from the handling units (R5). 是否保密',
    }),
    district: t.exposeString('district', { nullable: true, description: 'District or county by name. 区县' }),
    sourceHotline: t.exposeString('sourceHotline', {
      nullable: true,
      description:
        'The number of the line it came over from; null when it came to 12345 itself (R9). 来源热线',
    }),
    receivedAt: t.expose('receivedAt', {
      type: 'DateTime',
      description: 'When the call or letter came in (R42). 来电时间',
    }),
    registeredAt: t.expose('registeredAt', {
      type: 'DateTime',
      description: 'When it was taken down. 登记时间',
    }),
    closedAt: t.expose('closedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was closed. 办结时间',
    }),
    capOn: t.expose('capOn', {
      type: 'Date',
      nullable: true,
      description: 'The 30th working day from first dispatch: no clock passes it (R61). 最长办理期限',
    }),
    version: t.exposeInt('version', {
      description: 'How many events have happened to it; give it as `expectedVersion`. 版本',
    }),
    caller: t.field({
      type: Caller,
      nullable: true,
      description:
        'Who called; null where the viewer may not see it. The reporter of a confidential report is shown for a stated reason only. Every reading is recorded. 来电人',
      args: {
        reason: t.arg.string({
          required: false,
          description: 'Why the viewer needs it; stands in the record. 查看理由',
        }),
      },
      resolve: (subject, { reason }, context) => callerFor(subject, reason ?? null, context),
    }),
    assignments: t.field({
      type: [Assignment],
      description: 'The tasks of the units it went to, in order of dispatch. 承办任务',
      resolve: ({ number }, _args, { load }) => load.assignmentsOfCase.load(number),
    }),
    timeline: t.field({
      type: [CaseEvent],
      description: 'All that happened to it, oldest first (R44). 办理轨迹',
      resolve: ({ number }, _args, { load }) => load.timeline.load(number),
    }),
    answer: t.field({
      type: DirectAnswer,
      nullable: true,
      description: 'The answer that was given at once, the latest where there are more (R45). 直接答复',
      resolve: async ({ number }, _args, { load }) => (await load.directAnswers.load(number)).at(-1) ?? null,
    }),
    feedbacks: t.field({
      type: [Feedback],
      description: 'How the caller was answered. 答复来电人记录',
      resolve: ({ number }, _args, { load }) => load.feedbacks.load(number),
    }),
    callbacks: t.field({
      type: [Callback],
      description: 'What the caller said when phoned back. 回访记录',
      resolve: ({ number }, _args, { load }) => load.callbacks.load(number),
    }),
  }),
})

builder.asEntity(Case, {
  key: builder.selection<{ number: string }>('number'),
  resolveReference: ({ number }, { load }): Promise<CaseRecord | null> => load.case.load(number),
})
