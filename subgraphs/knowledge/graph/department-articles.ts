import { pageSize } from '@hub/kit/paging.ts'
import { KnowledgeArticle } from './article.ts'
import { readers } from './builder.ts'
import { Department } from './department.ts'

Department.implement({
  description: 'A unit; its code is all that this room knows. 部门',
  externalFields: (t) => ({ code: t.id({ description: 'Code of the unit. 部门代码' }) }),
  fields: (t) => ({
    articles: t.field({
      type: [KnowledgeArticle],
      authScopes: { role: readers },
      description: 'Articles in force that the unit answers for (R35). 责任知识条目',
      args: { first: t.arg.int({ defaultValue: 10, description: 'How many, 1 to 100. 数量' }) },
      resolve: ({ code }, { first }, context) => context.ofDepartment(code, pageSize(first, 10)),
    }),
  }),
})
