import { createBuilder, pageInfoType } from '@hub/kit/graph.ts'
import type { RoomContext } from './context.ts'

/** The builder of this room; what it holds is defined beside it, one file per type. */
export const builder = createBuilder<RoomContext>()
builder.queryType({ description: 'What can be asked of cases and assignments. 工单与承办任务查询' })
builder.mutationType({
  description: 'What can be done to cases and assignments. Every one may be sent twice. 工单与承办任务操作',
})
builder.subscriptionType({ description: 'What is told as it happens. 实时推送' })

export const PageInfo = pageInfoType(builder)

/** Everyone the hub knows; what each of them reaches is decided case by case. */
export const anyone = [
  'OPERATOR',
  'OFFICE',
  'DEPARTMENT',
  'LEADER',
  'PORTAL',
  'OVERSIGHT',
  'ADMIN',
  'SUBGRAPH',
] as const
