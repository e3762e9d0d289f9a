import { builder, OFFICE } from './builder.ts'
import { SupervisionKind, SupervisionOrder } from './order.ts'

const InstructionInput = builder.inputType('OrderInstructionInput', {
  description: "The leader's instruction that a directive order carries out (R53, R72). 领导批示",
  fields: (t) => ({
    leader: t.string({ required: true, description: 'Who instructed. 批示领导' }),
    text: t.string({ required: true, description: 'What it says. 批示内容' }),
    on: t.field({ type: 'Date', required: true, description: 'The day it was given. 批示日期' }),
  }),
})

const IssueInput = builder.inputType('IssueSupervisionOrderInput', {
  description:
    'An order of supervision as a person decides it (R24-R28). Texts hold no personal data. 下达督办件',
  fields: (t) => ({
    kind: t.field({ type: SupervisionKind, required: true, description: 'Kind of supervision. 督办方式' }),
    subject: t.string({ required: true, description: 'What it is about. 督办事项' }),
    departments: t.idList({ required: true, description: 'Codes of the units urged. 督办单位' }),
    caseNumber: t.string({ description: 'Number of the case, where it is about one. 工单编号' }),
    assignment: t.id({ description: 'The assignment of one of the units, in that case. 承办任务' }),
    requirement: t.string({ required: true, description: 'What the units are to do. 督办要求' }),
    basis: t.string({ description: 'The rule it rests on; that of its kind when left out. 督办依据' }),
    dueOn: t.field({
      type: 'Date',
      description: 'The date to answer by (R67); by policy of its kind when left out. 督办期限',
    }),
    instruction: t.field({
      type: InstructionInput,
      description: "The leader's instruction: for a directive order, and only there. 领导批示",
    }),
  }),
})

const CloseOutcome = builder.enumType('SupervisionEnd', {
  description: 'How the office ends an order. 办结方式',
  values: {
    SETTLED: { description: 'Every unit has answered to the satisfaction of the office. 督办办结' },
    WITHDRAWN: { description: 'The order is withdrawn. 撤回' },
  },
})

builder.mutationFields((t) => ({
  issueSupervisionOrder: t.field({
    type: SupervisionOrder,
    authScopes: { role: OFFICE },
    description:
      'Issues an institutional, written, special or directive order to one or several units (R24-R28). 下达督办件',
    args: { input: t.arg({ type: IssueInput, required: true, description: 'The order. 督办内容' }) },
    resolve: async (_root, { input }, { command, read }) => read.order(await command.issueOrder(input)),
  }),
  answerSupervisionOrder: t.field({
    type: SupervisionOrder,
    authScopes: { role: ['DEPARTMENT'] },
    description:
      'A unit answers an order that names it, once; the order is answered when all units have (R67). 答复督办件',
    args: {
      order: t.arg.id({ required: true, description: 'Id of the order. 督办件' }),
      text: t.arg.string({ required: true, description: 'The answer, without personal data. 答复内容' }),
    },
    resolve: async (_root, args, { command, read }) => read.order(await command.answerOrder(args)),
  }),
  closeSupervisionOrder: t.field({
    type: SupervisionOrder,
    authScopes: { role: OFFICE },
    description: 'Ends an order with an outcome and the opinion of the office (R24-R28, R68). 办结督办件',
    args: {
      order: t.arg.id({ required: true, description: 'Id of the order. 督办件' }),
      outcome: t.arg({ type: CloseOutcome, required: true, description: 'How it ends. 办结方式' }),
      opinion: t.arg.string({ required: true, description: 'The opinion of the office. 督办意见' }),
    },
    resolve: async (_root, args, { command, read }) => read.order(await command.closeOrder(args)),
  }),
}))
