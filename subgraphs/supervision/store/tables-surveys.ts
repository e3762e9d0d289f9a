import { jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { GivenAnswer } from '../domain/survey-result.ts'
import type { Question, SurveyKind, SurveyResult, SurveyStatus } from '../domain/survey.ts'
import { day, instant } from './tables.ts'

export const survey = pgTable('survey', {
  id: uuid('id').primaryKey(),
  kind: text('kind').$type<SurveyKind>().notNull(),
  status: text('status').$type<SurveyStatus>().notNull(),
  title: text('title').notNull(),
  introduction: text('introduction').notNull(),
  questions: jsonb('questions').$type<readonly Question[]>().notNull(),
  districts: text('districts').array().$type<readonly string[]>().notNull(),
  population: text('population').notNull(),
  opensOn: day('opens_on').notNull(),
  closesOn: day('closes_on').notNull(),
  madeBy: text('made_by').notNull(),
  madeAt: instant('made_at').notNull(),
  openedAt: instant('opened_at'),
  publishedAt: instant('published_at'),
  cancelledAt: instant('cancelled_at'),
  result: jsonb('result').$type<SurveyResult>(),
  conclusion: text('conclusion'),
})

export const surveyAnswer = pgTable(
  'survey_answer',
  {
    surveyId: uuid('survey_id').notNull(),
    person: text('person').notNull(),
    answers: jsonb('answers').$type<GivenAnswer>().notNull(),
    answeredOn: day('answered_on').notNull(),
  },
  (table) => [primaryKey({ columns: [table.surveyId, table.person] })],
)
