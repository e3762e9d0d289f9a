import DataLoader from 'dataloader'
import type { Caller } from '@hub/kit/caller.ts'
import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import type { Clock } from '@hub/kit/clock.ts'
import { dayOf, type Day } from '@hub/kit/day.ts'
import { refuse as refuseKit } from '@hub/kit/errors.ts'
import type { Database, Db } from '@hub/kit/postgres.ts'
import type { Calendar } from '@hub/kit/working-days.ts'
import type { SupervisionOrder } from '../domain/order.ts'
import { listOverdueOfCases } from '../store/cases.ts'
import { listSubtree } from '../store/departments.ts'
import { listOrdersOfAssignments, listOrdersOfCases } from '../store/orders.ts'
import { performanceLoader, type PerformanceLoader } from './performance-loader.ts'

/** What the resolvers of one operation work with. Everything read by key is gathered into one statement. */
export interface Context {
  readonly caller: Caller
  readonly db: Db
  readonly today: Day
  readonly calendar: Calendar
  /** The departments whose supervision the caller may see; null: all. Read once per operation. */
  readonly scope: () => Promise<ReadonlySet<string> | null>
  /** Departments of a case's overdue assignments, one entry each, by case number. */
  readonly overdueOfCase: DataLoader<string, readonly string[]>
  readonly ordersOfCase: DataLoader<string, readonly SupervisionOrder[]>
  readonly ordersOfAssignment: DataLoader<string, readonly SupervisionOrder[]>
  readonly performance: PerformanceLoader
}

/** Makes the context of one operation. */
export function contextMaker(database: Database, clock: Clock): (caller: Caller) => Context {
  const db = database.orm
  const calendar = chineseCalendar()
  return (caller) => {
    const today = dayOf(clock())
    let scope: Promise<ReadonlySet<string> | null> | undefined
    return {
      caller,
      db,
      today,
      calendar,
      scope: () => (scope ??= scopeOf(db, caller)),
      overdueOfCase: loaderOf(
        (numbers) => listOverdueOfCases(db, numbers, today),
        ({ caseNumber }) => caseNumber,
        ({ department }) => department,
      ),
      ordersOfCase: loaderOf(
        (numbers) => listOrdersOfCases(db, numbers),
        ({ caseNumber }) => caseNumber,
        (order) => order,
      ),
      ordersOfAssignment: loaderOf(
        (ids) => listOrdersOfAssignments(db, ids),
        ({ assignment }) => assignment,
        (order) => order,
      ),
      performance: performanceLoader(db, today),
    }
  }
}

/** One statement for all keys asked for in a step; a key without rows has an empty list. */
function loaderOf<Row, Value>(
  list: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
  valueOf: (row: Row) => Value,
): DataLoader<string, readonly Value[]> {
  return new DataLoader(async (keys) => {
    const groups = Map.groupBy(await list(keys), keyOf)
    return keys.map((key) => (groups.get(key) ?? []).map(valueOf))
  })
}

async function scopeOf(db: Db, { role, attributes }: Caller): Promise<ReadonlySet<string> | null> {
  if (role !== 'DEPARTMENT') return null
  const own = attributes['department']
  if (!own) throw refuseKit('FORBIDDEN')
  return new Set(await listSubtree(db, own))
}
