import type { OptionResult, QuestionResult } from '../domain/survey-result.ts'
import type { Question, QuestionKind, Survey as Row, SurveyKind, SurveyStatus } from '../domain/survey.ts'
import { isAsking } from '../domain/survey.ts'
import { builder } from './builder.ts'

/** Who reads of surveys; what is still a draft, the office alone. */
export const SURVEY_READERS = [
  'OPERATOR',
  'OFFICE',
  'LEADER',
  'DEPARTMENT',
  'OVERSIGHT',
  'ADMIN',
  'PORTAL',
] as const
const readers = { role: SURVEY_READERS }

export const SurveyKindRef = builder.enumType('SurveyKind', {
  description: 'How the public is asked. 类别',
  values: {
    SOLICITATION: { description: 'Opinions on a question are collected (R16). 意见征集' },
    SURVEY: { description: 'The public is polled (R17). 民意调查' },
  } satisfies Record<SurveyKind, { description: string }>,
})

const Status = builder.enumType('SurveyStatus', {
  description: 'The life of a survey. 状态',
  values: {
    DRAFT: { description: 'Being prepared. 草稿' },
    OPEN: { description: 'Takes answers while its period lasts. 征集中' },
    PUBLISHED: { description: 'The result is published and does not change. 已公布' },
    CANCELLED: { description: 'Given up; the conclusion says why. 已取消' },
  } satisfies Record<SurveyStatus, { description: string }>,
})

export const QuestionKindRef = builder.enumType('SurveyQuestionKind', {
  description: 'How a question is answered. 题型',
  values: {
    SINGLE: { description: 'One of the options. 单选' },
    MULTIPLE: { description: 'Any of the options. 多选' },
    TEXT: { description: 'In words, which the office reads and does not publish. 文字' },
  } satisfies Record<QuestionKind, { description: string }>,
})

const QuestionRef = builder.objectRef<Question>('SurveyQuestion').implement({
  description: 'One question of a survey. 问题',
  authScopes: readers,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id within the survey: Q1, Q2 … 题号' }),
    kind: t.expose('kind', { type: QuestionKindRef, description: 'How it is answered. 题型' }),
    text: t.exposeString('text', { description: 'What is asked. 题目' }),
    options: t.exposeStringList('options', { description: 'What may be chosen. 选项' }),
    required: t.exposeBoolean('required', { description: 'Whether it has to be answered. 必答' }),
  }),
})

const OptionResultRef = builder.objectRef<OptionResult>('SurveyOptionResult').implement({
  description: 'How often an option was chosen. 选项结果',
  authScopes: readers,
  fields: (t) => ({
    option: t.exposeString('option', { description: 'The option. 选项' }),
    count: t.exposeInt('count', {
      nullable: true,
      description: 'How often; null where few people would be pointed to. 人数',
    }),
  }),
})

const QuestionResultRef = builder.objectRef<QuestionResult>('SurveyQuestionResult').implement({
  description: 'The published result of one question. 问题结果',
  authScopes: readers,
  fields: (t) => ({
    question: t.exposeID('question', { description: 'Id of the question. 题号' }),
    text: t.exposeString('text', { description: 'What was asked. 题目' }),
    answered: t.exposeInt('answered', {
      nullable: true,
      description: 'How many answered it; null where few people would be pointed to. 作答人数',
    }),
    options: t.field({
      type: [OptionResultRef],
      description: 'Counts per option; none for a text. 各选项',
      resolve: ({ options }) => [...options],
    }),
    suppressed: t.exposeBoolean('suppressed', {
      description: 'Whether small counts are left out. 是否隐去小数',
    }),
  }),
})

export const Survey = builder.objectRef<Row>('Survey').implement({
  description:
    'A solicitation of opinions or a survey: questions, population, period, result (R16, R17). 征集与调查',
  authScopes: readers,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id. 标识' }),
    kind: t.expose('kind', { type: SurveyKindRef, description: 'Solicitation or survey. 类别' }),
    status: t.expose('status', { type: Status, description: 'Where it stands. 状态' }),
    asking: t.boolean({
      description: 'Whether it takes answers today. 是否可作答',
      resolve: (survey, _args, { today }) => isAsking(survey, today),
    }),
    title: t.exposeString('title', { description: 'Title. 标题' }),
    introduction: t.exposeString('introduction', { description: 'What it is for. 说明' }),
    questions: t.field({
      type: [QuestionRef],
      description: 'The question set. 问题',
      resolve: ({ questions }) => [...questions],
    }),
    districts: t.exposeStringList('districts', {
      description: 'Only people of these districts are asked; empty: of the whole city. 区县范围',
    }),
    population: t.exposeString('population', { description: 'Who is asked. 调查对象' }),
    opensOn: t.expose('opensOn', { type: 'Date', description: 'First day. 起始日' }),
    closesOn: t.expose('closesOn', { type: 'Date', description: 'Last day, counted in. 截止日' }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the result was published. 公布时间',
    }),
    people: t.int({
      nullable: true,
      description:
        'How many people answered; for the office while it runs, for all when published, null where they are few. 参与人数',
      resolve: async ({ id, result }, _args, { caller, peopleOfSurvey }) => {
        if (result) return result.people
        return caller.role === 'OFFICE' ? ((await peopleOfSurvey.load(id))[0] ?? 0) : null
      },
    }),
    result: t.field({
      type: [QuestionResultRef],
      nullable: true,
      description: 'The published result, small counts left out; null before. 结果',
      resolve: ({ result }) => (result ? [...result.questions] : null),
    }),
    conclusion: t.exposeString('conclusion', { nullable: true, description: 'What follows from it. 结论' }),
    opinions: t.stringList({
      authScopes: { role: ['OFFICE'] },
      description:
        'What people wrote, for the office alone, in no order and without who wrote it (R16). 意见原文',
      resolve: ({ id }, _args, { read }) => read.opinions(id),
    }),
  }),
})
