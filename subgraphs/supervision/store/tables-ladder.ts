import { bigint, pgTable, text } from 'drizzle-orm/pg-core'
import type { LadderMark, LadderStep } from '../domain/ladder.ts'
import { day, instant } from './tables.ts'

export const ladderStep = pgTable('ladder_step', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  assignment: text('assignment').notNull(),
  caseNumber: text('case_number').notNull(),
  department: text('department').notNull(),
  deadlineOn: day('deadline_on').notNull(),
  step: text('step').$type<LadderStep>().notNull(),
  mark: text('mark').$type<LadderMark['mark']>().notNull(),
  at: instant('at').notNull(),
  policyVersion: text('policy_version').notNull(),
  calendarVersion: text('calendar_version'),
})
