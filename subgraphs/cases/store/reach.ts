import { sql, type SQL } from 'drizzle-orm'
import { caseTable } from './tables.ts'

/** Which cases a viewer reaches at all; what of each is shown is decided field by field. */
export type Reach =
  | { readonly kind: 'ALL' }
  /** Cases with an assignment at one of these units, unless they complain of one of `barredBy` (R97). */
  | { readonly kind: 'UNITS'; readonly codes: readonly string[]; readonly barredBy: readonly string[] }
  | { readonly kind: 'DISTRICT'; readonly district: string }
  /** Cases of the person whose phone has this fingerprint. */
  | { readonly kind: 'CITIZEN'; readonly phoneIndex: string }
  | { readonly kind: 'NONE' }

/**
 * The condition on the table of cases that a viewer's reach means. `isWalked` says that only cases of the units are
 * looked at anyway.
 */
export function reaches(reach: Reach, isWalked = false): SQL | undefined {
  switch (reach.kind) {
    case 'ALL':
      return undefined
    case 'UNITS': {
      const unbarred = sql`not (${caseTable.complainedOf} && ${textArray(reach.barredBy)})`
      return isWalked ? unbarred : sql`${heldBy(reach.codes)} and ${unbarred}`
    }
    case 'DISTRICT':
      return sql`${caseTable.district} = ${reach.district}`
    case 'CITIZEN':
      return sql`${caseTable.number} in (select k.case_number from caller k where k.phone_index = ${reach.phoneIndex})`
    default:
      return sql`false`
  }
}

/** Cases that one of some units has or had an assignment of. */
export function heldBy(codes: readonly string[]): SQL {
  return sql`exists (select from assignment a where a.case_number = ${caseTable.number} and a.department = any(${textArray(codes)}))`
}

/** A list of texts as a PostgreSQL array. */
export function textArray(values: readonly string[]): SQL {
  return sql`array(select json_array_elements_text(${JSON.stringify(values)}::text::json))`
}

/** More units than these hold a great part of the register: then it is quicker to look at each case in turn. */
const MOST_WALKED = 30

/** The units whose cases are all that a list can hold, or null where none narrow it: the reach and a filter both hold then. */
export function unitsOf(reach: Reach, department: string | null): readonly string[] | null {
  if (department === null) return reach.kind === 'UNITS' ? reach.codes : null
  return reach.kind !== 'UNITS' || reach.codes.includes(department) ? [department] : null
}

/** What a walk along the cases of units is narrowed to, besides conditions on the cases themselves. */
export interface UnitWalk {
  readonly before: string | null
  readonly matterTypes: readonly string[] | null
  readonly limit: number
}

/** Whether the cases of some units are found by walking along what each of them holds. */
export function isWalked(codes: readonly string[] | null): codes is readonly string[] {
  return codes !== null && codes.length > 0 && codes.length <= MOST_WALKED
}

/**
 * The newest numbers of cases of some units that meet conditions: each unit's own entries (of each kind of matter) are
 * walked along and each case is looked up in its turn, a page of them at most; together they hold the page.
 */
export function walkOf(
  codes: readonly string[],
  { before, matterTypes, limit }: UnitWalk,
  conditions: SQL | undefined,
): SQL {
  const matters = matterTypes ? sql`cross join unnest(${textArray(matterTypes)}) as matter (type)` : sql``
  return sql`(select walked.case_number as number from unnest(${textArray(codes)}) as unit (code) ${matters}
    cross join lateral (
      select h.case_number from held_case h join "case" on "case".number = h.case_number
      where h.department = unit.code ${matterTypes ? sql`and h.matter_type = matter.type` : sql``}
        ${before === null ? sql`` : sql`and h.case_number < ${before}`}
        and ${conditions ?? sql`true`}
      order by h.case_number desc limit ${limit}::int
    ) walked)`
}
