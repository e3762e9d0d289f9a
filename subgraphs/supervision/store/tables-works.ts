import { doublePrecision, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { InvestigationStatus, Participant } from '../domain/investigation.ts'
import type { SuggestionField, SuggestionReach, SuggestionStatus } from '../domain/suggestion.ts'
import type { TopicStatus } from '../domain/topic.ts'
import { day, instant } from './tables.ts'

export const investigation = pgTable('investigation', {
  id: uuid('id').primaryKey(),
  status: text('status').$type<InvestigationStatus>().notNull(),
  subject: text('subject').notNull(),
  reason: text('reason').notNull(),
  place: text('place').notNull(),
  plannedOn: day('planned_on').notNull(),
  topic: uuid('topic'),
  cases: text('cases').array().$type<readonly string[]>().notNull(),
  participants: jsonb('participants').$type<readonly Participant[]>().notNull(),
  decidedBy: text('decided_by').notNull(),
  decidedAt: instant('decided_at').notNull(),
  findings: text('findings'),
  visitedOn: day('visited_on'),
  foundBy: text('found_by'),
  foundAt: instant('found_at'),
  followUpCases: text('follow_up_cases').array().$type<readonly string[]>().notNull(),
  conclusion: text('conclusion'),
  closedBy: text('closed_by'),
  closedAt: instant('closed_at'),
})

export const topic = pgTable('topic', {
  id: uuid('id').primaryKey(),
  status: text('status').$type<TopicStatus>().notNull(),
  district: text('district').notNull(),
  matterType: text('matter_type').notNull(),
  department: text('department'),
  recent: integer('recent').notNull(),
  expected: doublePrecision('expected').notNull(),
  windowFrom: day('window_from').notNull(),
  windowTo: day('window_to').notNull(),
  proposedAt: instant('proposed_at').notNull(),
  policyVersion: text('policy_version').notNull(),
  title: text('title'),
  summary: text('summary'),
  decidedBy: text('decided_by'),
  decidedAt: instant('decided_at'),
  conclusion: text('conclusion'),
  closedAt: instant('closed_at'),
})

export const suggestion = pgTable('suggestion', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  status: text('status').$type<SuggestionStatus>().notNull(),
  field: text('field').$type<SuggestionField>(),
  reach: text('reach').$type<SuggestionReach>(),
  summary: text('summary'),
  sortedBy: text('sorted_by').notNull(),
  sortedAt: instant('sorted_at').notNull(),
  outcome: text('outcome'),
  endedAt: instant('ended_at'),
})
