import {
  isPublic,
  statusOn,
  type ArticleAct as Act,
  type ArticleStatus as Status,
  type ArticleVersion,
} from '../domain/article.ts'
import { builder, editorRoles, editors, readers } from './builder.ts'
import type { Context } from './context.ts'
import { Department } from './department.ts'

const ArticleStatus = builder.enumType('ArticleStatus', {
  description: 'The life of an article version. 条目状态',
  values: {
    DRAFT: { description: 'Being written; seen by editors only. 草稿' },
    REVIEWED: { description: 'Read by a second person, not yet in force. 已审核' },
    PUBLISHED: { description: 'In force. 现行有效' },
    SUPERSEDED: { description: 'Replaced by a later version. 已被替代' },
    EXPIRED: { description: 'Ended without a successor. 已失效' },
  } satisfies Record<Status, { description: string }>,
})

export const KnowledgeArticle = builder.objectRef<ArticleVersion>('KnowledgeArticle')

const ArticleAct = builder.objectRef<Act>('ArticleAct').implement({
  description: 'A status that a version was given. 条目经办',
  authScopes: { role: editorRoles },
  fields: (t) => ({
    status: t.field({
      type: ArticleStatus,
      description: 'Status given. 状态',
      resolve: ({ status }) => status,
    }),
    by: t.exposeString('actedBy', { description: 'Who gave it. 经办人' }),
    at: t.field({ type: 'DateTime', description: 'When. 经办时间', resolve: ({ actedAt }) => actedAt }),
  }),
})

builder.objectType(KnowledgeArticle, {
  description:
    'A rule, policy or guide (R1). By `id` alone it is the version in force today; by `id version` the one that was cited. 知识条目',
  authScopes: { role: readers },
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Number of the article, the same for all versions. 条目编号' }),
    version: t.exposeInt('version', { description: 'Version, from 1. 版本号' }),
    title: t.exposeString('title', { description: 'Title. 标题' }),
    body: t.exposeString('body', { description: 'The whole text. 正文' }),
    category: t.exposeString('category', { description: 'Field it belongs to. 类别' }),
    legalBasis: t.stringList({
      description: 'Laws and rules it rests on (R31). 法律依据',
      resolve: (article) => [...article.legalBasis],
    }),
    issuingBody: t.exposeString('issuingBody', { nullable: true, description: 'Who issued it. 发文机关' }),
    documentNumber: t.exposeString('documentNumber', {
      nullable: true,
      description: 'Document number. 文号',
    }),
    keywords: t.stringList({
      description: 'Words it is found by. 关键词',
      resolve: (article) => [...article.keywords],
    }),
    region: t.exposeString('region', { description: 'Where it applies (R8). 适用地区' }),
    responsible: t.field({
      type: Department,
      nullable: true,
      description: 'The unit that answers for the matter (R35). 责任部门',
      resolve: ({ department }) => (department === null ? null : { code: department }),
    }),
    inForceFrom: t.field({
      type: 'Date',
      description: 'First day in force. 生效日期',
      resolve: (article) => article.inForceFrom,
    }),
    inForceUntil: t.field({
      type: 'Date',
      nullable: true,
      description: 'Last day in force, counted in; null while open. 失效日期',
      resolve: (article) => article.inForceUntil,
    }),
    status: t.field({
      type: ArticleStatus,
      description: 'Status as of today. 状态',
      resolve: (article, _args, { today }) => statusOn(article, today),
    }),
    acts: t.field({
      type: [ArticleAct],
      nullable: true,
      authScopes: { role: editorRoles },
      description: 'Which status it was given, by whom and when; for editors. 经办记录',
      resolve: ({ id, version }, _args, { acts }) => acts.load({ id, version }),
    }),
    reviewedAt: t.field({
      type: 'Date',
      nullable: true,
      description: 'Day of the last review. 审核日期',
      resolve: (article) => article.reviewedAt,
    }),
  }),
})

builder.asEntity(KnowledgeArticle, {
  key: [
    builder.selection<{ id: string }>('id'),
    builder.selection<{ id: string; version: number }>('id version'),
  ],
  resolveReference: (key, context) => findArticle(key, context),
})

builder.queryField('knowledgeArticle', (t) =>
  t.field({
    type: KnowledgeArticle,
    nullable: true,
    authScopes: { role: readers },
    description: 'An article by its number: the version in force today. 按编号查询现行版本',
    args: { id: t.arg.id({ required: true, description: 'Number of the article. 条目编号' }) },
    resolve: (_root, { id }, context) => findArticle({ id }, context),
  }),
)

builder.queryField('articleVersions', (t) =>
  t.field({
    type: [KnowledgeArticle],
    authScopes: { role: readers },
    description: 'All versions of an article, the newest first; drafts for editors only (R8). 历次版本',
    args: { id: t.arg.id({ required: true, description: 'Number of the article. 条目编号' }) },
    resolve: async (_root, { id }, context) =>
      (await context.history(id)).filter((version) => isPublic(version) || editors.has(context.caller.role)),
  }),
)

/** The version in force, or the one cited; drafts are null to all but those who answer and maintain. */
async function findArticle(
  key: { id: string; version?: number },
  { caller, inForce, newest, version }: Context,
): Promise<ArticleVersion | null> {
  const mayEdit = editors.has(caller.role)
  if (key.version === undefined) return (await inForce.load(key.id)) ?? (mayEdit ? newest.load(key.id) : null)
  const cited = await version.load({ id: key.id, version: key.version })
  return cited && (isPublic(cited) || mayEdit) ? cited : null
}
