import type { Db } from '@hub/kit/postgres.ts'
import { and, desc, eq, getTableColumns, gte, inArray, lt, sql, type SQL } from 'drizzle-orm'
import type { CaseRecord } from '../domain/state.ts'
import { wordsOf } from '../domain/search-words.ts'
import type { CaseStatus, Channel, MatterType, Urgency } from '../domain/values.ts'
import { heldBy, reaches, textArray, type Reach } from './reach.ts'
import { caseTable } from './tables.ts'

const { textIndex: _textIndex, ...columns } = getTableColumns(caseTable)

/** What portals and operators filter by. Dates are whole days of receipt in Shanghai. */
export interface CaseFilter {
  readonly status?: readonly CaseStatus[] | null | undefined
  readonly district?: string | null | undefined
  readonly department?: string | null | undefined
  readonly matterType?: readonly MatterType[] | null | undefined
  readonly channel?: readonly Channel[] | null | undefined
  readonly urgency?: readonly Urgency[] | null | undefined
  readonly receivedFrom?: Date | null | undefined
  readonly receivedBefore?: Date | null | undefined
  readonly text?: string | null | undefined
}

/** A page of cases, newest number first, after a number; one row more than asked for tells whether more follow. */
export function listCases(
  db: Db,
  reach: Reach,
  filter: CaseFilter,
  limit: number,
  after: string | null,
): Promise<CaseRecord[]> {
  return db
    .select(columns)
    .from(caseTable)
    .where(
      and(reaches(reach), ...conditionsOf(filter), after === null ? undefined : lt(caseTable.number, after)),
    )
    .orderBy(desc(caseTable.number))
    .limit(limit)
}

function conditionsOf(filter: CaseFilter): (SQL | undefined)[] {
  const { status, district, department, matterType, channel, urgency, receivedFrom, receivedBefore, text } =
    filter
  return [
    status ? inArray(caseTable.status, [...status]) : undefined,
    district ? eq(caseTable.district, district) : undefined,
    department ? heldBy([department]) : undefined,
    matterType ? inArray(caseTable.matterType, [...matterType]) : undefined,
    channel ? inArray(caseTable.channel, [...channel]) : undefined,
    urgency ? inArray(caseTable.urgency, [...urgency]) : undefined,
    receivedFrom ? gte(caseTable.receivedAt, receivedFrom) : undefined,
    receivedBefore ? lt(caseTable.receivedAt, receivedBefore) : undefined,
    text ? hasWords(wordsOf(text)) : undefined,
  ]
}

/** All words of the text; a text without any finds nothing. */
function hasWords(words: readonly string[]): SQL {
  if (words.length === 0) return sql`false`
  return sql`${caseTable.textIndex} @@ array_to_string(array(select quote_literal(word) from unnest(${textArray(words)}) as word), ' & ')::tsquery`
}

/** Those of some cases that the viewer reaches. */
export function findCases(db: Db, reach: Reach, numbers: readonly string[]): Promise<CaseRecord[]> {
  return db
    .select(columns)
    .from(caseTable)
    .where(and(inArray(caseTable.number, [...numbers]), reaches(reach)))
}

/** How many cases are joined to one as their master. */
export async function countMergedInto(db: Db, master: string): Promise<number> {
  return db.$count(caseTable, eq(caseTable.mergedInto, master))
}
