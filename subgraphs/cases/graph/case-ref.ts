import type { AssignmentRecord, CaseRecord } from '../domain/state.ts'
import { builder } from './builder.ts'

/** Cases and assignments name each other: their references stand apart from their fields. */
export const Case = builder.objectRef<CaseRecord>('Case')
export const Assignment = builder.objectRef<AssignmentRecord>('Assignment')

/** What the argument means that every change of a case takes. */
export const EXPECTED_VERSION =
  'The version of the case that the sender saw: refused with CASE_CHANGED when somebody acted on it since. 所依据的工单版本'
