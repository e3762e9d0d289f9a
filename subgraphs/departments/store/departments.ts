import { and, asc, eq, gt, inArray, or, sql, type SQL } from 'drizzle-orm'
import type { Db } from '@hub/kit/postgres.ts'
import type { Department, DepartmentType, Responsibility } from '../domain/department.ts'
import { department, responsibility } from './tables.ts'

/** What a list of departments is narrowed to. */
export interface DepartmentFilter {
  readonly types: readonly DepartmentType[] | null
  /** The units under this one, at any depth. */
  readonly under: string | null
}

/** The departments of some codes, in any order. */
export function listByCodes(db: Db, codes: readonly string[]): Promise<Department[]> {
  return db
    .select()
    .from(department)
    .where(inArray(department.code, [...codes]))
}

/** The units right under some departments, in the official order. */
export function listChildren(db: Db, parents: readonly string[]): Promise<Department[]> {
  return db
    .select()
    .from(department)
    .where(inArray(department.parent, [...parents]))
    .orderBy(asc(department.position), asc(department.code))
}

/** The responsibility catalogues of some departments. */
export function listResponsibilities(db: Db, codes: readonly string[]): Promise<Responsibility[]> {
  return db
    .select()
    .from(responsibility)
    .where(inArray(responsibility.department, [...codes]))
    .orderBy(asc(responsibility.department), asc(responsibility.clause))
}

/** A page of departments in the official order, from just after a place in it. */
export function listDepartments(
  db: Db,
  filter: DepartmentFilter,
  after: { readonly position: number; readonly code: string } | null,
  limit: number,
): Promise<Department[]> {
  const conditions: (SQL | undefined)[] = [
    filter.types ? inArray(department.type, [...filter.types]) : undefined,
    filter.under === null ? undefined : inSubtree(filter.under),
    after
      ? or(
          gt(department.position, after.position),
          and(eq(department.position, after.position), gt(department.code, after.code)),
        )
      : undefined,
  ]
  return db
    .select()
    .from(department)
    .where(and(...conditions))
    .orderBy(asc(department.position), asc(department.code))
    .limit(limit)
}

function inSubtree(code: string): SQL {
  return sql`${department.code} in (
    with recursive below as (
      select code from department where parent = ${code}
      union all
      select child.code from department child join below on child.parent = below.code
    )
    select code from below)`
}
