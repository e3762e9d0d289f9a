import { createBuilder, pageInfoType } from '@hub/kit/graph.ts'
import type { Context } from './context.ts'

/** The builder of this room; what it holds is defined beside it, one file per type. */
export const builder = createBuilder<Context>()
builder.queryType({ description: 'What can be asked of the tree of organisations. 承办单位查询' })

export const PageInfo = pageInfoType(builder)

/** The tree holds nothing personal: every role that is signed in reads it. */
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
