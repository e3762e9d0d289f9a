import { ONCE, type Db } from '@hub/kit/postgres.ts'
import { and, lt, sql } from 'drizzle-orm'
import { conditionsOf, dateBranches, isLive, statusBranches, type PageSought } from './case-conditions.ts'
import { heldBy, isWalked, reaches, unitsOf, walkOf } from './reach.ts'
import { caseTable } from './tables.ts'

/**
 * Each branch is one walk along an index in the order of numbers, broken off after a page; together they are the page.
 * The plan depends on how common just these values are, so it is made for them and not kept.
 */
export async function findAmong(db: Db, { reach, filter, limit, after }: PageSought): Promise<string[]> {
  const units = unitsOf(reach, filter.department ?? null)
  const walked = isLive(filter.status) || !isWalked(units) ? null : units
  const shared = [
    reaches(reach, walked !== null),
    walked === null && filter.department ? heldBy([filter.department]) : undefined,
    ...conditionsOf(filter, walked === null),
  ]
  const before = after === null ? undefined : lt(caseTable.number, after)
  const matterTypes = filter.matterType ?? null
  const branches = statusBranches(filter.status ?? null, walked !== null).flatMap((status) =>
    dateBranches(filter).map(({ holds, order }) =>
      walked
        ? walkOf(walked, { before: after, matterTypes, limit }, and(...shared, status, holds))
        : sql`(select "case".number from "case" where ${and(...shared, before, status, holds) ?? sql`true`}
            order by ${order} limit ${limit}::int)`,
    ),
  )
  const rows = await db.execute<{ number: string }>(
    sql`${sql.raw(ONCE)} select distinct number from (${sql.join(branches, sql` union all `)}) found
      order by number desc limit ${limit}::int`,
  )
  return rows.map(({ number }) => number)
}
