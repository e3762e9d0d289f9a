import type { OrderKind, OrderOutcome, OrderStatus, SupervisionOrder as Order } from '../domain/order.ts'
import { isOrderOverdue } from '../domain/order-answer.ts'
import { builder, SUPERVISORS } from './builder.ts'
import { instructionOf, LeaderInstruction, SupervisionAnswer } from './order-parts.ts'
import { Assignment, Case, Department } from './references.ts'

export const SupervisionKind = builder.enumType('SupervisionKind', {
  description: 'Kinds of supervision (R24-R28); the list may grow. 督办方式',
  values: {
    INSTITUTIONAL: { description: 'By standing rule (R24). 制度督办' },
    WRITTEN: { description: 'In writing, with a date (R25, R66, R67). 书面督办' },
    SPECIAL: { description: 'Of one matter or topic (R26). 专项督办' },
    DIRECTIVE: { description: "On a leader's instruction (R27). 指令督办" },
  } satisfies Record<OrderKind, { description: string }>,
})

export const SupervisionStatus = builder.enumType('SupervisionStatus', {
  description: 'The life of a supervision order. 督办状态',
  values: {
    ISSUED: { description: 'Waits for the reply. 已下达' },
    ANSWERED: { description: 'The unit has replied; the reply is not yet accepted. 已回复' },
    CLOSED: { description: 'Ended; `outcome` says how. 已办结' },
  } satisfies Record<OrderStatus, { description: string }>,
})

const SupervisionOutcome = builder.enumType('SupervisionOutcome', {
  description: 'How a supervision order ended. 督办结果',
  values: {
    REPLY_ACCEPTED: { description: 'The reply was accepted. 回复通过' },
    REDO: { description: 'The reply was sent back; the redo has a date of its own (R68-R70). 重办' },
    RETURNED: { description: 'The assignment was returned. 退单' },
    CANCELLED: { description: 'The assignment was cancelled. 撤销' },
    REPLIED_IN_TIME: { description: 'The reply had come in time: the order had no ground. 已按时回复' },
    DEADLINE_MOVED: { description: 'The date was moved. 期限调整' },
    SETTLED: { description: 'Every unit answered and the office is satisfied. 督办办结' },
    WITHDRAWN: { description: 'The office withdrew it; `opinion` says why. 撤回' },
  } satisfies Record<OrderOutcome, { description: string }>,
})

export const SupervisionOrder = builder.objectRef<Order>('SupervisionOrder').implement({
  description:
    'A supervision order: what a unit is urged to do, on what ground, by when (R24-R28, R66, R67). 督办件',
  authScopes: { role: SUPERVISORS },
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the order. 标识' }),
    documentNumber: t.exposeString('documentNumber', {
      description: 'Document number, without gaps in its year: 督〔2026〕000123号. 文号',
    }),
    kind: t.expose('kind', { type: SupervisionKind, description: 'Kind of supervision. 督办方式' }),
    status: t.expose('status', { type: SupervisionStatus, description: 'Where it stands. 状态' }),
    subject: t.exposeString('subject', {
      nullable: true,
      description: 'What it is about, as the person wrote who issued it. 督办事项',
    }),
    case: t.field({
      type: Case,
      nullable: true,
      description: 'The case; null where the order is about a topic. 诉求工单',
      resolve: ({ caseNumber }) => (caseNumber === null ? null : { number: caseNumber }),
    }),
    assignment: t.field({
      type: Assignment,
      nullable: true,
      description: 'The assignment, where the order is about one. 承办任务',
      resolve: ({ assignment }) => (assignment === null ? null : { id: assignment }),
    }),
    department: t.field({
      type: Department,
      description: 'The unit urged; the first of several. 承办单位',
      resolve: ({ department }) => ({ code: department }),
    }),
    departments: t.field({
      type: [Department],
      description: 'All units urged. 督办单位',
      resolve: ({ departments }) => departments.map((code) => ({ code })),
    }),
    automatic: t.boolean({
      description: 'Whether the hub itself issued it at a missed date (R66). 是否自动生成',
      resolve: ({ issuedBy }) => issuedBy === null,
    }),
    instruction: t.field({
      type: LeaderInstruction,
      nullable: true,
      description: "The leader's instruction of a directive order (R53); not for oversight. 领导批示",
      resolve: (order, _args, { caller }) => (caller.role === 'OVERSIGHT' ? null : instructionOf(order)),
    }),
    answers: t.field({
      type: [SupervisionAnswer],
      description:
        'What the units answered; a unit sees its own and those under it, oversight none. 督办答复',
      resolve: async ({ id }, _args, { answersOfOrder, caller, scope }) => {
        if (caller.role === 'OVERSIGHT') return []
        const [answers, visible] = await Promise.all([answersOfOrder.load(id), scope()])
        return answers.filter(({ department }) => !visible || visible.has(department))
      },
    }),
    overdue: t.boolean({
      description: 'Whether its own date has passed without the answer of every unit (R67). 督办是否逾期',
      resolve: (order, _args, { today }) => isOrderOverdue(order, today),
    }),
    opinion: t.exposeString('opinion', {
      nullable: true,
      description: 'What the office said when it ended the order. 督办意见',
    }),
    breachOn: t.expose('breachOn', {
      type: 'Date',
      nullable: true,
      description: 'The missed date that caused it; null where none did. 逾期的办理期限',
    }),
    basis: t.exposeString('basis', { description: 'The rule it rests on. 督办依据' }),
    requirement: t.exposeString('requirement', { description: 'What the unit is to do. 督办要求' }),
    issuedAt: t.expose('issuedAt', { type: 'DateTime', description: 'When it was issued. 下达时间' }),
    dueOn: t.expose('dueOn', { type: 'Date', description: 'The date set for the answer (R67). 督办期限' }),
    dueProvisional: t.exposeBoolean('dueProvisional', {
      description:
        'Whether the date may still move, the calendar of its year not being announced. 期限是否暂定',
    }),
    answeredAt: t.expose('answeredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the unit replied. 回复时间',
    }),
    closedAt: t.expose('closedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended. 办结时间',
    }),
    outcome: t.expose('outcome', {
      type: SupervisionOutcome,
      nullable: true,
      description: 'How it ended; null until then. 办结方式',
    }),
  }),
})
