import { builder } from './builder.ts'
import { MatterType, Urgency } from './enums.ts'
import { PaperKind, ReferralKind, RefusalReason } from './seldom-enums.ts'

const number = 'Number of the case. 工单编号'

export const ReferCaseInput = builder.inputType('ReferCaseInput', {
  description: 'To which unit the caller is sent, or which is phoned (R46–R48). 指引内容',
  fields: (t) => ({
    number: t.string({ required: true, description: number }),
    kind: t.field({ type: ReferralKind, required: true, description: 'How. 指引方式' }),
    department: t.id({ required: true, description: 'Code of the unit. 单位代码' }),
    followUpOn: t.field({
      type: 'Date',
      required: true,
      description: 'The day on which the office asks what came of it. 跟踪日期',
    }),
    note: t.string({ description: 'A note. 备注' }),
  }),
})

export const ProposeRefusalInput = builder.inputType('ProposeRefusalInput', {
  description: 'Why a matter is outside the scope, and where it belongs (R4). 不予受理内容',
  fields: (t) => ({
    number: t.string({ required: true, description: number }),
    reason: t.field({ type: RefusalReason, required: true, description: 'The class of reason. 类别' }),
    route: t.string({ required: true, description: 'The right route, as the caller is told it. 告知途径' }),
  }),
})

export const MarkEmergencyInput = builder.inputType('MarkEmergencyInput', {
  description:
    'What was verified of a major sudden incident, and who is told at once (R56–R58). 突发事件内容',
  fields: (t) => ({
    number: t.string({ required: true, description: number }),
    verification: t.string({
      required: true,
      description: 'What was verified, how and with whom (R57). 核实情况',
    }),
    departments: t.idList({ required: true, description: 'Codes of the units told at once. 通知单位' }),
    lead: t.id({ description: 'Code of the lead; required for two or more units. 牵头单位' }),
    handedTo: t.string({
      description: 'The emergency line it was handed over to (R9): 110, 119, 120 or 122. 移交',
    }),
  }),
})

export const InstructionInput = builder.inputType('InstructionInput', {
  description: "A leader's instruction, as it came back (R53). 批示内容",
  fields: (t) => ({
    number: t.string({ required: true, description: number }),
    leader: t.string({ required: true, description: 'Who gave it. 批示领导' }),
    text: t.string({ required: true, description: 'What it says. 批示内容' }),
    on: t.field({ type: 'Date', required: true, description: 'The day it was given. 批示日期' }),
    targets: t.idList({ required: true, description: 'Codes of the units it is addressed to. 批示单位' }),
  }),
})

const PositionInput = builder.inputType('DisputePositionInput', {
  description: 'What one unit holds. 单位意见',
  fields: (t) => ({
    department: t.id({ required: true, description: 'Code of the unit. 单位代码' }),
    text: t.string({ required: true, description: 'Its position, in writing. 意见' }),
  }),
})

export const RaiseDisputeInput = builder.inputType('RaiseDisputeInput', {
  description: 'Units that disagree, each with its position (R71). 分歧内容',
  fields: (t) => ({
    number: t.string({ required: true, description: number }),
    positions: t.field({ type: [PositionInput], required: true, description: 'At least two. 各方意见' }),
  }),
})

export const AmendCaseInput = builder.inputType('AmendCaseInput', {
  description:
    'What is corrected of a case before its first dispatch; what is left out stays (R44). 更正内容',
  fields: (t) => ({
    number: t.string({ required: true, description: number }),
    title: t.string({ description: 'What it is about. 标题' }),
    content: t.string({ description: 'What the caller said. 内容' }),
    urgency: t.field({ type: Urgency, description: 'How urgent it is. 紧急程度' }),
    district: t.string({ description: 'District or county by name. 区县' }),
    matterType: t.field({ type: MatterType, description: 'What kind of matter it is. 诉求类型' }),
    reason: t.string({ required: true, description: 'Why it is corrected. 更正理由' }),
  }),
})

export const FilePaperInput = builder.inputType('FilePaperInput', {
  description: 'A paper to be kept with a case (R88, R90). 归档材料内容',
  fields: (t) => ({
    number: t.string({ required: true, description: number }),
    kind: t.field({ type: PaperKind, required: true, description: 'What kind of paper. 材料类别' }),
    title: t.string({ required: true, description: 'Its title, up to 200 characters. 标题' }),
    text: t.string({ required: true, description: 'What it says, up to 20,000 characters. 内容' }),
  }),
})

export const CoordinateCaseInput = builder.inputType('CoordinateCaseInput', {
  description: 'What the units of a case arranged, brought together by the office (R54, R55). 协调内容',
  fields: (t) => ({
    number: t.string({ required: true, description: number }),
    text: t.string({ required: true, description: 'What was arranged. 协调情况' }),
    departments: t.idList({
      required: true,
      description: 'Codes of the units that took part, two or more. 参加单位',
    }),
  }),
})
