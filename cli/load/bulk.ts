import type postgres from 'postgres'

/** What a bulk load does without, and puts back: secondary indexes, references between tables, and triggers. */
export interface Bared {
  /** Builds everything again, and lets PostgreSQL count what is there. */
  restore(onStep: (line: string) => void): Promise<void>
}

interface Part extends Record<string, unknown> {
  readonly table: string
  readonly name: string
  readonly definition: string
}

/** Takes from tables of the search path what makes single writes safe and bulk writes slow. */
export async function bareTables(sql: postgres.Sql, tables: readonly string[]): Promise<Bared> {
  const keys = await sql<Part[]>`
    select c.conrelid::regclass::text as table, quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c join pg_class t on t.oid = c.conrelid
    where c.contype = 'f' and t.relnamespace = current_schema()::regnamespace and t.relname in ${sql(tables)}`
  const indexes = await sql<Part[]>`
    select i.indrelid::regclass::text as table, i.indexrelid::regclass::text as name,
      pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class t on t.oid = i.indrelid
    where t.relnamespace = current_schema()::regnamespace and t.relname in ${sql(tables)}
      and not i.indisunique and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`
  for (const { table, name } of keys) await sql.unsafe(`alter table ${table} drop constraint ${name}`)
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`)
  await switchTriggers(sql, tables, 'disable')
  return {
    async restore(onStep) {
      for (const { table, name, definition } of indexes) {
        onStep(`${table}: ${name}`)
        await sql.unsafe(definition)
      }
      onStep('外键与统计 · references and statistics')
      for (const { table, name, definition } of keys)
        await sql.unsafe(`alter table ${table} add constraint ${name} ${definition}`)
      await switchTriggers(sql, tables, 'enable')
      for (const table of tables) await sql.unsafe(`vacuum (analyze) "${table}"`)
    },
  }
}

// `user`: those of the tables themselves, not PostgreSQL's own for the references.
async function switchTriggers(
  sql: postgres.Sql,
  tables: readonly string[],
  how: 'disable' | 'enable',
): Promise<void> {
  for (const table of tables) await sql.unsafe(`alter table "${table}" ${how} trigger user`)
}
