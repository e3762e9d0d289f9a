import { builder } from './builder.ts'

/** A unit as this room knows it: its code. The rest belongs to another room. */
export const Department = builder.externalRef('Department', builder.selection<{ code: string }>('code'))
