import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { InvestigationStatus, Participant } from '../domain/investigation.ts'
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
