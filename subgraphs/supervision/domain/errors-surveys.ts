import type { Catalogue } from '@hub/kit/errors.ts'

/** Refusals about surveys and their answers. */
export const surveyCatalogue = {
  SURVEY_NOT_FOUND: {
    'zh-CN': '没有征集或调查 {id}。',
    en: 'There is no survey {id}.',
    meaning: 'The survey does not exist, or is not open to the caller.',
  },
  SURVEY_PERIOD: {
    'zh-CN': '起止日期无效:{opensOn} 至 {closesOn}(今天 {today})。',
    en: 'The period from {opensOn} to {closesOn} is not valid; today is {today}.',
    meaning: 'A survey ends on or after its first day, and not before today.',
  },
  SURVEY_EMPTY: {
    'zh-CN': '至少要有一个问题。',
    en: 'A survey asks at least one question.',
    meaning: 'Name the questions.',
  },
  SURVEY_OPTIONS: {
    'zh-CN': '问题 {question} 的选项无效:选择题至少两项,文字题不设选项。',
    en: 'The options of {question} are not valid: two or more for a choice, none for a text.',
    meaning: 'A choice needs options that differ; a text needs none.',
  },
  SURVEY_STATUS: {
    'zh-CN': '{id} 状态为 {status},不能转为 {to}。',
    en: 'The survey {id} is {status}: it cannot become {to}.',
    meaning: 'A survey is drafted, opened, then published; it may be cancelled before that.',
  },
  SURVEY_RUNNING: {
    'zh-CN': '{id} 至 {closesOn} 截止,尚不能公布结果。',
    en: 'The survey {id} runs until {closesOn}: its result cannot be published yet.',
    meaning: 'A result is published after the last day.',
  },
  SURVEY_NOT_ASKING: {
    'zh-CN': '{id} 未在征集期内({opensOn} 至 {closesOn})。',
    en: 'The survey {id} takes no answers now; its period is {opensOn} to {closesOn}.',
    meaning: 'Answers are taken while the survey is open, from its first day to its last.',
  },
  SURVEY_NOT_FOR_YOU: {
    'zh-CN': '{id} 面向其他区县。',
    en: 'The survey {id} asks people of other districts.',
    meaning: 'The person does not belong to the population of the survey.',
  },
  ANSWER_NOBODY: {
    'zh-CN': '须代表一位市民作答。',
    en: 'An answer is given for a person.',
    meaning: 'The portal has to say for which citizen it acts.',
  },
  ANSWER_INVALID: {
    'zh-CN': '问题 {question} 的回答无效。',
    en: 'The answer to {question} is not valid.',
    meaning: 'The question is unknown, answered twice, or answered with what it does not offer.',
  },
  ANSWER_MISSING: {
    'zh-CN': '问题 {question} 必须回答。',
    en: 'The question {question} has to be answered.',
    meaning: 'A required question was left out.',
  },
  ANSWER_GIVEN: {
    'zh-CN': '该市民已参与 {id}。',
    en: 'This person has answered the survey {id} already.',
    meaning: 'Each person answers once.',
  },
} as const satisfies Catalogue
