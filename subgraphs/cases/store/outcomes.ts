import type { Db } from '@hub/kit/postgres.ts'
import { asc, inArray } from 'drizzle-orm'
import type { CallbackRecord, DirectAnswerRecord, FeedbackRecord } from '../domain/state.ts'
import { callback, directAnswer, feedback } from './tables.ts'

/** The direct answers of several cases, each oldest first. */
export function listDirectAnswers(db: Db, numbers: readonly string[]): Promise<DirectAnswerRecord[]> {
  return db
    .select()
    .from(directAnswer)
    .where(inArray(directAnswer.caseNumber, [...numbers]))
    .orderBy(asc(directAnswer.id))
}

/** How the callers of several cases were answered, each oldest first. */
export function listFeedbacks(db: Db, numbers: readonly string[]): Promise<FeedbackRecord[]> {
  return db
    .select()
    .from(feedback)
    .where(inArray(feedback.caseNumber, [...numbers]))
    .orderBy(asc(feedback.id))
}

/** What the callers of several cases said when phoned back, each oldest first. */
export function listCallbacks(db: Db, numbers: readonly string[]): Promise<CallbackRecord[]> {
  return db
    .select()
    .from(callback)
    .where(inArray(callback.caseNumber, [...numbers]))
    .orderBy(asc(callback.id))
}
