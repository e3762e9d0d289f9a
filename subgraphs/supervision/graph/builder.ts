import { createBuilder } from '@hub/kit/graph.ts'
import type { Context } from './context.ts'

/** The builder of this room; what it holds is defined beside it, one file per type. */
export const builder = createBuilder<Context>()
builder.queryType({ description: 'What can be asked of supervision. 督办查询' })

builder.mutationType({ description: 'What can be changed in supervision. 督办操作' })

/** Who conducts supervision, investigations, surveys and reports. */
export const OFFICE = ['OFFICE'] as const

/** Supervision is the hub's and the units' own; oversight sees figures and orders (R18 R19), a portal neither. */
export const SUPERVISORS = ['OPERATOR', 'OFFICE', 'DEPARTMENT', 'LEADER', 'OVERSIGHT', 'ADMIN'] as const

/** A portal learns of the cases it can reach whether they are late, nothing more. */
export const FLAG_READERS = [...SUPERVISORS, 'PORTAL'] as const
