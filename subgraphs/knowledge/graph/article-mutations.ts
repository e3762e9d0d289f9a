import { KnowledgeArticle } from './article.ts'
import { builder, writers } from './builder.ts'

const ArticleDraftInput = builder.inputType('ArticleDraftInput', {
  description: 'The text of an article as an editor writes it. 条目草稿',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Number: a new one, or of the article to change. 条目编号' }),
    title: t.string({ required: true, description: 'Title. 标题' }),
    body: t.string({ required: true, description: 'The whole text. 正文' }),
    category: t.string({ required: true, description: 'Field it belongs to. 类别' }),
    legalBasis: t.stringList({ description: 'Laws and rules it rests on (R31). 法律依据' }),
    issuingBody: t.string({ description: 'Who issued it. 发文机关' }),
    documentNumber: t.string({ description: 'Document number. 文号' }),
    department: t.id({ description: 'Code of the responsible unit (R35). 责任部门代码' }),
    keywords: t.stringList({ description: 'Words it is found by. 关键词' }),
    region: t.string({
      required: true,
      defaultValue: '济南市',
      description: 'Where it applies (R8). 适用地区',
    }),
  }),
})

builder.mutationFields((t) => {
  const id = t.arg.id({ required: true, description: 'Number of the article. 条目编号' })
  const version = t.arg.int({ required: true, description: 'Which version. 版本号' })
  return {
    draftArticle: t.field({
      type: KnowledgeArticle,
      authScopes: { role: writers },
      description: 'Writes a draft: a new article, or the next version of one (R8). 起草条目',
      args: { input: t.arg({ type: ArticleDraftInput, required: true, description: 'The text. 内容' }) },
      resolve: (_root, { input }, { command }) =>
        command.draftArticle({
          id: input.id,
          title: input.title,
          body: input.body,
          category: input.category,
          region: input.region,
          legalBasis: input.legalBasis ?? [],
          keywords: input.keywords ?? [],
          issuingBody: input.issuingBody ?? null,
          documentNumber: input.documentNumber ?? null,
          department: input.department ?? null,
        }),
    }),
    reviewArticle: t.field({
      type: KnowledgeArticle,
      authScopes: { role: writers },
      description: 'A second person has read the draft (R8). 审核条目',
      args: { id, version },
      resolve: (_root, key, { command }) => command.reviewArticle(key),
    }),
    publishArticle: t.field({
      type: KnowledgeArticle,
      authScopes: { role: writers },
      description:
        'Puts a reviewed version in force from a day; its predecessor ends the day before (R8). 发布条目',
      args: {
        id,
        version,
        inForceFrom: t.arg({ type: 'Date', required: true, description: 'First day in force. 生效日期' }),
      },
      resolve: (_root, { inForceFrom, ...key }, { command }) => command.publishArticle(key, inForceFrom),
    }),
    expireArticle: t.field({
      type: KnowledgeArticle,
      authScopes: { role: writers },
      description: 'Ends a published version without a successor (R8). 条目失效',
      args: {
        id,
        version,
        lastDay: t.arg({ type: 'Date', required: true, description: 'Last day in force. 失效日期' }),
      },
      resolve: (_root, { lastDay, ...key }, { command }) => command.expireArticle(key, lastDay),
    }),
  }
})
