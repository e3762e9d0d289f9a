import type { Catalogue } from '@hub/kit/errors.ts'

/** Refusals about reports. */
export const reportCatalogue = {
  REPORT_NOT_FOUND: {
    'zh-CN': '没有文件 {id}。',
    en: 'There is no report {id}.',
    meaning: 'The report does not exist, or is not for the caller.',
  },
  REPORT_PERIOD_AHEAD: {
    'zh-CN': '统计截止日 {to} 晚于今天 {today}。',
    en: 'The period ends on {to}, after today, {today}.',
    meaning: 'A report is about days that have come.',
  },
  REPORT_STATUS: {
    'zh-CN': '文件 {id} 状态为 {status},不能转为 {to}。',
    en: 'The report {id} is {status}: it cannot become {to}.',
    meaning: 'A report is drafted, approved, then issued; what is issued is corrected by a new issue.',
  },
  REPORT_OWN_APPROVAL: {
    'zh-CN': '文件 {id} 由本人起草或修改,须由他人审定。',
    en: 'You wrote the report {id}: another person approves it.',
    meaning: 'A report is approved by a person who neither drafted nor rewrote it.',
  },
  REPORT_OVERLAP: {
    'zh-CN':
      '{from} 至 {to} 与已印发的 {number} 部分重叠,相减可得 {days} 天内的数字;公报各期须相同、互不重叠,或相差至少 {least} 天。',
    en: 'The period {from} to {to} differs from that of {number} by {days} days, whose figures could be worked out: bulletins cover the same days, none in common, or differ by {least} days or more.',
    meaning: 'Two bulletins whose periods differ by a few days would show small counts by subtraction.',
  },
  REPORT_CORRECTION: {
    'zh-CN': '{number} 不能由本件更正:须为已印发的同类、同期文件,且尚无更正件。',
    en: 'This report cannot correct {number}: only an issued one of the same kind and period, once.',
    meaning: 'A correction names an issued report of its kind and period that no other corrects.',
  },
  REPORT_TOPIC: {
    'zh-CN': '热点 {topic} 未经确认,不能写入文件。',
    en: 'The topic {topic} is not confirmed: no report can be about it.',
    meaning: 'Reports are about topics that a person confirmed.',
  },
  REPORT_NOT_ISSUED: {
    'zh-CN': '文件 {id} 尚未印发。',
    en: 'The report {id} is not issued.',
    meaning: 'Only what is issued is sent.',
  },
  REPORT_RECIPIENT: {
    'zh-CN': '{kind} 不报送 {recipient}。',
    en: 'A {kind} is not sent to {recipient}.',
    meaning: 'Each kind of report has its recipients.',
  },
  REPORT_SENT_TIME: {
    'zh-CN': '报送时间 {sentAt} 须在印发之后、现在之前。',
    en: 'It was not sent at {sentAt}: after the issue and not in the future.',
    meaning: 'The time of sending lies between the issue and now.',
  },
  FEEDBACK_GIVEN: {
    'zh-CN': '该市民已对 {id} 提出意见。',
    en: 'This person has given feedback on {id} already.',
    meaning: 'Each person speaks once to a bulletin.',
  },
} as const satisfies Catalogue
