import { customType, date, timestamp } from 'drizzle-orm/pg-core'

/** An instant, read as a Date. */
export function instant<Name extends string>(name: Name) {
  return timestamp(name, { withTimezone: true, mode: 'date' })
}

/** A calendar day, read as YYYY-MM-DD. */
export function day<Name extends string>(name: Name) {
  return date(name, { mode: 'string' })
}

/** Words to find a row by; written with array_to_tsvector. */
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })
