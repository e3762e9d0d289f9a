import { pageSize } from '@hub/kit/paging.ts'
import type {
  Suggestion as Row,
  SuggestionField,
  SuggestionReach,
  SuggestionStatus,
} from '../domain/suggestion.ts'
import { builder, OFFICE } from './builder.ts'
import { Case } from './references.ts'

const readers = { role: ['OPERATOR', 'OFFICE', 'LEADER', 'ADMIN'] as const }

const Field = builder.enumType('SuggestionField', {
  description: 'What a suggestion is about (R96, Art. 14.3). 建议领域',
  values: {
    ECONOMY: { description: 'Economy. 经济' },
    POLITICS: { description: 'Politics. 政治' },
    CULTURE: { description: 'Culture. 文化' },
    SOCIETY: { description: 'Society. 社会' },
    ECOLOGY: { description: 'Ecology. 生态文明' },
  } satisfies Record<SuggestionField, { description: string }>,
})

const Reach = builder.enumType('SuggestionReach', {
  description: 'Why a suggestion is kept (R77). 建议性质',
  values: {
    GENERAL: { description: 'Many people would have it so. 普遍性' },
    INSTRUCTIVE: { description: 'It shows how something could be done. 指导性' },
  } satisfies Record<SuggestionReach, { description: string }>,
})

const Status = builder.enumType('SuggestionStatus', {
  description: 'Where a suggestion stands. 建议状态',
  values: {
    POOLED: { description: 'In the pool. 已入库' },
    ADOPTED: { description: 'Something was made of it. 已采纳' },
    DISMISSED: { description: 'Left out; the outcome says why. 未采纳' },
  } satisfies Record<SuggestionStatus, { description: string }>,
})

const Suggestion = builder.objectRef<Row>('Suggestion').implement({
  description: 'A suggestion of the pool: of general or instructive value, by field (R77, R96). 建议',
  authScopes: readers,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id. 标识' }),
    case: t.field({
      type: Case,
      description: 'The case it came with. 诉求工单',
      resolve: ({ caseNumber }) => ({ number: caseNumber }),
    }),
    status: t.expose('status', { type: Status, description: 'Where it stands. 状态' }),
    field: t.expose('field', { type: Field, nullable: true, description: 'What it is about (R96). 领域' }),
    reach: t.expose('reach', { type: Reach, nullable: true, description: 'Why it is kept (R77). 性质' }),
    summary: t.exposeString('summary', {
      nullable: true,
      description: "In the office's words, anonymous. 概要",
    }),
    sortedAt: t.expose('sortedAt', { type: 'DateTime', description: 'When it was sorted. 处理时间' }),
    outcome: t.exposeString('outcome', {
      nullable: true,
      description: 'What was made of it, or why it was left out. 结果',
    }),
  }),
})

const caseNumber = 'Number of the case. 工单编号'
const first = 'How many, 1 to 100. 数量'

builder.mutationFields((t) => ({
  poolSuggestion: t.field({
    type: Suggestion,
    authScopes: { role: OFFICE },
    description: 'Takes the suggestion of a case into the pool (R77, R96). 建议入库',
    args: {
      caseNumber: t.arg.string({ required: true, description: caseNumber }),
      field: t.arg({ type: Field, required: true, description: 'What it is about (R96). 领域' }),
      reach: t.arg({ type: Reach, required: true, description: 'Why it is kept (R77). 性质' }),
      summary: t.arg.string({ required: true, description: 'In a few words, without personal data. 概要' }),
    },
    resolve: async (_root, args, { command, read }) => read.suggestion(await command.poolSuggestion(args)),
  }),
  dismissSuggestion: t.field({
    type: Suggestion,
    authScopes: { role: OFFICE },
    description: 'Leaves the suggestion of a case out of the pool, or takes it out again (R77). 建议不采纳',
    args: {
      caseNumber: t.arg.string({ required: true, description: caseNumber }),
      reason: t.arg.string({ required: true, description: 'Why. 理由' }),
    },
    resolve: async (_root, args, { command, read }) => read.suggestion(await command.dismissSuggestion(args)),
  }),
  adoptSuggestion: t.field({
    type: Suggestion,
    authScopes: { role: OFFICE },
    description: 'Says what was made of a suggestion of the pool (R77). 采纳建议',
    args: {
      suggestion: t.arg.id({ required: true, description: 'Id of the suggestion. 建议' }),
      outcome: t.arg.string({ required: true, description: 'What was made of it. 采纳情况' }),
    },
    resolve: async (_root, args, { command, read }) => read.suggestion(await command.adoptSuggestion(args)),
  }),
}))

builder.queryFields((t) => ({
  suggestions: t.field({
    type: [Suggestion],
    authScopes: readers,
    description: 'The pool of suggestions, newest first (R77, R96). 建议库',
    args: {
      status: t.arg({ type: Status, required: false, description: 'Only in this status. 状态' }),
      field: t.arg({ type: Field, required: false, description: 'Only of this field. 领域' }),
      reach: t.arg({ type: Reach, required: false, description: 'Only of this kind. 性质' }),
      first: t.arg.int({ defaultValue: 20, description: first }),
    },
    resolve: (_root, args, { read }) =>
      read.suggestions({
        status: args.status ?? null,
        field: args.field ?? null,
        reach: args.reach ?? null,
        limit: pageSize(args.first, 20),
      }),
  }),
  suggestionsToSort: t.field({
    type: [Case],
    authScopes: readers,
    description: 'Suggestions of callers that nobody has sorted yet, oldest first (R3, R77). 待处理建议',
    args: { first: t.arg.int({ defaultValue: 20, description: first }) },
    resolve: async (_root, args, { read }) =>
      (await read.suggestionsToSort(pageSize(args.first, 20))).map((number) => ({ number })),
  }),
}))
