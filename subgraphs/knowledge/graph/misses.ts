import { pageSize } from '@hub/kit/paging.ts'
import type { SearchMiss as Miss } from '../domain/search-miss.ts'
import { builder, editorRoles } from './builder.ts'

const SearchMiss = builder.objectRef<Miss>('SearchMiss').implement({
  description: 'A question that nothing in force answered; without numbers, names and who asked. 未命中问题',
  authScopes: { role: editorRoles },
  fields: (t) => ({
    question: t.exposeString('question', { description: 'The question, redacted. 问题(已脱敏)' }),
    asked: t.exposeInt('asked', { description: 'How often it was asked. 次数' }),
    firstAsked: t.field({
      type: 'DateTime',
      description: 'When first. 首次时间',
      resolve: ({ firstAsked }) => firstAsked,
    }),
    lastAsked: t.field({
      type: 'DateTime',
      description: 'When last. 最近时间',
      resolve: ({ lastAsked }) => lastAsked,
    }),
  }),
})

builder.queryField('searchMisses', (t) =>
  t.field({
    type: [SearchMiss],
    authScopes: { role: editorRoles },
    description:
      'Questions of the last 90 days that nothing answered, worst first (R1). 未命中问题,按次数排列',
    args: { first: t.arg.int({ defaultValue: 20, description: 'How many, 1 to 100. 数量' }) },
    resolve: (_root, { first }, context) => context.misses(pageSize(first, 20)),
  }),
)
