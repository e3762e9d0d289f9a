/** The enumerations of the contract and the charter, as lists (for schemas and columns) and as unions (for code). */

/** How a matter reached the hub (R91, R92) 受理渠道. */
export const channels = ['PHONE', 'MAYOR_MAILBOX', 'SMS', 'APP', 'WEIBO', 'WECHAT', 'OTHER'] as const
export type Channel = (typeof channels)[number]

/** What kind of matter it is (R1–R7) 诉求类型. */
export const matterTypes = ['CONSULTATION', 'COMPLAINT', 'SUGGESTION', 'HELP', 'REPORT', 'PRAISE'] as const
export type MatterType = (typeof matterTypes)[number]

/** 紧急程度. */
export const urgencies = ['NORMAL', 'URGENT', 'CRITICAL'] as const
export type Urgency = (typeof urgencies)[number]

/** Who calls (R6) 来电人类型. */
export const callerTypes = ['NATURAL_PERSON', 'LEGAL_PERSON', 'OTHER_ORGANISATION'] as const
export type CallerType = (typeof callerTypes)[number]

/** 诉求工单状态. */
export const caseStatuses = [
  'REGISTERED',
  'ANSWERED',
  'REFERRED',
  'REFUSED',
  'MERGED',
  'EMERGENCY',
  'REPORTED',
  'DISPATCHED',
  'HANDLING',
  'REPLIED',
  'REDO',
  'APPROVED',
  'FED_BACK',
  'CLOSED',
  'ARCHIVED',
  'WITHDRAWN',
  'SUSPENDED',
] as const
export type CaseStatus = (typeof caseStatuses)[number]

/** 承办任务状态. */
export const assignmentStatuses = [
  'ISSUED',
  'ACCEPTED',
  'REPLIED',
  'REPLY_ACCEPTED',
  'REDO',
  'RETURN_REQUESTED',
  'RETURNED',
  'CANCELLED',
] as const
export type AssignmentStatus = (typeof assignmentStatuses)[number]

/** Lead 主办 or co-handler 协办 (R54). */
export const assignmentRoles = ['LEAD', 'CO_HANDLER'] as const
export type AssignmentRole = (typeof assignmentRoles)[number]

/** What a reply says of the matter (R31–R33) 办理结论. */
export const dispositions = ['CONFORMING', 'NON_CONFORMING', 'OUT_OF_SCOPE'] as const
export type Disposition = (typeof dispositions)[number]

/** How a case is passed on (R49, R50) 转办方式. */
export const dispatchModes = ['PHONE', 'WRITTEN'] as const
export type DispatchMode = (typeof dispatchModes)[number]

/** Who answered the caller (R64) 答复主体. */
export const feedbackBys = ['OFFICE', 'DEPARTMENT'] as const
export type FeedbackBy = (typeof feedbackBys)[number]

/** How the caller was answered, or that it could not be done (R63–R65) 答复方式. */
export const feedbackModes = ['PHONE', 'WRITTEN', 'IMPOSSIBLE'] as const
export type FeedbackMode = (typeof feedbackModes)[number]

/** 满意度 (R30). */
export const satisfactions = ['SATISFIED', 'MOSTLY_SATISFIED', 'DISSATISFIED'] as const
export type Satisfaction = (typeof satisfactions)[number]

/** What a caller must be told of when it happens (R51, R60) 告知事由. */
export const noticeReasons = ['DISPATCHED', 'EXTENDED', 'REFUSED', 'REFERRED', 'MERGED'] as const
export type NoticeReason = (typeof noticeReasons)[number]

/** Why a matter is refused (R4, R93–R95; decision 7) 不予受理类别. */
export const refusalReasons = [
  'COURT',
  'ARBITRATION',
  'DISCIPLINE_INSPECTION',
  'RECONSIDERATION',
  'OTHER_CITY',
  'NOT_PUBLIC_SERVICE',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** How the caller is sent on (R46–R48) 指引方式. */
export const referralKinds = ['REFER', 'RELAY_BY_PHONE'] as const
export type ReferralKind = (typeof referralKinds)[number]

/** What kind of paper is kept with a case (R88, R90) 材料类别. */
export const paperKinds = ['MEETING', 'LETTER', 'RECORD', 'OTHER'] as const
export type PaperKind = (typeof paperKinds)[number]

/** 退单、延期申请的审批状态. */
export const requestStatuses = ['REQUESTED', 'GRANTED', 'REFUSED'] as const
export type RequestStatus = (typeof requestStatuses)[number]

/** What reaches a department's stream 承办任务事件. HEARTBEAT is made by the stream itself. */
export const assignmentEventKinds = [
  'ISSUED',
  'SIGNED_FOR',
  'REPLIED',
  'REPLY_ACCEPTED',
  'REDO_ORDERED',
  'RETURN_REQUESTED',
  'RETURN_REFUSED',
  'RETURNED',
  'EXTENSION_REQUESTED',
  'EXTENSION_REFUSED',
  'EXTENDED',
  'LEAD_CHANGED',
  'DUE_MOVED',
  'CANCELLED',
  'HEARTBEAT',
] as const
export type AssignmentEventKind = (typeof assignmentEventKinds)[number]

/** Who may act; the last is another room of the hub. */
export const roles = [
  'OPERATOR',
  'OFFICE',
  'DEPARTMENT',
  'LEADER',
  'PORTAL',
  'OVERSIGHT',
  'ADMIN',
  'SUBGRAPH',
] as const
export type Role = (typeof roles)[number]
