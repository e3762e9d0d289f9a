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

/** The condition on the table of cases that a viewer's reach means. */
export function reaches(reach: Reach): SQL | undefined {
  switch (reach.kind) {
    case 'ALL':
      return undefined
    case 'UNITS':
      return sql`${heldBy(reach.codes)} and not (${caseTable.complainedOf} && ${textArray(reach.barredBy)})`
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
