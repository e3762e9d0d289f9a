import type { Catalogue } from '@hub/kit/errors.ts'

/** Refusals about investigations, topics and suggestions. */
export const workCatalogue = {
  CASE_UNKNOWN: {
    'zh-CN': '督办尚无工单 {number} 的记录。',
    en: 'Supervision knows of no case {number}.',
    meaning: 'The case does not exist, or its log has not been followed so far yet.',
  },
  TOPIC_NOT_FOUND: {
    'zh-CN': '没有热点 {topic}。',
    en: 'There is no topic {topic}.',
    meaning: 'The hot topic does not exist.',
  },
  TOPIC_STATUS: {
    'zh-CN': '热点 {topic} 状态为 {status},不能转为 {to}。',
    en: 'The topic {topic} is {status}: it cannot become {to}.',
    meaning: 'A topic is proposed, then confirmed or dismissed; a confirmed one is closed.',
  },
  SUGGESTION_NOT_FOUND: {
    'zh-CN': '建议库中没有 {id}。',
    en: 'There is no suggestion {id} in the pool.',
    meaning: 'The suggestion does not exist.',
  },
  SUGGESTION_SORTED: {
    'zh-CN': '工单 {number} 的建议已处理({status})。',
    en: 'The suggestion of the case {number} is sorted already: {status}.',
    meaning: 'A suggestion is taken into the pool or left out once.',
  },
  INVESTIGATION_NOT_FOUND: {
    'zh-CN': '没有现场调查 {id}。',
    en: 'There is no investigation {id}.',
    meaning: 'The investigation does not exist, or the caller takes no part in it.',
  },
  INVESTIGATION_ALONE: {
    'zh-CN': '现场调查须会同至少一个部门。',
    en: 'An investigation is made together with at least one department.',
    meaning: 'Name the departments that take part (R74).',
  },
  INVESTIGATION_DAY_PASSED: {
    'zh-CN': '调查日期 {plannedOn} 早于今天 {today}。',
    en: 'The day {plannedOn} has passed; today is {today}.',
    meaning: 'An investigation is planned for today or later.',
  },
  INVESTIGATION_DAY_AHEAD: {
    'zh-CN': '调查日期 {visitedOn} 晚于今天 {today}。',
    en: 'The day {visitedOn} is still to come; today is {today}.',
    meaning: 'Findings are recorded after the visit.',
  },
  INVESTIGATION_STATUS: {
    'zh-CN': '现场调查 {id} 状态为 {status},不能转为 {to}。',
    en: 'The investigation {id} is {status}: it cannot become {to}.',
    meaning: 'An investigation is decided, then found, then closed; it may be cancelled before the findings.',
  },
} as const satisfies Catalogue
