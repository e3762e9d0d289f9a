import type { Db } from '@hub/kit/postgres.ts'
import { and, asc, count, desc, eq, inArray } from 'drizzle-orm'
import type { SurveyAnswer } from '../domain/survey-answer.ts'
import type { GivenAnswer } from '../domain/survey-result.ts'
import type { Survey, SurveyStatus } from '../domain/survey.ts'
import { allExcluded } from './excluded.ts'
import { survey, surveyAnswer } from './tables-surveys.ts'

/** Saves a survey as it stands now. */
export async function saveSurvey(db: Db, row: Survey): Promise<void> {
  await db
    .insert(survey)
    .values(row)
    .onConflictDoUpdate({ target: survey.id, set: allExcluded(survey) })
}

/** A survey, held until the transaction ends: alone to change it, with others to answer it. */
export async function lockSurvey(db: Db, id: string, strength: 'update' | 'share'): Promise<Survey | null> {
  const [row] = await db.select().from(survey).where(eq(survey.id, id)).for(strength)
  return row ?? null
}

export interface SurveyFilter {
  readonly id?: string
  readonly status: readonly SurveyStatus[] | null
  readonly limit: number
}

/** Surveys, the latest period first. */
export function listSurveys(db: Db, { id, status, limit }: SurveyFilter): Promise<Survey[]> {
  return db
    .select()
    .from(survey)
    .where(and(id ? eq(survey.id, id) : undefined, status ? inArray(survey.status, [...status]) : undefined))
    .orderBy(desc(survey.opensOn), desc(survey.id))
    .limit(limit)
}

/** Saves the answer of a person; false: that person has answered before. */
export async function saveSurveyAnswer(db: Db, answer: SurveyAnswer): Promise<boolean> {
  const saved = await db
    .insert(surveyAnswer)
    .values(answer)
    .onConflictDoNothing()
    .returning({ surveyId: surveyAnswer.surveyId })
  return saved.length > 0
}

/** What a person answered, or null. */
export async function findSurveyAnswer(
  db: Db,
  surveyId: string,
  person: string,
): Promise<GivenAnswer | null> {
  const [row] = await db
    .select({ answers: surveyAnswer.answers })
    .from(surveyAnswer)
    .where(and(eq(surveyAnswer.surveyId, surveyId), eq(surveyAnswer.person, person)))
  return row?.answers ?? null
}

/** All answers to a survey, without who gave them, in an order that tells nothing. */
export async function listGivenAnswers(db: Db, surveyId: string): Promise<GivenAnswer[]> {
  const rows = await db
    .select({ answers: surveyAnswer.answers })
    .from(surveyAnswer)
    .where(eq(surveyAnswer.surveyId, surveyId))
    .orderBy(asc(surveyAnswer.person))
  return rows.map(({ answers }) => answers)
}

/** How many people answered some surveys. */
export function countAnswers(
  db: Db,
  surveys: readonly string[],
): Promise<{ surveyId: string; people: number }[]> {
  return db
    .select({ surveyId: surveyAnswer.surveyId, people: count() })
    .from(surveyAnswer)
    .where(inArray(surveyAnswer.surveyId, [...surveys]))
    .groupBy(surveyAnswer.surveyId)
}
