import DataLoader from 'dataloader'
import type { Caller } from '@hub/kit/caller.ts'
import type { Database } from '@hub/kit/postgres.ts'
import type { Department, Responsibility } from '../domain/department.ts'
import { suggestDepartments, type Suggestion } from '../domain/suggest.ts'
import {
  listByCodes,
  listChildren,
  listDepartments,
  listResponsibilities,
  type DepartmentFilter,
} from '../store/departments.ts'
import type { RoutingReader } from '../store/routing-reader.ts'

/** What the resolvers of one operation work with. */
export interface Context {
  readonly caller: Caller
  readonly department: DataLoader<string, Department | null>
  readonly children: DataLoader<string, Department[]>
  readonly responsibilities: DataLoader<string, Responsibility[]>
  readonly list: (
    filter: DepartmentFilter,
    after: { position: number; code: string } | null,
    limit: number,
  ) => Promise<Department[]>
  readonly suggest: (
    given: {
      title: string
      content: string
      district: string | null
      complainedOf: readonly string[]
    },
    first: number,
  ) => Promise<Suggestion[]>
}

/** Makes the context of one operation: loaders gather what one step of it asks for into one statement. */
export function contextMaker(database: Database, routing: RoutingReader): (caller: Caller) => Context {
  const db = database.orm
  return (caller) => ({
    caller,
    department: new DataLoader(async (codes) => {
      const found = new Map((await listByCodes(db, codes)).map((unit) => [unit.code, unit]))
      return codes.map((code) => found.get(code) ?? null)
    }),
    children: new DataLoader(async (codes) => {
      const found = Map.groupBy(await listChildren(db, codes), (unit) => unit.parent)
      return codes.map((code) => found.get(code) ?? [])
    }),
    responsibilities: new DataLoader(async (codes) => {
      const found = Map.groupBy(await listResponsibilities(db, codes), (clause) => clause.department)
      return codes.map((code) => found.get(code) ?? [])
    }),
    list: (filter, after, limit) => listDepartments(db, filter, after, limit),
    suggest: async (given, first) => suggestDepartments(await routing.current(), given, first),
  })
}
