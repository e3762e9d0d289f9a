import type { Day } from '@hub/kit/day.ts'
import type { Db } from '@hub/kit/postgres.ts'
import { listSteps, type StepFilter } from '../store/ladder.ts'
import { getOrder } from '../store/orders.ts'

export type Reads = ReturnType<typeof makeReads>

/** What the resolvers read besides what is gathered by key. */
export function makeReads(db: Db, _today: Day) {
  return {
    order: (id: string) => getOrder(db, id),
    steps: (filter: StepFilter) => listSteps(db, filter),
  }
}
