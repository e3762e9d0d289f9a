import type { DirectAnswerRecord } from '../domain/state.ts'
import { builder } from './builder.ts'
import { KnowledgeArticle } from './knowledge-article.ts'

/** An answer that was given at once. */
export const DirectAnswer = builder.objectRef<DirectAnswerRecord>('DirectAnswer').implement({
  description: 'An answer given at once, on the articles in force that day (R45). 直接答复',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'What the caller was told. 答复内容' }),
    articles: t.field({
      type: [KnowledgeArticle],
      description: 'The article versions it cites. 引用条目',
      resolve: ({ articles }) => [...articles],
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why it could be answered without an article. 无引用依据的理由',
    }),
    answeredAt: t.expose('answeredAt', { type: 'DateTime', description: 'When it was given. 答复时间' }),
  }),
})
