import { builder } from './builder.ts'
import {
  CallerType,
  Channel,
  Disposition,
  DispatchMode,
  FeedbackBy,
  FeedbackMode,
  MatterType,
  Satisfaction,
  Urgency,
} from './enums.ts'

export const RegisterCaseInput = builder.inputType('RegisterCaseInput', {
  description: 'A call or letter as it is taken down (R38–R44). 登记内容',
  fields: (t) => ({
    title: t.string({
      required: true,
      description: 'What it is about; when blank, taken from the content. 标题',
    }),
    content: t.string({
      required: true,
      description: 'What the caller said, not blank, up to 20,000 characters. 内容',
    }),
    channel: t.field({ type: Channel, required: true, description: 'How it reached the hub. 受理渠道' }),
    matterType: t.field({
      type: MatterType,
      required: true,
      description: 'What kind of matter it is. 诉求类型',
    }),
    urgency: t.field({ type: Urgency, defaultValue: 'NORMAL', description: 'How urgent it is. 紧急程度' }),
    callerType: t.field({ type: CallerType, required: true, description: 'Who calls. 来电人类型' }),
    callerName: t.string({ description: 'Name. 姓名' }),
    callerOrganisation: t.string({ description: 'Unit or organisation. 单位' }),
    callerPhone: t.string({
      description: 'Phone in any notation; one that cannot be read is kept as given. 联系电话',
    }),
    anonymous: t.boolean({
      defaultValue: false,
      description: "True: the caller's data are not even taken down. 是否匿名",
    }),
    district: t.string({ description: "District or county by name; a portal's own when left out. 区县" }),
    receivedAt: t.field({
      type: 'DateTime',
      description: 'When it came in; now when left out, never in the future. 来电时间',
    }),
    confidential: t.boolean({
      description: 'Keep the caller from the handling units; true for a REPORT when left out (R5). 是否保密',
    }),
    sourceHotline: t.string({
      description: 'The number of the non-emergency line it came over from, such as 12319 (R9). 来源热线',
    }),
    complainedOf: t.idList({
      description: 'Codes of the units complained of: the case is never routed to them (R97). 被投诉单位',
    }),
    idempotencyKey: t.string({
      description:
        "The client's own key for this registration: sent again with the same content it answers with the same case. 幂等键",
    }),
  }),
})

export const AnswerDirectlyInput = builder.inputType('AnswerDirectlyInput', {
  description: 'An answer given at once (R45). 直接答复内容',
  fields: (t) => ({
    number: t.string({ required: true, description: 'Number of the case. 工单编号' }),
    text: t.string({ required: true, description: 'What the caller is told. 答复内容' }),
    articles: t.idList({
      description: 'Ids of the articles it rests on: pinned to the version in force today. 引用条目',
    }),
    reason: t.string({
      description: 'Why it needs no article; required when none is cited. 无引用依据的理由',
    }),
  }),
})

export const DispatchCaseInput = builder.inputType('DispatchCaseInput', {
  description: 'To which units a case goes (R49–R55). 转办内容',
  fields: (t) => ({
    number: t.string({ required: true, description: 'Number of the case. 工单编号' }),
    departments: t.idList({ required: true, description: 'Codes of the units, at least one. 承办单位' }),
    lead: t.id({ description: 'Code of the lead; required for two or more units (R54). 主办单位' }),
    mode: t.field({ type: DispatchMode, required: true, description: 'How it is passed on. 转办方式' }),
    replyRequired: t.boolean({
      defaultValue: true,
      description: 'Whether a reply is owed within the limit (R59). 是否要求回复',
    }),
    instruction: t.id({ description: "Id of the leader's instruction it follows (R53). 批示编号" }),
    note: t.string({ description: 'A note for the units. 转办说明' }),
  }),
})

export const ReplyInput = builder.inputType('ReplyInput', {
  description: 'What a unit did and on what ground (R31–R33). 回复内容',
  fields: (t) => ({
    assignment: t.id({ required: true, description: 'Id of the assignment. 任务编号' }),
    disposition: t.field({
      type: Disposition,
      required: true,
      description: 'What it says of the matter. 办理结论',
    }),
    text: t.string({ required: true, description: 'How the matter was handled. 办理情况' }),
    publicText: t.string({
      required: true,
      description: 'What may be told to the caller and the public. 公开答复',
    }),
    legalBasis: t.stringList({
      required: true,
      description: 'The rules it rests on, at least one. 办理依据',
    }),
    explanation: t.string({
      description: 'Why it cannot be met; required with NON_CONFORMING (R33). 解释说明',
    }),
    contactedCaller: t.boolean({
      required: true,
      description: 'Whether the unit spoke with the caller. 是否联系来电人',
    }),
  }),
})

export const FeedbackInput = builder.inputType('FeedbackInput', {
  description: 'How the caller was answered (R63–R65). 答复来电人内容',
  fields: (t) => ({
    number: t.string({ required: true, description: 'Number of the case. 工单编号' }),
    by: t.field({ type: FeedbackBy, required: true, description: 'Who answered. 答复主体' }),
    mode: t.field({ type: FeedbackMode, required: true, description: 'How. 答复方式' }),
    text: t.string({ description: 'What the caller was told; required unless IMPOSSIBLE. 答复内容' }),
    impossibleBecause: t.string({
      description: 'Why it could not be done; required with IMPOSSIBLE. 无法答复的原因',
    }),
  }),
})

export const CallbackInput = builder.inputType('CallbackInput', {
  description: 'What the caller said when phoned back (R30). 回访内容',
  fields: (t) => ({
    number: t.string({ required: true, description: 'Number of the case. 工单编号' }),
    contacted: t.boolean({ required: true, description: 'Whether the caller was reached. 是否联系上' }),
    solved: t.boolean({
      description: "Whether it is solved, in the caller's words; required when reached. 是否解决",
    }),
    satisfaction: t.field({
      type: Satisfaction,
      description: 'How satisfied the caller is; required when reached. 满意度',
    }),
    note: t.string({ description: 'What else was said. 备注' }),
  }),
})
