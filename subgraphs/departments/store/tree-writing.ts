import { asc, inArray, sql } from 'drizzle-orm'
import type { Db, Tx } from '@hub/kit/postgres.ts'
import type { DepartmentRecord } from '../domain/department.ts'
import { alias, department, lexiconVersion, responsibility } from './tables.ts'

/** Every department with its aliases and catalogue, in the official order. */
export async function listRecords(db: Db): Promise<DepartmentRecord[]> {
  const units = await db.select().from(department).orderBy(asc(department.position), asc(department.code))
  const aliases = Map.groupBy(await db.select().from(alias), (row) => row.department)
  const clauses = Map.groupBy(
    await db.select().from(responsibility).orderBy(asc(responsibility.clause)),
    (row) => row.department,
  )
  return units.map((unit) =>
    Object.assign(unit, {
      aliases: (aliases.get(unit.code) ?? []).map((row) => row.alias),
      responsibilities: (clauses.get(unit.code) ?? []).map((row) => row.text),
    }),
  )
}

/** Writes departments with all that hangs on them; parents come before their children. */
export async function saveRecords(tx: Tx, records: readonly DepartmentRecord[]): Promise<void> {
  const codes = records.map(({ code }) => code)
  if (codes.length === 0) return
  const units = records.map(({ aliases: _aliases, responsibilities: _clauses, ...unit }) => unit)
  await tx
    .insert(department)
    .values(units)
    .onConflictDoUpdate({
      target: department.code,
      set: {
        name: sql`excluded.name`,
        shortName: sql`excluded.short_name`,
        type: sql`excluded.type`,
        level: sql`excluded.level`,
        parent: sql`excluded.parent`,
        acceptsDispatch: sql`excluded.accepts_dispatch`,
        position: sql`excluded.position`,
      },
    })
  await tx.delete(alias).where(inArray(alias.department, codes))
  await tx.delete(responsibility).where(inArray(responsibility.department, codes))
  const aliases = records.flatMap(({ code, aliases: names }) =>
    [...new Set(names)].map((name) => ({ department: code, alias: name })),
  )
  const clauses = records.flatMap(({ code, responsibilities }) =>
    responsibilities.map((text, index) => ({ department: code, clause: index + 1, text })),
  )
  if (aliases.length > 0) await tx.insert(alias).values(aliases)
  if (clauses.length > 0) await tx.insert(responsibility).values(clauses)
}

/** Takes departments out of the tree, children before their parents. */
export async function removeRecords(tx: Tx, codes: readonly string[]): Promise<void> {
  if (codes.length > 0) await tx.delete(department).where(inArray(department.code, [...codes]))
}

/** Lets one import in at a time, and tells readers that something changed when it commits. */
export async function lockLexicon(tx: Tx): Promise<void> {
  await tx.select().from(lexiconVersion).for('update')
}

export async function raiseVersion(tx: Tx): Promise<void> {
  await tx.update(lexiconVersion).set({ version: sql`version + 1` })
}
