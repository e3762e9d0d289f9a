import { pageSize } from '@hub/kit/paging.ts'
import { builder, OFFICE } from './builder.ts'
import { QuestionKindRef, Survey, SURVEY_READERS, SurveyKindRef } from './survey.ts'

const QuestionInput = builder.inputType('SurveyQuestionInput', {
  description: 'One question. 问题',
  fields: (t) => ({
    kind: t.field({ type: QuestionKindRef, required: true, description: 'How it is answered. 题型' }),
    text: t.string({ required: true, description: 'What is asked. 题目' }),
    options: t.stringList({ required: true, defaultValue: [], description: 'What may be chosen. 选项' }),
    required: t.boolean({
      required: true,
      defaultValue: true,
      description: 'Whether it has to be answered. 必答',
    }),
  }),
})

const MakeInput = builder.inputType('MakeSurveyInput', {
  description: 'A solicitation or survey as it is drafted (R16, R17). 征集或调查草稿',
  fields: (t) => ({
    kind: t.field({ type: SurveyKindRef, required: true, description: 'Solicitation or survey. 类别' }),
    title: t.string({ required: true, description: 'Title. 标题' }),
    introduction: t.string({ required: true, description: 'What it is for. 说明' }),
    questions: t.field({ type: [QuestionInput], required: true, description: 'The question set. 问题' }),
    districts: t.stringList({
      required: true,
      defaultValue: [],
      description: 'Only people of these districts; empty: of the whole city. 区县范围',
    }),
    population: t.string({ required: true, description: 'Who is asked. 调查对象' }),
    opensOn: t.field({ type: 'Date', required: true, description: 'First day. 起始日' }),
    closesOn: t.field({ type: 'Date', required: true, description: 'Last day, counted in. 截止日' }),
  }),
})

const AnswerInput = builder.inputType('SurveyAnswerInput', {
  description: 'What a person answers to one question. 作答',
  fields: (t) => ({
    question: t.id({ required: true, description: 'Id of the question. 题号' }),
    chosen: t.stringList({ description: 'The options chosen, word for word. 所选' }),
    text: t.string({ description: 'Words, without personal data. 文字' }),
  }),
})

const id = 'Id of the survey. 标识'
const conclusion = 'What follows, or why it is given up. 结论'

builder.mutationFields((t) => ({
  makeSurvey: t.field({
    type: Survey,
    authScopes: { role: OFFICE },
    description: 'Drafts a solicitation of opinions or a survey (R16, R17). 起草征集或调查',
    args: { input: t.arg({ type: MakeInput, required: true, description: 'The draft. 草稿' }) },
    resolve: async (_root, { input }, { command, read }) => read.survey(await command.makeSurvey(input)),
  }),
  openSurvey: t.field({
    type: Survey,
    authScopes: { role: OFFICE },
    description: 'Opens a draft; from then on its questions do not change (R16, R17). 发布征集或调查',
    args: { survey: t.arg.id({ required: true, description: id }) },
    resolve: async (_root, args, { command, read }) => read.survey(await command.openSurvey(args)),
  }),
  answerSurvey: t.field({
    type: Survey,
    authScopes: { role: ['PORTAL'] },
    description:
      'A person answers through a portal, once; the person is kept as a keyed fingerprint, never as a phone (R16, R17). 作答',
    args: {
      survey: t.arg.id({ required: true, description: id }),
      answers: t.arg({ type: [AnswerInput], required: true, description: 'The answers. 作答' }),
    },
    resolve: async (_root, args, { command, read }) => read.survey(await command.answerSurvey(args)),
  }),
  publishSurvey: t.field({
    type: Survey,
    authScopes: { role: OFFICE },
    description:
      'Publishes the result after the last day: frozen, small counts left out (R16, R17). 公布结果',
    args: {
      survey: t.arg.id({ required: true, description: id }),
      conclusion: t.arg.string({ required: true, description: conclusion }),
    },
    resolve: async (_root, args, { command, read }) => read.survey(await command.publishSurvey(args)),
  }),
  cancelSurvey: t.field({
    type: Survey,
    authScopes: { role: OFFICE },
    description: 'Gives a survey up before its result. 取消征集或调查',
    args: {
      survey: t.arg.id({ required: true, description: id }),
      conclusion: t.arg.string({ required: true, description: conclusion }),
    },
    resolve: async (_root, args, { command, read }) => read.survey(await command.cancelSurvey(args)),
  }),
}))

builder.queryField('surveys', (t) =>
  t.field({
    type: [Survey],
    authScopes: { role: SURVEY_READERS },
    description:
      'Solicitations and surveys, the latest first; drafts and what was given up are for the office (R16, R17). 征集与调查',
    args: {
      survey: t.arg.id({ required: false, description: 'Only this one. 标识' }),
      first: t.arg.int({ defaultValue: 20, description: 'How many, 1 to 100. 数量' }),
    },
    resolve: (_root, { survey, first }, { caller, read }) =>
      read.surveys({
        ...(survey ? { id: survey } : {}),
        status: caller.role === 'OFFICE' ? null : ['OPEN', 'PUBLISHED'],
        limit: pageSize(first, 20),
      }),
  }),
)
