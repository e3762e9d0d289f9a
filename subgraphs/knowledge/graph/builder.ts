import { createBuilder } from '@hub/kit/graph.ts'
import type { Context } from './context.ts'

/** The builder of this room; what it holds is defined beside it, one file per type. */
export const builder = createBuilder<Context>()
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
export const editors: ReadonlySet<string> = new Set(['OPERATOR', 'OFFICE', 'ADMIN'])
