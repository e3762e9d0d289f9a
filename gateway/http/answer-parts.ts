import type { GraphQLFormattedError } from 'graphql'
import type { PartsForm } from './accepted.ts'
import type { Announced, Installment, Later, Part } from '../execution/deliver-parts.ts'

/** An answer in parts, in one of the forms that clients read. */
type Told = Readonly<Record<string, unknown>>

/** What the first part says besides its data: that more comes, and in the newer form what. */
export function firstExtras({ announced }: Later, form: PartsForm): Told {
  return form === 'deferSpec=20220824'
    ? { hasNext: true }
    : { pending: announced.map(announcement), hasNext: true }
}

/** What became ready, as the client reads it. */
export function installmentOf({ parts, announced, hasNext }: Installment, form: PartsForm): Told {
  if (form === 'deferSpec=20220824') {
    const told = parts.filter(({ data }) => data !== undefined)
    return { ...(told.length > 0 && { incremental: told.map(atPath) }), hasNext }
  }
  const whole = parts.filter(({ data }) => data)
  return {
    ...(announced.length > 0 && { pending: announced.map(announcement) }),
    ...(whole.length > 0 && {
      incremental: whole.map(({ id, data, errors }) => ({ id, data, ...errorsOf(errors) })),
    }),
    completed: parts.map(({ id, data, errors }) => ({ id, ...(data === null && errorsOf(errors)) })),
    hasNext,
  }
}

/** An answer in parts that cannot be gone on with. */
export function brokenOff(errors: readonly GraphQLFormattedError[]): Told {
  return { errors, hasNext: false }
}

function atPath({ label, path, data, errors }: Part): Told {
  return { ...(label !== undefined && { label }), path, data, ...errorsOf(errors) }
}

function announcement({ id, path, label }: Announced): Told {
  return { id, path, ...(label !== undefined && { label }) }
}

function errorsOf(errors: readonly GraphQLFormattedError[]): Told {
  return errors.length > 0 ? { errors } : {}
}
