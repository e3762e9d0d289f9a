import type * as values from '../domain/values.ts'
import { builder } from './builder.ts'

/** Each value of an enumeration with what it means; the compiler asks for every one. */
export function meaning<Value extends string>(
  meanings: Readonly<Record<Value, string>>,
): Record<Value, { description: string }> {
  const entries = Object.entries<string>(meanings).map(([value, description]) => [value, { description }])
  return Object.fromEntries(entries) as Record<Value, { description: string }>
}

export const Channel = builder.enumType('Channel', {
  description: 'How a matter reached the hub (R91, R92). 受理渠道',
  values: meaning<values.Channel>({
    PHONE: 'The hotline itself. 电话',
    MAYOR_MAILBOX: "The mayor's mailbox. 市长信箱",
    SMS: 'Text message. 短信',
    APP: 'Mobile application. 手机客户端',
    WEIBO: 'Weibo. 微博',
    WECHAT: 'WeChat. 微信',
    OTHER: 'Any other channel. 其他',
  }),
})

export const MatterType = builder.enumType('MatterType', {
  description: 'What kind of matter it is (R1–R7). 诉求类型',
  values: meaning<values.MatterType>({
    CONSULTATION: 'A question on functions, duties, policy or procedure (R1). 咨询',
    COMPLAINT: 'A complaint (R2, R97). 投诉',
    SUGGESTION: 'An opinion or a suggestion (R3, R96). 意见建议',
    HELP: 'Non-emergency service or help (R4). 求助',
    REPORT: 'A report of danger; confidential unless said otherwise (R5). 举报',
    PRAISE: 'Praise: passed on, without a clock (R7). 表扬',
  }),
})

export const Urgency = builder.enumType('Urgency', {
  description: 'How urgent a matter is. 紧急程度',
  values: meaning<values.Urgency>({
    NORMAL: 'Handled in its turn. 一般',
    URGENT: 'Handled first. 紧急',
    CRITICAL: 'Danger to life or property: verify and act at once (R56). 特急',
  }),
})

export const CallerType = builder.enumType('CallerType', {
  description: 'Who calls (R6). 来电人类型',
  values: meaning<values.CallerType>({
    NATURAL_PERSON: 'A natural person. 自然人',
    LEGAL_PERSON: 'A legal person. 法人',
    OTHER_ORGANISATION: 'Another organisation. 其他组织',
  }),
})

export const CaseStatus = builder.enumType('CaseStatus', {
  description: 'Where a case stands. 诉求工单状态',
  values: meaning<values.CaseStatus>({
    REGISTERED: 'Taken down, not yet decided upon (R38). 已登记',
    ANSWERED: 'Answered at once (R45). 已直接答复',
    REFERRED: 'The caller was sent to a unit, or the unit phoned (R46–R48). 已指引',
    REFUSED: 'Outside the scope; the right route was told (R4). 不予受理',
    MERGED: 'Joined to a master. 已并单',
    EMERGENCY: 'A major sudden incident under the emergency rules (R56–R58). 突发事件',
    REPORTED: 'Reported to the leaders, awaiting their instruction (R52, R71). 已呈报',
    DISPATCHED: 'With one or more units; none has signed for it (R49). 已转办',
    HANDLING: 'A unit has signed for it. 办理中',
    REPLIED: 'Every unit that owes a reply has given one. 已回复',
    REDO: 'A reply was rejected and is to be done again (R68–R70). 重新办理',
    APPROVED: 'Every reply was accepted. 审核通过',
    FED_BACK: 'The caller was told the result, or why that was impossible (R63–R65). 已反馈',
    CLOSED: 'Closed with its echo and its outcome (R29). 已办结',
    ARCHIVED: 'Complete and read-only (R86–R90). 已归档',
    WITHDRAWN: 'Taken back by its caller. 已撤回',
    SUSPENDED: 'On hold; the cap still counts. 已挂起',
  }),
})

export const AssignmentStatus = builder.enumType('AssignmentStatus', {
  description: "Where one unit's task stands. 承办任务状态",
  values: meaning<values.AssignmentStatus>({
    ISSUED: 'Sent to the unit; the clock runs. 已派发',
    ACCEPTED: 'Signed for by the unit. 已签收',
    REPLIED: 'Replied to, not yet reviewed. 已回复',
    REPLY_ACCEPTED: 'The reply was accepted. 回复已通过',
    REDO: 'The reply was rejected: to be done again by a date (R68–R70). 责成重办',
    RETURN_REQUESTED: 'The unit says it is not its matter. 申请退单',
    RETURNED: 'Taken back from the unit. 已退回',
    CANCELLED: 'Called off. 已取消',
  }),
})

export const AssignmentRole = builder.enumType('AssignmentRole', {
  description: "A unit's part in a case (R54). 承办角色",
  values: meaning<values.AssignmentRole>({
    LEAD: 'The one unit that answers for the whole. 主办',
    CO_HANDLER: 'Handles its share and replies before the lead. 协办',
  }),
})

export const DispatchMode = builder.enumType('DispatchMode', {
  description: 'How a case is passed on (R49, R50). 转办方式',
  values: meaning<values.DispatchMode>({
    PHONE: 'By phone. 电话转办',
    WRITTEN: 'In writing. 书面转办',
  }),
})

export const Disposition = builder.enumType('Disposition', {
  description: 'What a reply says of the matter (R31–R33). 办理结论',
  values: meaning<values.Disposition>({
    CONFORMING: 'It conforms to policy and was settled (R32). 符合政策',
    NON_CONFORMING: 'It does not conform; the reply explains why (R33). 不符合政策',
    OUT_OF_SCOPE: 'It lies outside what the unit may decide. 超出职权范围',
  }),
})

export const FeedbackBy = builder.enumType('FeedbackBy', {
  description: 'Who answers the caller (R64). 答复主体',
  values: meaning<values.FeedbackBy>({
    OFFICE: 'The duty office. 值班室',
    DEPARTMENT: 'The unit that handled it. 承办单位',
  }),
})

export const FeedbackMode = builder.enumType('FeedbackMode', {
  description: 'How the caller was answered (R63–R65). 答复方式',
  values: meaning<values.FeedbackMode>({
    PHONE: 'By phone. 电话',
    WRITTEN: 'In writing. 书面',
    IMPOSSIBLE: 'It could not be done; the reason stands beside it. 无法答复',
  }),
})

export const Satisfaction = builder.enumType('Satisfaction', {
  description: 'How satisfied the caller is (R30). 满意度',
  values: meaning<values.Satisfaction>({
    SATISFIED: 'Satisfied. 满意',
    MOSTLY_SATISFIED: 'Mostly satisfied. 基本满意',
    DISSATISFIED: 'Dissatisfied. 不满意',
  }),
})
