import type { DirectAnswerRecord } from '../domain/state.ts'
import { builder } from './builder.ts'
import { KnowledgeArticle } from './knowledge-article.ts'
import { insideText, readableOf } from './seen.ts'

/** An answer that was given at once. */
export const DirectAnswer = builder.objectRef<DirectAnswerRecord>('DirectAnswer').implement({
  description: 'An answer given at once, on the articles in force that day (R45). 直接答复',
  fields: (t) => ({
    text: t.string({
      description: 'What the caller was told, redacted as the content is. 答复内容',
      resolve: async ({ text, caseNumber }, _args, context) =>
        (await readableOf(text, caseNumber, context)) ?? '',
    }),
    articles: t.field({
      type: [KnowledgeArticle],
      description: 'The article versions it cites. 引用条目',
      resolve: ({ articles }) => [...articles],
    }),
    reason: t.string({
      nullable: true,
      description:
        'Why it could be answered without an article; for the hotline, leaders and the units. 无引用依据的理由',
      resolve: ({ reason, caseNumber }, _args, context) => insideText(reason, caseNumber, context),
    }),
    answeredAt: t.expose('answeredAt', { type: 'DateTime', description: 'When it was given. 答复时间' }),
  }),
})
