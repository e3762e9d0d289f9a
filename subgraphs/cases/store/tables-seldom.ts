import { boolean, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { Amended, DisputePosition } from '../domain/state-seldom.ts'
import { paperKinds, caseStatuses, referralKinds, refusalReasons } from '../domain/values.ts'
import { day, instant } from './columns.ts'

export const referral = pgTable('referral', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  kind: text('kind', { enum: referralKinds }).notNull(),
  department: text('department').notNull(),
  note: text('note'),
  followUpOn: day('follow_up_on').notNull(),
  referredAt: instant('referred_at').notNull(),
  referredBy: text('referred_by').notNull(),
})

export const refusal = pgTable('refusal', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  reason: text('reason', { enum: refusalReasons }).notNull(),
  route: text('route').notNull(),
  proposedAt: instant('proposed_at').notNull(),
  proposedBy: text('proposed_by').notNull(),
  confirmed: boolean('confirmed'),
  decidedAt: instant('decided_at'),
  decidedBy: text('decided_by'),
})

export const merge = pgTable('merge', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  master: text('master').notNull(),
  statusBefore: text('status_before', { enum: caseStatuses }).notNull(),
  mergedAt: instant('merged_at').notNull(),
  mergedBy: text('merged_by').notNull(),
  undoneAt: instant('undone_at'),
  undoneBy: text('undone_by'),
})

export const verification = pgTable('verification', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  text: text('text').notNull(),
  handedTo: text('handed_to'),
  verifiedAt: instant('verified_at').notNull(),
  verifiedBy: text('verified_by').notNull(),
})

export const instruction = pgTable('instruction', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  report: text('report').notNull(),
  reportedAt: instant('reported_at').notNull(),
  reportedBy: text('reported_by').notNull(),
  leader: text('leader'),
  text: text('text'),
  instructedOn: day('instructed_on'),
  targets: text('targets').array().notNull(),
  recordedAt: instant('recorded_at'),
  recordedBy: text('recorded_by'),
})

export const dispute = pgTable('dispute', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  positions: jsonb('positions').$type<readonly DisputePosition[]>().notNull(),
  raisedAt: instant('raised_at').notNull(),
  raisedBy: text('raised_by').notNull(),
  settledBy: text('settled_by'),
})

export const suspension = pgTable('suspension', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  reason: text('reason').notNull(),
  statusBefore: text('status_before', { enum: caseStatuses }).notNull(),
  suspendedAt: instant('suspended_at').notNull(),
  suspendedBy: text('suspended_by').notNull(),
  resumedAt: instant('resumed_at'),
})

export const caseAmendment = pgTable('case_amendment', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  reason: text('reason').notNull(),
  fields: text('fields').array().notNull(),
  former: jsonb('former').$type<Partial<Amended>>().notNull(),
  amendedAt: instant('amended_at').notNull(),
  amendedBy: text('amended_by').notNull(),
})

export const coordination = pgTable('coordination', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  text: text('text').notNull(),
  departments: text('departments').array().notNull(),
  coordinatedAt: instant('coordinated_at').notNull(),
  coordinatedBy: text('coordinated_by').notNull(),
})

export const paper = pgTable('paper', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  kind: text('kind', { enum: paperKinds }).notNull(),
  title: text('title').notNull(),
  text: text('text').notNull(),
  filedAt: instant('filed_at').notNull(),
  filedBy: text('filed_by').notNull(),
})
