import type { Tx } from '@hub/kit/postgres.ts'
import { eq, getTableColumns, sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { CaseState } from '../domain/state.ts'
import {
  caseAmendment,
  coordination,
  paper,
  dispute,
  instruction,
  merge,
  referral,
  refusal,
  suspension,
  verification,
} from './tables-seldom.ts'
import {
  assignment,
  callback,
  directAnswer,
  extension,
  feedback,
  notice,
  reply,
  returnRequest,
} from './tables.ts'

type PartTable = PgTable & { readonly id: PgColumn; readonly caseNumber: PgColumn }

/** The lists of a case's state and the table of each, in the order in which foreign keys want them written. */
const tables = {
  instructions: instruction,
  assignments: assignment,
  replies: reply,
  extensions: extension,
  returns: returnRequest,
  directAnswers: directAnswer,
  feedbacks: feedback,
  callbacks: callback,
  notices: notice,
  referrals: referral,
  refusals: refusal,
  merges: merge,
  verifications: verification,
  disputes: dispute,
  suspensions: suspension,
  amendments: caseAmendment,
  coordinations: coordination,
  papers: paper,
} as const satisfies Partial<Record<keyof CaseState, PartTable>>

export type Part = keyof typeof tables
export const PARTS = Object.keys(tables) as readonly Part[]

export type CaseParts = Pick<CaseState, Part>

/**
 * All lists of a case, each in the order in which its records were made: ids grow (kit/id.ts). Most lists of most cases
 * are empty: one statement tells which are not, and only these are read.
 */
export async function readParts(tx: Tx, caseNumber: string): Promise<CaseParts> {
  const filled = await findFilled(tx, caseNumber)
  const lists: object = Object.fromEntries(
    await Promise.all(
      PARTS.map(async (part) => {
        if (!filled.has(part)) return [part, []] as const
        const table: PartTable = tables[part]
        const rows = await tx.select().from(table).where(eq(table.caseNumber, caseNumber)).orderBy(table.id)
        return [part, rows] as const
      }),
    ),
  )
  return lists as CaseParts
}

async function findFilled(tx: Tx, caseNumber: string): Promise<ReadonlySet<string>> {
  const each = PARTS.map((part) => {
    const table: PartTable = tables[part]
    return sql`select ${sql.raw(`'${part}'`)} as part where exists (select from ${table} where ${table.caseNumber} = ${caseNumber})`
  })
  const rows = await tx.execute<{ part: string }>(sql.join(each, sql` union all `))
  return new Set(rows.map(({ part }) => part))
}

/** Inserts new records and rewrites changed ones, in one statement. */
export async function writePart(tx: Tx, part: Part, records: readonly object[]): Promise<void> {
  if (records.length === 0) return
  const table: PartTable = tables[part]
  const rows = records.map((record) => ({ ...record }))
  await tx
    .insert(table)
    .values(rows)
    .onConflictDoUpdate({ target: table.id, set: excluded(table) })
}

/** Every column but the key, as the row that could not be inserted has it. */
function excluded(table: PartTable): Record<string, SQL> {
  const columns = Object.entries(getTableColumns(table)).filter(([, column]) => !column.primary)
  return Object.fromEntries(
    columns.map(([name, column]) => [name, sql`excluded.${sql.identifier(column.name)}`]),
  )
}
