import { bigint, boolean, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { CitedArticle } from '../domain/state.ts'
import {
  assignmentRoles,
  assignmentStatuses,
  callerTypes,
  caseStatuses,
  channels,
  dispatchModes,
  dispositions,
  feedbackBys,
  feedbackModes,
  matterTypes,
  noticeReasons,
  requestStatuses,
  satisfactions,
  urgencies,
} from '../domain/values.ts'
import { day, instant, tsvector } from './columns.ts'

/** The records of a case, column by column; migrations/cases says what each is for. */

export const caseTable = pgTable('case', {
  number: text('number').primaryKey(),
  title: text('title').notNull(),
  content: text('content').notNull(),
  channel: text('channel', { enum: channels }).notNull(),
  matterType: text('matter_type', { enum: matterTypes }).notNull(),
  urgency: text('urgency', { enum: urgencies }).notNull(),
  status: text('status', { enum: caseStatuses }).notNull(),
  callerType: text('caller_type', { enum: callerTypes }).notNull(),
  anonymous: boolean('anonymous').notNull(),
  confidential: boolean('confidential').notNull(),
  district: text('district'),
  sourceHotline: text('source_hotline'),
  complainedOf: text('complained_of').array().notNull(),
  receivedAt: instant('received_at').notNull(),
  registeredAt: instant('registered_at').notNull(),
  registeredBy: text('registered_by').notNull(),
  firstDispatchedAt: instant('first_dispatched_at'),
  capOn: day('cap_on'),
  capProvisional: boolean('cap_provisional').notNull(),
  closedAt: instant('closed_at'),
  mergedInto: text('merged_into'),
  version: integer('version').notNull(),
  textIndex: tsvector('text_index').notNull(),
})

export const caller = pgTable('caller', {
  caseNumber: text('case_number').primaryKey(),
  name: text('name'),
  organisation: text('organisation'),
  phone: text('phone'),
  phoneIndex: text('phone_index'),
  phoneValid: boolean('phone_valid').notNull(),
})

export const callerReveal = pgTable('caller_reveal', {
  id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity(),
  caseNumber: text('case_number').notNull(),
  subject: text('subject').notNull(),
  role: text('role').notNull(),
  department: text('department'),
  fields: text('fields').array().notNull(),
  reason: text('reason').notNull(),
  requestId: text('request_id').notNull(),
  at: instant('at').notNull().defaultNow(),
  /** The chain it is a link of; its place and hashes are the database's own. */
  chain: text('chain').notNull(),
})

export const assignment = pgTable('assignment', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  department: text('department').notNull(),
  role: text('role', { enum: assignmentRoles }).notNull(),
  status: text('status', { enum: assignmentStatuses }).notNull(),
  mode: text('mode', { enum: dispatchModes }).notNull(),
  replyRequired: boolean('reply_required').notNull(),
  parentId: uuid('parent_id'),
  instructionId: uuid('instruction_id'),
  note: text('note'),
  dispatchedAt: instant('dispatched_at').notNull(),
  dueOn: day('due_on').notNull(),
  dueProvisional: boolean('due_provisional').notNull(),
  capOn: day('cap_on').notNull(),
  capProvisional: boolean('cap_provisional').notNull(),
  policyVersion: text('policy_version').notNull(),
  calendarVersion: text('calendar_version').notNull(),
  signedForAt: instant('signed_for_at'),
  signedForBy: text('signed_for_by'),
  repliedAt: instant('replied_at'),
  redoCount: integer('redo_count').notNull(),
  redoBy: day('redo_by'),
  extensionCount: integer('extension_count').notNull(),
})

export const reply = pgTable('reply', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  assignmentId: uuid('assignment_id').notNull(),
  disposition: text('disposition', { enum: dispositions }).notNull(),
  text: text('text').notNull(),
  publicText: text('public_text').notNull(),
  legalBasis: text('legal_basis').array().notNull(),
  explanation: text('explanation'),
  contactedCaller: boolean('contacted_caller').notNull(),
  repliedAt: instant('replied_at').notNull(),
  repliedBy: text('replied_by').notNull(),
  accepted: boolean('accepted'),
  reviewedAt: instant('reviewed_at'),
  reviewedBy: text('reviewed_by'),
  requirements: text('requirements'),
  redoBy: day('redo_by'),
})

export const extension = pgTable('extension', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  assignmentId: uuid('assignment_id').notNull(),
  status: text('status', { enum: requestStatuses }).notNull(),
  until: day('until').notNull(),
  reason: text('reason').notNull(),
  requestedAt: instant('requested_at').notNull(),
  requestedBy: text('requested_by').notNull(),
  decidedAt: instant('decided_at'),
  decidedBy: text('decided_by'),
  decisionReason: text('decision_reason'),
})

export const returnRequest = pgTable('return_request', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  assignmentId: uuid('assignment_id').notNull(),
  status: text('status', { enum: requestStatuses }).notNull(),
  reason: text('reason').notNull(),
  basis: text('basis').notNull(),
  suggested: text('suggested'),
  statusBefore: text('status_before', { enum: ['ISSUED', 'ACCEPTED'] }).notNull(),
  disputed: boolean('disputed').notNull(),
  requestedAt: instant('requested_at').notNull(),
  requestedBy: text('requested_by').notNull(),
  decidedAt: instant('decided_at'),
  decidedBy: text('decided_by'),
  decisionReason: text('decision_reason'),
})

export const directAnswer = pgTable('direct_answer', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  text: text('text').notNull(),
  articles: jsonb('articles').$type<readonly CitedArticle[]>().notNull(),
  reason: text('reason'),
  answeredAt: instant('answered_at').notNull(),
  answeredBy: text('answered_by').notNull(),
})

export const feedback = pgTable('feedback', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  by: text('by', { enum: feedbackBys }).notNull(),
  mode: text('mode', { enum: feedbackModes }).notNull(),
  text: text('text'),
  impossibleBecause: text('impossible_because'),
  recordedAt: instant('recorded_at').notNull(),
  recordedBy: text('recorded_by').notNull(),
})

export const callback = pgTable('callback', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  contacted: boolean('contacted').notNull(),
  solved: boolean('solved'),
  satisfaction: text('satisfaction', { enum: satisfactions }),
  note: text('note'),
  calledAt: instant('called_at').notNull(),
  calledBy: text('called_by').notNull(),
})

export const notice = pgTable('notice', {
  id: uuid('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  about: text('about', { enum: noticeReasons }).notNull(),
  possible: boolean('possible').notNull(),
  owedSince: instant('owed_since').notNull(),
})
