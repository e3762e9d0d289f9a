import type { Database } from '@hub/kit/postgres.ts'
import { departmentsOf, type DepartmentRef, type Departments } from '../domain/departments.ts'
import { isComplainedOf } from '../domain/targets.ts'
import { listDepartmentRefs } from '../store/refs.ts'

/** The organisations as they are known here, kept in memory: they change a few times a year. */
export interface DepartmentTree {
  current(): Promise<Departments>
  /** The unit and all under it. */
  within(code: string): Promise<readonly string[]>
  /** The units a complaint of which keeps the case from this one (R97). */
  barringOf(code: string): Promise<readonly string[]>
  /** Forgets what is kept: the next question reads again. */
  changed(): void
}

const KEPT_MS = 5_000

/** Another process may have followed a change that this one has not seen: what is kept is read again every 5 s. */
export function openDepartmentTree(database: Database): DepartmentTree {
  let kept: Promise<Known> | null = null
  let readAt = 0
  const known = (): Promise<Known> => {
    if (kept && Date.now() - readAt < KEPT_MS) return kept
    readAt = Date.now()
    const reading = read(database)
    reading.catch(() => {
      if (kept === reading) kept = null
    })
    kept = reading
    return reading
  }
  return {
    current: async () => (await known()).departments,
    within: async (code) => {
      const { refs, departments } = await known()
      return [
        code,
        ...refs.map((ref) => ref.code).filter((other) => other !== code && departments.isWithin(other, code)),
      ]
    },
    barringOf: async (code) => {
      const { refs, departments } = await known()
      return refs.map((ref) => ref.code).filter((blamed) => isComplainedOf([blamed], code, departments))
    },
    changed: () => {
      kept = null
    },
  }
}

interface Known {
  readonly refs: readonly DepartmentRef[]
  readonly departments: Departments
}

async function read(database: Database): Promise<Known> {
  const refs = await listDepartmentRefs(database.orm)
  return { refs, departments: departmentsOf(refs) }
}
