import { createBuilder } from '@hub/kit/graph.ts'
import type { Context } from './context.ts'

/** The builder of this room; what it holds is defined beside it, one file per type. */
export const builder = createBuilder<Context>()
builder.mutationType({ description: 'What editors of the knowledge base may change. 知识库维护' })
builder.queryType({ description: 'What can be asked of the knowledge base. 知识库查询' })

/** Published rules are for everyone who is signed in; drafts for those who answer and maintain. */
export const readers = [
  'OPERATOR',
  'OFFICE',
  'DEPARTMENT',
  'LEADER',
  'PORTAL',
  'OVERSIGHT',
  'ADMIN',
  'SUBGRAPH',
] as const
/** Who may write articles and word lists; operators read. */
export const writers = ['OFFICE', 'ADMIN'] as const
export const editorRoles = ['OPERATOR', ...writers] as const
export const editors: ReadonlySet<string> = new Set(editorRoles)
