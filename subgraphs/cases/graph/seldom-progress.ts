import type {
  CoordinationRecord,
  InstructionRecord,
  SuspensionRecord,
  VerificationRecord,
} from '../domain/state-seldom.ts'
import type { ExtensionRecord, NoticeRecord, ReturnRecord } from '../domain/state.ts'
import { builder } from './builder.ts'
import { Department } from './department.ts'
import { NoticeReason, RequestStatus } from './seldom-enums.ts'
import { insideText, unitText } from './seen.ts'

/** What was verified of an incident, and each entry after it. */
export const Verification = builder.objectRef<VerificationRecord>('Verification').implement({
  description:
    'What was verified of a major sudden incident, and each entry after it (R56–R58, R62). 核实与续报记录',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the entry. 编号' }),
    text: t.string({
      nullable: true,
      description: 'What was found; for the hotline, leaders and the units of the case. 核实情况',
      resolve: ({ text, caseNumber }, _args, context) => insideText(text, caseNumber, context),
    }),
    handedTo: t.exposeString('handedTo', {
      nullable: true,
      description: 'The emergency line it was handed over to (R9). 移交',
    }),
    verifiedAt: t.expose('verifiedAt', { type: 'DateTime', description: 'When. 时间' }),
  }),
})

/** A report to the leaders and what came back. */
export const Instruction = builder.objectRef<InstructionRecord>('Instruction').implement({
  description:
    'A report to the leaders and the instruction that came back; a unit reads what is addressed to it (R52, R53). 呈报与批示',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the instruction: a dispatch refers to it. 批示编号' }),
    report: t.string({
      nullable: true,
      authScopes: { role: ['OPERATOR', 'OFFICE', 'LEADER'] },
      unauthorizedResolver: () => null,
      description: 'The compiled text; for the hotline and the leaders. 呈报内容',
      resolve: ({ report, caseNumber }, _args, context) => insideText(report, caseNumber, context),
    }),
    leader: t.exposeString('leader', { nullable: true, description: 'Who gave it; null before. 批示领导' }),
    text: t.string({
      nullable: true,
      description: 'What it says; null before it was given. 批示内容',
      resolve: ({ text, caseNumber }, _args, context) => insideText(text, caseNumber, context),
    }),
    on: t.expose('instructedOn', {
      type: 'Date',
      nullable: true,
      description: 'The day it was given. 批示日期',
    }),
    targets: t.field({
      type: [Department],
      description: 'The units it is addressed to. 批示单位',
      resolve: ({ targets }) => targets.map((code) => ({ code })),
    }),
    reportedAt: t.expose('reportedAt', { type: 'DateTime', description: 'When it was reported. 呈报时间' }),
    recordedAt: t.expose('recordedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the instruction was written down. 记录时间',
    }),
  }),
})

/** A case on hold. */
export const Suspension = builder.objectRef<SuspensionRecord>('Suspension').implement({
  description: 'A time on hold; the cap counted on (R61). 挂起记录',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the record. 编号' }),
    reason: t.string({
      nullable: true,
      description: 'Why; for the hotline, leaders and the units of the case. 挂起理由',
      resolve: ({ reason, caseNumber }, _args, context) => insideText(reason, caseNumber, context),
    }),
    suspendedAt: t.expose('suspendedAt', { type: 'DateTime', description: 'From when. 挂起时间' }),
    resumedAt: t.expose('resumedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when; null while it lasts. 恢复时间',
    }),
  }),
})

/** That the caller is to be told of something. */
export const Notice = builder.objectRef<NoticeRecord>('Notice').implement({
  description: 'What the caller is to be told of (R51); for the hotline and the caller alone. 告知事项',
  fields: (t) => ({
    about: t.expose('about', { type: NoticeReason, description: 'Of what. 告知事由' }),
    possible: t.exposeBoolean('possible', {
      description: 'Whether a way to reach the caller is known. 能否告知',
    }),
    owedSince: t.expose('owedSince', { type: 'DateTime', description: 'Since when. 起始时间' }),
  }),
})

/** A request for more time. */
export const Extension = builder.objectRef<ExtensionRecord>('Extension').implement({
  description: 'A request for more time and what the office decided (R60, R61). 延期申请',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the request. 编号' }),
    status: t.expose('status', { type: RequestStatus, description: 'What became of it. 审批状态' }),
    until: t.expose('until', { type: 'Date', description: 'Until which day. 延至' }),
    reason: t.string({
      nullable: true,
      description: 'Why; for the hotline, the unit and the lead. 理由',
      resolve: (request, _args, context) => unitText(request.reason, request, context),
    }),
    requestedAt: t.expose('requestedAt', {
      type: 'DateTime',
      description: 'When it was asked for. 申请时间',
    }),
    decidedAt: t.expose('decidedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the office decided. 审批时间',
    }),
    decisionReason: t.string({
      nullable: true,
      description: 'Why it was granted or not; for the hotline, the unit and the lead. 审批意见',
      resolve: (request, _args, context) => unitText(request.decisionReason, request, context),
    }),
  }),
})

/** A return. */
export const Return = builder.objectRef<ReturnRecord>('Return').implement({
  description: 'That a unit says the matter is not its own, and what the office decided. 退单申请',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the request. 编号' }),
    status: t.expose('status', { type: RequestStatus, description: 'What became of it. 审批状态' }),
    reason: t.string({
      nullable: true,
      description: 'Why; for the hotline, the unit and the lead. 理由',
      resolve: (request, _args, context) => unitText(request.reason, request, context),
    }),
    basis: t.string({
      nullable: true,
      description: 'The rule that says so; for the hotline, the unit and the lead. 依据',
      resolve: (request, _args, context) => unitText(request.basis, request, context),
    }),
    suggested: t.field({
      type: Department,
      nullable: true,
      description: 'The unit whose matter it is, as the returning one thinks. 建议承办单位',
      resolve: ({ suggested }) => (suggested === null ? null : { code: suggested }),
    }),
    disputed: t.exposeBoolean('disputed', {
      description: 'Whether a second unit sends the same case back: the leaders are asked (R71). 是否有分歧',
    }),
    requestedAt: t.expose('requestedAt', {
      type: 'DateTime',
      description: 'When it was asked for. 申请时间',
    }),
    decidedAt: t.expose('decidedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the office decided. 审批时间',
    }),
    decisionReason: t.string({
      nullable: true,
      description: 'Why it was taken back or not; for the hotline, the unit and the lead. 审批意见',
      resolve: (request, _args, context) => unitText(request.decisionReason, request, context),
    }),
  }),
})

/** What the units arranged. */
export const Coordination = builder.objectRef<CoordinationRecord>('Coordination').implement({
  description: 'What the office arranged among the units of a case (R54, R55). 协调记录',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the record. 编号' }),
    text: t.string({
      nullable: true,
      description: 'What was arranged; for the hotline, leaders and the units of the case. 协调情况',
      resolve: ({ text, caseNumber }, _args, context) => insideText(text, caseNumber, context),
    }),
    departments: t.field({
      type: [Department],
      description: 'The units that took part. 参加单位',
      resolve: ({ departments }) => departments.map((code) => ({ code })),
    }),
    coordinatedAt: t.expose('coordinatedAt', { type: 'DateTime', description: 'When. 协调时间' }),
  }),
})
