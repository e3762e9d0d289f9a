import type { AssignmentRecord, CaseRecord } from '../domain/state.ts'
import { builder } from './builder.ts'

/** Cases and assignments name each other: their references stand apart from their fields. */
export const Case = builder.objectRef<CaseRecord>('Case')
export const Assignment = builder.objectRef<AssignmentRecord>('Assignment')
