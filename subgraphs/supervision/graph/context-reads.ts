import type { Db } from '@hub/kit/postgres.ts'
import { listInvestigations, type InvestigationFilter } from '../store/investigations.ts'
import { listLeaderReports, type ReportFilter } from '../store/leader-reports.ts'
import { listSteps, type StepFilter } from '../store/ladder.ts'
import { getOrder } from '../store/orders.ts'

export type Reads = ReturnType<typeof makeReads>

/** What the resolvers read besides what is gathered by key. */
export function makeReads(db: Db) {
  return {
    order: (id: string) => getOrder(db, id),
    investigation: async (id: string) =>
      one(await listInvestigations(db, { id, departments: null, limit: 1 })),
    investigations: (filter: InvestigationFilter) => listInvestigations(db, filter),
    leaderReports: (filter: ReportFilter) => listLeaderReports(db, filter),
    steps: (filter: StepFilter) => listSteps(db, filter),
  }
}

function one<Row>([row]: readonly Row[]): Row {
  if (!row) throw new Error('what was made is gone')
  return row
}
