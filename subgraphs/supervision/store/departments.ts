import type { Db } from '@hub/kit/postgres.ts'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { allExcluded } from './excluded.ts'
import { departmentRef } from './tables.ts'

export type DepartmentRef = typeof departmentRef.$inferSelect

/** Saves departments as their log told them. */
export async function saveDepartments(db: Db, departments: readonly DepartmentRef[]): Promise<void> {
  if (departments.length === 0) return
  await db
    .insert(departmentRef)
    .values([...departments])
    .onConflictDoUpdate({ target: departmentRef.code, set: allExcluded(departmentRef) })
}

/** Marks departments as gone; what they did stays counted. */
export async function removeDepartments(db: Db, codes: readonly string[]): Promise<void> {
  if (codes.length > 0)
    await db
      .update(departmentRef)
      .set({ removed: true })
      .where(inArray(departmentRef.code, [...codes]))
}

/** Units that can be measured: they take assignments. */
export function listMeasured(db: Db): Promise<DepartmentRef[]> {
  return db
    .select()
    .from(departmentRef)
    .where(and(eq(departmentRef.acceptsDispatch, true), eq(departmentRef.removed, false)))
    .orderBy(asc(departmentRef.code))
}

/** Every department that was ever told of, by code: what it did stays counted. */
export function listAllDepartments(db: Db): Promise<DepartmentRef[]> {
  return db.select().from(departmentRef).orderBy(asc(departmentRef.code))
}

/** Departments by code; unknown ones are absent. */
export function listDepartments(db: Db, codes: readonly string[]): Promise<DepartmentRef[]> {
  return db
    .select()
    .from(departmentRef)
    .where(inArray(departmentRef.code, [...codes]))
}

/** A department's own code and those of all units under it; itself alone while its tree is not known yet. */
export async function listSubtree(db: Db, code: string): Promise<string[]> {
  const rows = await db.execute<{ code: string }>(sql`
    with recursive under as (
      select ${code}::text as code
      union
      select child.code from department_ref child join under on child.parent = under.code
    )
    select code from under`)
  return rows.map((row) => row.code)
}
