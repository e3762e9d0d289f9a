import { bigint, boolean, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { PublicData } from '../domain/events-published.ts'
import { caseStatuses, roles } from '../domain/values.ts'
import { day, instant } from './columns.ts'

/** The timeline, what was carried out, and what is followed from other rooms. */

export const caseEvent = pgTable('case_event', {
  caseNumber: text('case_number').notNull(),
  place: integer('place').notNull(),
  eventId: uuid('event_id').notNull(),
  kind: text('kind').notNull(),
  at: instant('at').notNull(),
  by: text('by').notNull(),
  byRole: text('by_role', { enum: roles }).notNull(),
  byDepartment: text('by_department'),
  caseStatus: text('case_status', { enum: caseStatuses }).notNull(),
  assignmentId: uuid('assignment_id'),
  data: jsonb('data').$type<PublicData>().notNull(),
})

export const command = pgTable('command', {
  id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity(),
  client: text('client').notNull(),
  requestHash: text('request_hash').notNull(),
  subject: text('subject').notNull(),
  caseNumber: text('case_number').notNull(),
  at: instant('at').notNull(),
})

export const departmentRef = pgTable('department_ref', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  parent: text('parent'),
  acceptsDispatch: boolean('accepts_dispatch').notNull(),
})

export const articleRef = pgTable('article_ref', {
  id: text('id').notNull(),
  version: integer('version').notNull(),
  status: text('status').notNull(),
  inForceFrom: day('in_force_from').notNull(),
  inForceUntil: day('in_force_until'),
})

export const supervisionRef = pgTable('supervision_ref', {
  orderId: uuid('order_id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  assignmentId: uuid('assignment_id'),
  status: text('status').notNull(),
})
