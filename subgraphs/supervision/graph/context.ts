import type { Caller } from '@hub/kit/caller.ts'
import { dayOf, type Day } from '@hub/kit/day.ts'
import { refuse as refuseKit } from '@hub/kit/errors.ts'
import type { Db } from '@hub/kit/postgres.ts'
import type { Calendar } from '@hub/kit/working-days.ts'
import type { Room } from '../commands/run.ts'
import type { CityPolicy } from '../domain/city-policy.ts'
import type { SupervisionOrder } from '../domain/order.ts'
import { listCasesWithoutEcho } from '../store/cases.ts'
import { listDepartments, listMeasured, listSubtree } from '../store/departments.ts'
import { listOrders, type RegisterFilter } from '../store/orders.ts'
import { listOverdue, type OverdueFilter, type OverdueRow } from '../store/overdue.ts'
import { makeCommands, type Commands } from './context-commands.ts'
import { makeReads, type Reads } from './context-reads.ts'
import { makeLoaders, type Loaders } from './loaders.ts'
import { performanceLoader, type PerformanceLoader } from './performance-loader.ts'

/** What the resolvers of one operation work with. Everything read by key is gathered into one statement. */
export interface Context extends Loaders {
  readonly caller: Caller
  readonly today: Day
  readonly calendar: Calendar
  /** Policies of cities, as they were announced. */
  readonly policies: () => readonly CityPolicy[]
  /** The departments whose supervision the caller may see; null: all. Read once per operation. */
  readonly scope: () => Promise<ReadonlySet<string> | null>
  readonly performance: PerformanceLoader
  readonly read: Reads
  readonly command: Commands
  readonly listOverdue: (filter: Omit<OverdueFilter, 'today'>) => Promise<OverdueRow[]>
  readonly listOrders: (filter: RegisterFilter) => Promise<SupervisionOrder[]>
  readonly listCasesWithoutEcho: (limit: number) => Promise<string[]>
  /** A department and all units under it. */
  readonly listSubtree: (code: string) => Promise<string[]>
  /** Codes of the units that take assignments. */
  readonly listMeasured: () => Promise<string[]>
  /** Those of some codes that are departments. */
  readonly listKnown: (codes: readonly string[]) => Promise<string[]>
}

/** Makes the context of one operation. */
export function contextMaker(room: Room): (caller: Caller) => Context {
  const { calendar, clock, policies } = room
  const db = room.database.orm
  return (caller) => {
    const today = dayOf(clock())
    let scope: Promise<ReadonlySet<string> | null> | undefined
    return {
      caller,
      today,
      calendar,
      policies,
      scope: () => (scope ??= scopeOf(db, caller)),
      ...makeLoaders(db, today),
      performance: performanceLoader(db, today),
      read: makeReads(db),
      command: makeCommands(room, caller),
      listOverdue: (filter) => listOverdue(db, { ...filter, today }),
      listOrders: (filter) => listOrders(db, filter),
      listCasesWithoutEcho: (limit) => listCasesWithoutEcho(db, limit),
      listSubtree: (code) => listSubtree(db, code),
      listMeasured: async () => (await listMeasured(db)).map(({ code }) => code),
      listKnown: async (codes) => (await listDepartments(db, codes)).map(({ code }) => code),
    }
  }
}

async function scopeOf(db: Db, { role, attributes }: Caller): Promise<ReadonlySet<string> | null> {
  if (role !== 'DEPARTMENT') return null
  const own = attributes['department']
  if (!own) throw refuseKit('FORBIDDEN')
  return new Set(await listSubtree(db, own))
}
