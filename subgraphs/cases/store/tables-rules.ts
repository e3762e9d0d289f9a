import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { day, instant } from './columns.ts'

/** Limits and calendars (R8). */

export const policy = pgTable('policy', {
  city: text('city').notNull(),
  effectiveFrom: day('effective_from').notNull(),
  version: text('version').notNull(),
  legalBasis: text('legal_basis').array().notNull(),
  replyWorkingDays: integer('reply_working_days').notNull(),
  capWorkingDays: integer('cap_working_days').notNull(),
  extensions: integer('extensions').notNull(),
  returnWithinWorkingDays: integer('return_within_working_days').notNull(),
  redoWorkingDays: integer('redo_working_days').notNull(),
  reopenWithinDays: integer('reopen_within_days').notNull(),
  receivedAheadMinutes: integer('received_ahead_minutes').notNull(),
  receivedWithinDays: integer('received_within_days').notNull(),
  yellowWorkingDays: integer('yellow_working_days').notNull(),
  redWorkingDays: integer('red_working_days').notNull(),
  writtenWorkingDays: integer('written_working_days').notNull(),
  directiveWorkingDays: integer('directive_working_days').notNull(),
  circularWorkingDays: integer('circular_working_days').notNull(),
  instructionWorkingDays: integer('instruction_working_days').notNull(),
  dutyFrom: text('duty_from').notNull(),
  dutyTo: text('duty_to').notNull(),
})

export const calendarNotice = pgTable('calendar_notice', {
  year: integer('year').primaryKey(),
  version: text('version').notNull(),
  source: text('source').notNull(),
  importedAt: instant('imported_at').notNull(),
  importedBy: text('imported_by').notNull(),
})

export const calendarDay = pgTable('calendar_day', {
  day: day('day').primaryKey(),
  year: integer('year').notNull(),
  kind: text('kind', { enum: ['HOLIDAY', 'WORKDAY'] }).notNull(),
  name: text('name').notNull(),
})
