import type { Catalogue } from '@hub/kit/errors.ts'

/** Refusals of what comes in. */
export const intakeRefusals = {
  CASE_NOT_FOUND: {
    'zh-CN': '没有编号为 {number} 的诉求工单。',
    en: 'There is no case {number}.',
    meaning: 'No such case, or the caller may not see it.',
  },
  CASE_CHANGED: {
    'zh-CN': '工单 {number} 已有变动:所依据的是版本 {expected},现为版本 {version}。请查看后重新办理。',
    en: 'Case {number} has changed: version {expected} was acted on, it is version {version} now. Look at it again.',
    meaning: 'Somebody else acted on the case after the version that this request names.',
  },
  ASSIGNMENT_NOT_FOUND: {
    'zh-CN': '没有编号为 {assignment} 的承办任务。',
    en: 'There is no assignment {assignment}.',
    meaning: 'No such assignment, or the caller may not see it.',
  },
  DEPARTMENT_NOT_FOUND: {
    'zh-CN': '没有代码为 {department} 的单位。',
    en: 'There is no department {department}.',
    meaning: 'The code names no organisation that this room knows.',
  },
  ARTICLE_NOT_IN_FORCE: {
    'zh-CN': '知识条目 {article} 不存在或在 {on} 未生效。',
    en: 'Article {article} does not exist or is not in force on {on}.',
    meaning: 'Only article versions in force may be cited (R45).',
  },
  AMEND_AFTER_DISPATCH: {
    'zh-CN': '工单 {number} 已转办过,内容不能再更正;请以批注或续报补充。',
    en: 'Case {number} has been dispatched: what the units were given is not corrected any more.',
    meaning: 'A case is corrected before its first dispatch only (R44).',
  },
  AMEND_CHANGES_NOTHING: {
    'zh-CN': '对工单 {number} 的更正与原内容相同。',
    en: 'The correction of case {number} says what already stands there.',
    meaning: 'A correction changes at least one field.',
  },
  POLICY_UNFIT: {
    'zh-CN': '政策版本 {version} 不能采用:{problem}。',
    en: 'The policy version {version} cannot be taken in: {problem}.',
    meaning:
      'An imported policy has possible limits and a legal basis, comes into force on a day to come and after all others of its city, and rewrites none.',
  },
  CALENDAR_UNFIT: {
    'zh-CN': '{year} 年放假安排不完整或有误:{problem}。',
    en: 'The holiday notice of {year} is not whole: {problem}.',
    meaning:
      'An imported calendar has every fixed holiday, each day once, and make-up days on weekends only.',
  },
  HOTLINE_IS_EMERGENCY: {
    'zh-CN': '{hotline} 是紧急专线,不并入本热线;请列为突发事件并移交。',
    en: '{hotline} is an emergency line and is not absorbed: mark an emergency and hand it over.',
    meaning: 'Emergency lines are handed over to, never a source (R9).',
  },
  HOTLINE_UNREADABLE: {
    'zh-CN': '“{hotline}”不是热线号码。',
    en: '"{hotline}" is not the number of a hotline.',
    meaning: 'A source hotline is given by its number, such as 12319 (R9).',
  },
  CONTENT_BLANK: {
    'zh-CN': '诉求内容为空,无法登记。',
    en: 'The content is blank: there is nothing to register.',
    meaning: 'The content holds no readable character.',
  },
  TEXT_BLANK: {
    'zh-CN': '“{field}”不能为空。',
    en: '{field} is blank: it is needed.',
    meaning: 'A text that the rule asks for is missing; the sentence names it.',
  },
  TEXT_TOO_LONG: {
    'zh-CN': '“{field}”有 {length} 个字符,最多 {limit} 个。',
    en: '{field} has {length} characters; at most {limit} are taken.',
    meaning: 'A text is longer than the hub takes.',
  },
  RECEIVED_IN_FUTURE: {
    'zh-CN': '来电时间 {receivedAt} 晚于当前时间 {now}。',
    en: 'receivedAt {receivedAt} is later than now, {now}.',
    meaning: 'A case cannot have been received in the future.',
  },
  RECEIVED_TOO_LONG_AGO: {
    'zh-CN': '来电时间 {receivedAt} 早于可登记的最早日期 {earliest}。',
    en: 'receivedAt {receivedAt} lies before {earliest}, the earliest day that can be registered.',
    meaning: 'The time of receipt is so long ago that it must be a mistake.',
  },
} as const satisfies Catalogue
