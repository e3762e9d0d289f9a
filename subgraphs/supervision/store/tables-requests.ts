import { bigint, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from './tables.ts'

export const request = pgTable('request', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  client: text('client').notNull(),
  requestHash: text('request_hash').notNull(),
  subject: text('subject').notNull(),
  result: text('result').notNull(),
  at: instant('at').notNull(),
})

export const idempotency = pgTable(
  'idempotency',
  {
    client: text('client').notNull(),
    key: text('key').notNull(),
    requestHash: text('request_hash').notNull(),
    result: text('result'),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.client, table.key] })],
)
