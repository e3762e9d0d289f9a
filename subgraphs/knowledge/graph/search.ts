import { pageSize } from '@hub/kit/paging.ts'
import type { SearchAnswer, SearchHit } from '../commands/search-knowledge.ts'
import type { Mark } from '../domain/marks.ts'
import { KnowledgeArticle } from './article.ts'
import { builder, readers } from './builder.ts'

const PassageMark = builder.objectRef<Mark>('PassageMark').implement({
  description: 'A stretch of a passage, in UTF-16 units. 段落标记',
  authScopes: { role: readers },
  fields: (t) => ({
    start: t.exposeInt('start', { description: 'Where it begins, from 0. 起点' }),
    length: t.exposeInt('length', { description: 'How long it is. 长度' }),
  }),
})

const KnowledgeHit = builder.objectRef<SearchHit>('KnowledgeHit').implement({
  description: 'An article that fits the question. 命中条目',
  authScopes: { role: readers },
  fields: (t) => ({
    article: t.field({
      type: KnowledgeArticle,
      description: 'The version that was in force on the day asked for. 条目',
      resolve: ({ article }) => article,
    }),
    passage: t.exposeString('passage', { description: 'The sentences that answer, as written. 相关段落' }),
    marks: t.field({
      type: [PassageMark],
      description:
        'Where the words that matched stand in the passage, in order, none overlapping. 命中词位置',
      resolve: ({ marks }) => [...marks],
    }),
    score: t.exposeFloat('score', {
      description: 'How well it fits, 0 to 1; comparable within one answer only. 匹配度',
    }),
  }),
})

const KnowledgeSearch = builder.objectRef<SearchAnswer>('KnowledgeSearch').implement({
  description: 'What the rules in force say to a question (R1, R45). 知识检索结果',
  authScopes: { role: readers },
  fields: (t) => ({
    answerable: t.exposeBoolean('answerable', {
      description:
        'Whether the first hit covers what the question is about. When false, the hits are only near it. 是否有据可答',
    }),
    hits: t.field({
      type: [KnowledgeHit],
      description: 'Articles, best first. 条目,按匹配度排列',
      resolve: ({ hits }) => [...hits],
    }),
  }),
})

builder.queryField('searchKnowledge', (t) =>
  t.field({
    type: KnowledgeSearch,
    authScopes: { role: readers },
    description:
      'What the rules in force say, best first; `answerable` is false when nothing covers the question (R1, R45). 知识检索',
    args: {
      question: t.arg.string({
        required: true,
        description: 'The question as the citizen puts it, up to 500 characters. 问题',
      }),
      first: t.arg.int({ defaultValue: 5, description: 'How many hits, 1 to 100. 数量' }),
      on: t.arg({ type: 'Date', description: 'As of which day; today when absent. 以哪一天的规定为准' }),
    },
    resolve: (_root, { question, first, on }, context) =>
      context.search(question, pageSize(first, 5), on ?? context.today),
  }),
)
