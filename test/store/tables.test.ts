import postgres from 'postgres'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

const template = await openTestDatabase()

describe('the tables of the hub', () => {
  it('stand in the template that tests clone, with a comment on every table', async () => {
    const sql = postgres(template.url, { max: 1 })
    const bare = await sql`
      select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('cases', 'departments', 'knowledge', 'supervision') and c.relkind in ('r', 'p') and not c.relispartition
        and obj_description(c.oid) is null`
    expect(bare.map((row) => row['name'])).toEqual([])
    await sql.end()
  })
})
