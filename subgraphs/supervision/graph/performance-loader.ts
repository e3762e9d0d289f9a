import DataLoader from 'dataloader'
import type { Day } from '@hub/kit/day.ts'
import type { Db } from '@hub/kit/postgres.ts'
import { CITY, COUNTERS, type Counts } from '../domain/counters.ts'
import { performanceOf, type Performance } from '../domain/performance.ts'
import { policyOn } from '../domain/policy.ts'
import { sumDays, type PeriodRow } from '../store/department-days.ts'
import { listDepartments } from '../store/departments.ts'

export interface PerformanceKey {
  readonly department: string
  readonly from: Day
  readonly to: Day
}

export type PerformanceLoader = DataLoader<PerformanceKey, Performance, string>

/** The hotline office is the unit that answers directly; it alone is measured by that. */
const ANSWERING_OFFICE = 'HOTLINE_OFFICE'

/** Two statements for any number of departments of one period. */
export function performanceLoader(db: Db, today: Day): PerformanceLoader {
  return new DataLoader(
    async (keys: readonly PerformanceKey[]) => {
      const periods = Map.groupBy(keys, ({ from, to }) => `${from} ${to}`)
      const types = new Map(
        (await listDepartments(db, [...new Set(keys.map(({ department }) => department))])).map(
          ({ code, type }) => [code, type],
        ),
      )
      const found = new Map<PerformanceKey, Performance>()
      for (const [key] of periods.values()) {
        if (!key) continue
        const asked = keys.filter(({ from, to }) => from === key.from && to === key.to)
        const departments = [...new Set(asked.map(({ department }) => department)), CITY]
        const rows = await sumDays(db, { from: key.from, to: key.to, today, departments })
        const city = countsOf(rows, CITY).all
        const small = policyOn(key.to).smallDenominator
        for (const each of asked) {
          const answers = types.get(each.department) === ANSWERING_OFFICE
          found.set(each, performanceOf(countsOf(rows, each.department), answers ? city : null, small))
        }
      }
      return keys.map((key) => found.get(key) ?? new Error('a period without sums'))
    },
    { cacheKeyFn: ({ department, from, to }) => `${department} ${from} ${to}` },
  )
}

const NOTHING = Object.fromEntries(COUNTERS.map((counter) => [counter, 0])) as Counts

function countsOf(rows: readonly PeriodRow[], department: string) {
  const own = rows.filter((row) => row.department === department)
  const past = own.find((row) => row.past)?.counts ?? NOTHING
  const ahead = own.find((row) => !row.past)?.counts ?? NOTHING
  const all = Object.fromEntries(
    COUNTERS.map((counter) => [counter, past[counter] + ahead[counter]]),
  ) as Counts
  return { all, past, ahead }
}
