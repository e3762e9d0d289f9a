import { dayOf } from '@hub/kit/day.ts'
import type { Db } from '@hub/kit/postgres.ts'
import { and, asc, between, getTableColumns, gt, gte, lt } from 'drizzle-orm'
import { numberOf } from '../domain/case-number.ts'
import type { ShiftBounds } from '../domain/duty-log.ts'
import type { CaseRecord } from '../domain/state.ts'
import { caseTable } from './tables.ts'

const { textIndex: _textIndex, ...columns } = getTableColumns(caseTable)
const LAST_SERIAL = 999_999

/** What was registered in a shift, in the order of the register; the numbers of its days bound the search. */
export function listRegistered(
  db: Db,
  { from, before }: ShiftBounds,
  limit: number,
  after: string | null,
): Promise<CaseRecord[]> {
  return db
    .select(columns)
    .from(caseTable)
    .where(
      and(
        between(caseTable.number, numberOf(dayOf(from), 0), numberOf(dayOf(before), LAST_SERIAL)),
        gte(caseTable.registeredAt, from),
        lt(caseTable.registeredAt, before),
        after === null ? undefined : gt(caseTable.number, after),
      ),
    )
    .orderBy(asc(caseTable.number))
    .limit(limit)
}
