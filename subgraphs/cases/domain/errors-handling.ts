import type { Catalogue } from '@hub/kit/errors.ts'

/** Refusals of dispatch and of what a unit does with its assignment. */
export const handlingRefusals = {
  CASE_STATUS_FORBIDS: {
    'zh-CN': '工单 {number} 处于“{statusZh}”状态,不能{operationZh}。',
    en: 'Case {number} is {status}: it cannot {operation}.',
    meaning: 'The table of case transitions does not allow the operation from this status.',
  },
  ASSIGNMENT_STATUS_FORBIDS: {
    'zh-CN': '承办任务 {assignment} 处于“{statusZh}”状态,不能{operationZh}。',
    en: 'Assignment {assignment} is {status}: it cannot {operation}.',
    meaning: 'The table of assignment transitions does not allow the operation from this status.',
  },
  DISPATCH_WITHOUT_UNIT: {
    'zh-CN': '工单 {number} 转办时未指定承办单位。',
    en: 'Case {number} is dispatched to nobody: name at least one department.',
    meaning: 'A dispatch names at least one unit.',
  },
  DISPATCH_TWICE: {
    'zh-CN': '{department} 已承办工单 {number},不能重复转办;如需补办请退回重办。',
    en: '{department} already has case {number}: it is not dispatched there twice; a redo asks for more.',
    meaning: 'A unit holds at most one assignment of a case at a time.',
  },
  DISPATCH_NOT_ACCEPTED: {
    'zh-CN': '{department}({name})不接收派单。',
    en: '{department} ({name}) does not take dispatches.',
    meaning: 'The organisation is not a dispatch target.',
  },
  LEAD_MISSING: {
    'zh-CN': '工单 {number} 涉及 {count} 个单位,须指定一个主办单位。',
    en: 'Case {number} goes to {count} departments: name the one that leads.',
    meaning: 'Two or more units need exactly one lead (R54).',
  },
  LEAD_NOT_AMONG: {
    'zh-CN': '主办单位 {lead} 不在承办单位之中:{departments}。',
    en: 'The lead {lead} is not among the departments of the case: {departments}.',
    meaning: 'The lead is one of the units that handle the case (R54).',
  },
  COMPLAINED_OF: {
    'zh-CN': '{department} 是被投诉对象(或其下属):工单 {number} 不得转给它。',
    en: '{department} is complained of, or stands under the unit that is: case {number} cannot go to it.',
    meaning: 'A case is never routed to the unit complained of (R97).',
  },
  DISPUTE_OPEN: {
    'zh-CN': '工单 {number} 承办单位意见分歧,须先有领导批示才能再次转办。',
    en: 'Units disagree about case {number}: it is not dispatched again before a leader has instructed.',
    meaning: 'After a dispute the case waits for an instruction (R71, R72).',
  },
  INSTRUCTION_AWAITED: {
    'zh-CN': '工单 {number} 已呈报领导,尚无批示,不能转办。',
    en: 'Case {number} was reported to leaders and no instruction is recorded: it is not dispatched yet.',
    meaning: 'What was reported to leaders is transferred on their instruction (R52, R53).',
  },
  INSTRUCTION_NOT_FOUND: {
    'zh-CN': '工单 {number} 没有编号为 {instruction} 的领导批示。',
    en: 'Case {number} has no leader instruction {instruction}.',
    meaning: 'A dispatch refers to an instruction that is recorded on the case (R53).',
  },
  EXTENSION_NOT_LEAD: {
    'zh-CN': '{department} 不是工单 {number} 的主办单位,不能申请延期。',
    en: '{department} does not lead case {number}: only the lead asks for an extension.',
    meaning: 'The lead unit asks for extensions (R60).',
  },
  EXTENSION_TOO_LATE: {
    'zh-CN': '承办任务 {assignment} 已于 {dueOn} 到期,不能再申请延期。',
    en: 'Assignment {assignment} was due on {dueOn}: an extension is asked for before that day ends.',
    meaning: 'Extensions are asked for before the deadline (R60).',
  },
  EXTENSION_NOT_LATER: {
    'zh-CN': '申请的日期 {until} 不晚于现有期限 {dueOn}。',
    en: 'The date asked for, {until}, is not later than the deadline, {dueOn}.',
    meaning: 'An extension moves the deadline to a later day.',
  },
  EXTENSION_PAST_CAP: {
    'zh-CN': '申请的日期 {until} 超过首次转办起 {limit} 个工作日的最长期限 {capOn}。',
    en: 'The date asked for, {until}, lies past {capOn}, {limit} working days after the first dispatch.',
    meaning: 'No extension passes the cap (R61).',
  },
  EXTENSION_USED_UP: {
    'zh-CN': '承办任务 {assignment} 已延期 {count} 次,最多 {limit} 次。',
    en: 'Assignment {assignment} was extended {count} times already; {limit} is the limit.',
    meaning: 'The number of extensions is policy.',
  },
  EXTENSION_PENDING: {
    'zh-CN': '承办任务 {assignment} 已有一项待审批的延期申请(至 {until})。',
    en: 'Assignment {assignment} already waits for a decision on an extension to {until}.',
    meaning: 'One request at a time.',
  },
  EXTENSION_NOT_REQUESTED: {
    'zh-CN': '承办任务 {assignment} 没有待审批的延期申请。',
    en: 'No extension of assignment {assignment} waits for a decision.',
    meaning: 'There is nothing to decide.',
  },
  RETURN_TOO_LATE: {
    'zh-CN': '承办任务 {assignment} 的退单期限为 {until}(转办后 {limit} 个工作日),已过。',
    en: 'Assignment {assignment} could be returned until {until}, {limit} working days after dispatch.',
    meaning: 'A return is asked for within the window of the policy.',
  },
  RETURN_TO_SELF: {
    'zh-CN': '建议的承办单位 {department} 就是退单单位。',
    en: 'The department suggested, {department}, is the one that returns the case.',
    meaning: 'A return suggests another unit.',
  },
  SUBTREE_ONLY: {
    'zh-CN': '{department} 不是 {own} 的下属单位,不能向其转派。',
    en: '{department} does not stand under {own}: it cannot be passed on to it.',
    meaning: 'A unit passes on within its own subtree (R35).',
  },
} as const satisfies Catalogue
