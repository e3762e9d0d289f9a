import type { Catalogue } from '@hub/kit/errors.ts'

/** Refusals about words, units and supervision orders. */
export const orderCatalogue = {
  WORDS_MISSING: {
    'zh-CN': '{field}不能为空。',
    en: '{field} must not be blank.',
    meaning: 'A text that has to be written is missing.',
  },
  WORDS_TOO_LONG: {
    'zh-CN': '{field}过长:{length} 字,最多 {limit} 字。',
    en: '{field} is too long: {length} characters, {limit} at most.',
    meaning: 'A text is longer than the hub keeps.',
  },
  WORDS_PERSONAL: {
    'zh-CN': '{field}中疑有个人信息({whatZh}),请删去后再提交。',
    en: '{field} holds what looks like a {what}; leave it out and send it again.',
    meaning: 'Supervision keeps no personal data: numbers, addresses and plates of persons are left out.',
  },
  ORDER_NOT_FOUND: {
    'zh-CN': '没有督办件 {order}。',
    en: 'There is no supervision order {order}.',
    meaning: 'The order does not exist, or is not addressed to the caller.',
  },
  ORDER_TARGET_MISSING: {
    'zh-CN': '督办件至少要有一个承办单位。',
    en: 'A supervision order names at least one unit.',
    meaning: 'Name the units that are urged.',
  },
  ORDER_INSTRUCTION_MISSING: {
    'zh-CN': '指令督办须写明领导批示。',
    en: "A directive order carries the leader's instruction.",
    meaning: 'A directive order needs leader, text and day of the instruction (R53).',
  },
  ORDER_INSTRUCTION_MISPLACED: {
    'zh-CN': '只有指令督办才附领导批示,本件为 {kind}。',
    en: 'Only a directive order carries an instruction; this one is {kind}.',
    meaning: 'Issue a directive order, or leave the instruction out.',
  },
  ORDER_DATE_PASSED: {
    'zh-CN': '期限 {dueOn} 须晚于今天 {today}。',
    en: 'The date {dueOn} must be later than today, {today}.',
    meaning: 'An order needs a date that is still to come (R67).',
  },
  ORDER_ASSIGNMENT_FOREIGN: {
    'zh-CN': '承办任务 {assignment} 不属于该工单或该单位。',
    en: 'The assignment {assignment} is not known, or belongs to another case or unit.',
    meaning: 'Case, assignment and units of an order must belong together.',
  },
  ORDER_ALREADY_OPEN: {
    'zh-CN': '该次逾期已有书面督办件 {documentNumber}。',
    en: 'This breach has the written order {documentNumber} already.',
    meaning: 'A breach is supervised in writing once (R66).',
  },
  ORDER_NOT_ADDRESSED: {
    'zh-CN': '督办件 {documentNumber} 不是发给您单位的。',
    en: 'The order {documentNumber} is not addressed to your unit.',
    meaning: 'Only a unit that the order names answers it.',
  },
  ORDER_ANSWERED: {
    'zh-CN': '您单位已答复督办件 {documentNumber}。',
    en: 'Your unit has answered the order {documentNumber} already.',
    meaning: 'A unit answers an order once.',
  },
  ORDER_UNANSWERED: {
    'zh-CN': '督办件 {documentNumber} 尚有单位未答复:{departments}。',
    en: 'The order {documentNumber} still waits for the answer of {departments}.',
    meaning: 'An order is settled when every unit has answered; it may be withdrawn before.',
  },
  ORDER_CLOSED: {
    'zh-CN': '督办件 {documentNumber} 已办结。',
    en: 'The order {documentNumber} is closed.',
    meaning: 'A closed order does not change any more.',
  },
} as const satisfies Catalogue
