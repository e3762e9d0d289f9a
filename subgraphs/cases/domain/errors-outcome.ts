import type { Catalogue } from '@hub/kit/errors.ts'

/** Refusals of answers, reviews, feedback, closing and of what happens off the main road. */
export const outcomeRefusals = {
  ANSWER_WITHOUT_GROUND: {
    'zh-CN': '直接答复工单 {number} 须引用有效的知识条目,或说明理由。',
    en: 'The answer to case {number} cites no article in force and gives no reason: one of the two is needed.',
    meaning: 'A direct answer rests on articles or on a written reason (R45).',
  },
  REPLY_BEFORE_CO_HANDLERS: {
    'zh-CN': '协办单位尚未答复:{departments};主办单位最后答复。',
    en: 'The lead replies last: {departments} have not replied yet.',
    meaning: 'The lead replies after the co-handlers, a unit after those it passed the case to.',
  },
  REPLY_WITHOUT_BASIS: {
    'zh-CN': '对承办任务 {assignment} 的答复未注明依据。',
    en: 'The reply to assignment {assignment} names no legal basis.',
    meaning: 'Every reply has a disposition and a legal basis (R31).',
  },
  REPLY_WITHOUT_EXPLANATION: {
    'zh-CN': '承办任务 {assignment} 的结论为不符合政策,须说明情况。',
    en: 'The reply to assignment {assignment} is NON_CONFORMING: it needs an explanation.',
    meaning: 'What does not conform to policy is explained truthfully (R33).',
  },
  REVIEW_OF_OWN_REPLY: {
    'zh-CN': '{by} 作出了该答复(或属于答复单位),不能自行审核。',
    en: '{by} gave this reply or belongs to the unit that did: somebody else reviews it.',
    meaning: 'The replying unit never reviews its own reply.',
  },
  REPLY_REVIEWED: {
    'zh-CN': '承办任务 {assignment} 的答复已审核通过。',
    en: 'The reply to assignment {assignment} was accepted already.',
    meaning: 'A reply is accepted once.',
  },
  REDO_WITHOUT_REQUIREMENTS: {
    'zh-CN': '退回承办任务 {assignment} 重办,须写明具体要求和意见。',
    en: 'Assignment {assignment} is sent back without requirements: say what is to be done.',
    meaning: 'A redo states requirements and opinions (R68, R69).',
  },
  REDO_WITHOUT_DATE: {
    'zh-CN': '退回承办任务 {assignment} 重办,须写明期限。',
    en: 'Assignment {assignment} is sent back without a date: say by when.',
    meaning: 'A redo has a deadline of its own (R70).',
  },
  REDO_DATE_PAST: {
    'zh-CN': '重办期限 {redoBy} 早于今天 {today}。',
    en: 'The redo is due on {redoBy}, before today, {today}.',
    meaning: 'The deadline of a redo lies ahead (R70).',
  },
  REDO_DATE_TOO_FAR: {
    'zh-CN': '重办期限 {redoBy} 超过最晚日期 {latest}({limit} 个工作日)。',
    en: 'The redo is due on {redoBy}; {latest}, {limit} working days from today, is the latest.',
    meaning: 'The policy bounds the deadline of a redo (R70).',
  },
  REDO_WITHOUT_GROUND: {
    'zh-CN': '承办任务 {assignment} 的答复已通过,且回访没有不满意或未解决的记录,不能再退回重办。',
    en: 'The reply to assignment {assignment} was accepted and no callback found it unsolved or unsatisfactory: it is not sent back.',
    meaning: 'An accepted reply goes back only after a callback that was dissatisfied or found it unsolved.',
  },
  FEEDBACK_WITHOUT_REPLY: {
    'zh-CN': '工单 {number} 尚有未通过的答复:{departments};还没有可告知来电人的结果。',
    en: 'There is no result to tell the caller of case {number} yet: the replies of {departments} are not accepted.',
    meaning: 'Feedback tells an outcome, so every required reply is accepted before it (R29).',
  },
  FEEDBACK_WITHOUT_TEXT: {
    'zh-CN': '工单 {number} 的答复记录缺少答复结果。',
    en: 'The feedback on case {number} says how but not what: its result is needed.',
    meaning: 'Feedback records mode and result (R65).',
  },
  FEEDBACK_WITHOUT_REASON: {
    'zh-CN': '工单 {number} 无法答复来电人,须说明原因。',
    en: 'The caller of case {number} could not be answered: say why.',
    meaning: 'Impossible feedback needs its reason (R65).',
  },
  FEEDBACK_CONTRADICTS: {
    'zh-CN': '工单 {number} 的答复方式为 {mode},不应填写无法答复的原因。',
    en: 'The caller of case {number} was answered by {mode}: a reason why it was impossible contradicts that.',
    meaning: 'A reason for impossible feedback goes with mode IMPOSSIBLE only.',
  },
  FEEDBACK_THROUGH_OFFICE: {
    'zh-CN': '工单 {number} 为保密工单,由热线工作机构答复来电人。',
    en: 'Case {number} is confidential: the office answers the caller.',
    meaning: 'Contact with the caller of a confidential case goes through the office.',
  },
  FEEDBACK_BY_OTHER: {
    'zh-CN': '“{role}”身份不能代 {by} 记录答复。',
    en: 'Role {role} cannot record feedback given by {by}.',
    meaning: 'A unit records its own feedback; the office records either.',
  },
  CALLBACK_CONTRADICTS: {
    'zh-CN': '工单 {number} 的回访未联系到来电人,不应填写解决或满意情况。',
    en: 'The caller of case {number} was not reached: solved and satisfaction cannot be known.',
    meaning: 'Results of a callback need contact.',
  },
  CALLBACK_WITHOUT_RESULT: {
    'zh-CN': '工单 {number} 的回访已联系到来电人,须填写是否解决和满意度。',
    en: 'The caller of case {number} was reached: say whether it is solved and how satisfied they are.',
    meaning: 'A callback that reached the caller records both results (R30).',
  },
  CLOSE_WITHOUT_REPLY: {
    'zh-CN': '工单 {number} 尚有未通过的答复:{departments};不能办结。',
    en: 'Case {number} cannot be closed: the replies of {departments} are not accepted.',
    meaning: 'Nothing closes without a recorded reply and outcome (R29).',
  },
  CLOSE_WITHOUT_FEEDBACK: {
    'zh-CN': '工单 {number} 没有答复来电人的记录,不能办结。',
    en: 'Case {number} cannot be closed: no feedback to the caller is recorded.',
    meaning: 'Nothing closes before the caller was answered, or it is recorded why not (R29, R63–R65).',
  },
  CLOSE_UNDER_SUPERVISION: {
    'zh-CN': '工单 {number} 有 {count} 件督办未了结,不能办结。',
    en: 'Case {number} cannot be closed: {count} supervision orders on it are open.',
    meaning: 'A case under open supervision does not close.',
  },
  REOPEN_TOO_LATE: {
    'zh-CN': '工单 {number} 于 {closedOn} 办结,可重新办理至 {until},已过期。',
    en: 'Case {number} was closed on {closedOn} and could be reopened until {until}.',
    meaning: 'Reopening has a window.',
  },
  DATE_PAST: {
    'zh-CN': '“{field}”{date} 早于今天 {today}。',
    en: '{field} {date} lies before today, {today}.',
    meaning: 'The date must lie ahead.',
  },
  REFUSAL_NOT_PROPOSED: {
    'zh-CN': '工单 {number} 没有待确认的不予受理意见。',
    en: 'No refusal of case {number} waits for confirmation.',
    meaning: 'The office confirms what an operator proposed.',
  },
  EMERGENCY_TELLS_NOBODY: {
    'zh-CN': '工单 {number} 列为突发事件时未通知任何单位,也未移交紧急电话。',
    en: 'Case {number} is marked an emergency, but no department is told and no emergency line has it.',
    meaning: 'In an emergency units are told at once, or it is handed over (R9, R58).',
  },
  EMERGENCY_NOT_RAISED: {
    'zh-CN': '工单 {number} 没有列为突发事件。',
    en: 'Case {number} was never marked an emergency.',
    meaning: 'Progress entries belong to a major sudden incident (R62).',
  },
  MERGE_MASTER_UNFIT: {
    'zh-CN': '工单 {master} 处于“{statusZh}”状态,不能作为主单。',
    en: 'Case {master} is {status}: nothing can be merged into it.',
    meaning: 'A master is open and not itself merged.',
  },
  MERGE_OF_MASTER: {
    'zh-CN': '工单 {number} 是 {count} 件工单的主单,不能再并入其他工单。',
    en: 'Case {number} is the master of {count} others: it cannot be joined to another itself.',
    meaning: 'A master of other cases is not merged into a further one.',
  },
  MERGE_WITH_SELF: {
    'zh-CN': '工单 {number} 不能并入自身。',
    en: 'Case {number} cannot be merged into itself.',
    meaning: 'A case is not its own master.',
  },
  COORDINATION_NEEDS_TWO: {
    'zh-CN': '工单 {number} 的协调记录须有两个以上承办单位参加。',
    en: 'A coordination on case {number} has two or more of its units.',
    meaning: 'A coordination record is of at least two units (R55).',
  },
  COORDINATION_OF_OTHERS: {
    'zh-CN': '{department} 不是工单 {number} 的承办单位。',
    en: '{department} is not at work on case {number}.',
    meaning: 'A coordination record is of units that handle the case (R55).',
  },
  DISPUTE_NEEDS_TWO: {
    'zh-CN': '工单 {number} 的分歧须写明至少两个单位的意见。',
    en: 'The dispute on case {number} needs the written positions of at least two departments.',
    meaning: 'Both positions are written down (R71).',
  },
  REPORT_NOT_OPEN: {
    'zh-CN': '工单 {number} 没有等待批示的呈报件。',
    en: 'No report on case {number} waits for an instruction.',
    meaning: 'An instruction answers a report (R52, R53).',
  },
  WITHDRAW_FORBIDDEN: {
    'zh-CN': '工单 {number} 涉及危险或违法举报,不能撤回。',
    en: 'Case {number} reports danger or crime: it cannot be withdrawn.',
    meaning: 'Reports of danger or crime are followed up whatever the caller wishes.',
  },
  ARCHIVE_INCOMPLETE: {
    'zh-CN': '工单 {number} 的归档材料不全:缺少 {missing}。',
    en: 'Case {number} cannot be archived: {missing} is missing.',
    meaning: 'The archive is complete before it is closed for good (R86–R90).',
  },
} as const satisfies Catalogue
