import { pageInfoType } from '@hub/kit/graph.ts'
import { builder } from './builder.ts'

/** A case as this room refers to it: its number. */
export const Case = builder.externalRef('Case', builder.selection<{ number: string }>('number'))

/** An assignment as this room refers to it: its id. */
export const Assignment = builder.externalRef('Assignment', builder.selection<{ id: string }>('id'))

/** A unit as this room refers to it: its code. */
export const Department = builder.externalRef('Department', builder.selection<{ code: string }>('code'))

export const PageInfo = pageInfoType(builder)
