import { bigint, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './tables.ts'

export const request = pgTable('request', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  client: text('client').notNull(),
  requestHash: text('request_hash').notNull(),
  subject: text('subject').notNull(),
  result: text('result').notNull(),
  at: instant('at').notNull(),
})
