import { builder } from './builder.ts'

/** An article version that was cited: the knowledge room knows the rest. */
export const KnowledgeArticle = builder
  .objectRef<{ readonly id: string; readonly version: number }>('KnowledgeArticle')
  .implement({
    description: 'A knowledge article, in the version that was cited. 知识条目',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Id of the article. 条目编号' }),
      version: t.exposeInt('version', { description: 'The version cited. 版本' }),
    }),
  })

builder.asEntity(KnowledgeArticle, {
  key: builder.selection<{ id: string; version: number }>('id version'),
  resolveReference: ({ id, version }) => ({ id, version }),
})
