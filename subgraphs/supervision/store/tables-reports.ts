import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { Figures } from '../domain/report-figures.ts'
import type { Recipient, ReportKind, ReportStatus } from '../domain/report.ts'
import { day, instant } from './tables.ts'

export const reportSerial = pgTable(
  'report_serial',
  {
    kind: text('kind').$type<ReportKind>().notNull(),
    year: integer('year').notNull(),
    last: integer('last').notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.year] })],
)

export const report = pgTable('report', {
  id: uuid('id').primaryKey(),
  kind: text('kind').$type<ReportKind>().notNull(),
  status: text('status').$type<ReportStatus>().notNull(),
  documentNumber: text('document_number'),
  title: text('title').notNull(),
  from: day('period_from').notNull(),
  to: day('period_to').notNull(),
  text: text('text').notNull(),
  topics: uuid('topics').array().$type<readonly string[]>().notNull(),
  figures: jsonb('figures').$type<Figures>().notNull(),
  corrects: uuid('corrects'),
  draftedBy: text('drafted_by').notNull(),
  revisedBy: text('revised_by'),
  draftedAt: instant('drafted_at').notNull(),
  approvedBy: text('approved_by'),
  approvedAt: instant('approved_at'),
  issuedBy: text('issued_by'),
  issuedAt: instant('issued_at'),
  withdrawnAt: instant('withdrawn_at'),
})

export const reportDelivery = pgTable('report_delivery', {
  reportId: uuid('report_id').notNull(),
  recipient: text('recipient').$type<Recipient>().notNull(),
  organisation: text('organisation').notNull(),
  mode: text('mode').notNull(),
  sentAt: instant('sent_at').notNull(),
  recordedBy: text('recorded_by').notNull(),
})

export const reportFeedback = pgTable('report_feedback', {
  reportId: uuid('report_id').notNull(),
  person: text('person').notNull(),
  text: text('text').notNull(),
  givenOn: day('given_on').notNull(),
})
