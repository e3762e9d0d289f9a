import { bigint, date, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { ArticleStatus } from '../domain/article.ts'

export const articleVersion = pgTable('article_version', {
  id: text('article').notNull(),
  version: integer('version').notNull(),
  title: text('title').notNull(),
  body: text('body').notNull(),
  category: text('category').notNull(),
  legalBasis: text('legal_basis').array().notNull(),
  issuingBody: text('issuing_body'),
  documentNumber: text('document_number'),
  department: text('department'),
  keywords: text('keywords').array().notNull(),
  region: text('region').notNull(),
  inForceFrom: date('in_force_from', { mode: 'string' }).notNull(),
  inForceUntil: date('in_force_until', { mode: 'string' }),
  status: text('status').$type<ArticleStatus>().notNull(),
  reviewedAt: date('reviewed_at', { mode: 'string' }),
  savedAt: timestamp('saved_at', { withTimezone: true }).notNull(),
  plain: text('plain').notNull(),
})

export const lexiconEntry = pgTable('lexicon_entry', {
  kind: text('kind').notNull(),
  phrase: text('phrase').notNull(),
  terms: text('terms').array().notNull(),
  origin: text('origin').notNull(),
  changedAt: timestamp('changed_at', { withTimezone: true }).notNull(),
  changedBy: text('changed_by').notNull().default('shipped'),
})

export const articleAct = pgTable('article_act', {
  id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  article: text('article').notNull(),
  version: integer('version').notNull(),
  status: text('status').$type<ArticleStatus>().notNull(),
  actedBy: text('acted_by').notNull(),
  actedAt: timestamp('acted_at', { withTimezone: true }).notNull(),
})
