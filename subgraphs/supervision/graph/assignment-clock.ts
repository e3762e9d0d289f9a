import { policyNamed } from '../domain/city-policy.ts'
import { markOf } from '../domain/ladder.ts'
import { isOverdue, owesReply, workingDaysLeft } from '../domain/overdue.ts'
import { builder, FLAG_READERS, SUPERVISORS } from './builder.ts'
import { DeadlineMark } from './ladder.ts'
import { SupervisionOrder } from './order.ts'
import { Assignment } from './references.ts'

const AssignmentStatus = builder.enumType('AssignmentStatus', {
  description: 'Where an assignment stands. 承办任务状态',
  values: {
    ISSUED: { description: 'Sent to the unit. 已下达' },
    ACCEPTED: { description: 'Signed for by the unit. 已签收' },
    REPLIED: { description: 'The unit has replied. 已回复' },
    REPLY_ACCEPTED: { description: 'The office accepted the reply. 回复通过' },
    REDO: { description: 'To be done again, with a date (R68-R70). 重办' },
    RETURN_REQUESTED: { description: 'The unit asks to return it; the clock runs on. 申请退单' },
    RETURNED: { description: 'Returned. 已退单' },
    CANCELLED: { description: 'Cancelled. 已撤销' },
  },
})

// Asked of the cases room at that moment: the clock fields never lag behind the log.
const CLOCK = builder.selection<{
  status: string
  dueOn: string
  redoBy?: string | null
  replyRequired: boolean
  suspended: boolean
  capOn: string
}>('status dueOn redoBy replyRequired suspended capOn')

// Its marks are those of the policy that made its date (R8).
const MARKED = builder.selection<{
  status: string
  dueOn: string
  redoBy?: string | null
  replyRequired: boolean
  suspended: boolean
  capOn: string
  policyVersion: string
}>('status dueOn redoBy replyRequired suspended capOn policyVersion')

Assignment.implement({
  description: "One unit's task in a case; this room knows its clock and its supervision. 承办任务",
  externalFields: (t) => ({
    id: t.id({ description: 'Id of the assignment. 标识' }),
    status: t.field({ type: AssignmentStatus, description: 'Where it stands. 状态' }),
    dueOn: t.field({ type: 'Date', description: 'Due at 24:00 of this day. 办理期限' }),
    redoBy: t.field({ type: 'Date', nullable: true, description: 'The date of the redo. 重办期限' }),
    replyRequired: t.boolean({ description: 'Whether a reply is owed (R59). 是否要求回复' }),
    suspended: t.boolean({ description: 'Whether its case is on hold. 是否挂起' }),
    capOn: t.field({ type: 'Date', description: 'The cap, which counts also on hold (R61). 最长期限' }),
    policyVersion: t.string({
      description: 'The version of the limits that its dates come from (R8). 政策版本',
    }),
  }),
  fields: (t) => ({
    overdue: t.boolean({
      authScopes: { role: FLAG_READERS },
      requires: CLOCK,
      description:
        'Whether a reply is owed and its date has passed: due at 24:00 Asia/Shanghai of `dueOn`, of the redo date in a redo, or of the cap while its case is on hold (R61, R66). 是否逾期',
      resolve: (assignment, _args, { today }) => isOverdue(assignment, today),
    }),
    workingDaysLeft: t.int({
      authScopes: { role: FLAG_READERS },
      requires: CLOCK,
      description:
        'Working days after today up to and including the date; 0 on the day itself and when no reply is owed, negative when late. 剩余工作日',
      resolve: (assignment, _args, { today, calendar }) => workingDaysLeft(assignment, today, calendar),
    }),
    mark: t.field({
      type: DeadlineMark,
      nullable: true,
      authScopes: { role: FLAG_READERS },
      requires: MARKED,
      description:
        'Yellow or red, by the policy that made its date (R8); null while the date is far, or no reply is owed. 预警标识',
      resolve: (assignment, _args, { today, calendar, policies }) => {
        if (!owesReply(assignment)) return null
        const policy = policyNamed(assignment.policyVersion, policies())
        return markOf(workingDaysLeft(assignment, today, calendar), isOverdue(assignment, today), policy)
      },
    }),
    supervisionOrders: t.field({
      type: [SupervisionOrder],
      authScopes: { role: SUPERVISORS },
      description: 'Supervision orders on this assignment, oldest first (R24-R28). 督办件',
      resolve: async ({ id }, _args, { ordersOfAssignment, scope }) => {
        const [orders, visible] = await Promise.all([ordersOfAssignment.load(id), scope()])
        return orders.filter(({ departments }) => !visible || departments.some((code) => visible.has(code)))
      },
    }),
  }),
})
