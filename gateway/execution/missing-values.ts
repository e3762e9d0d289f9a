import type { GraphQLFormattedError } from 'graphql'
import type { Locale } from '@hub/kit/errors.ts'
import { refuse } from '../errors.ts'
import type { ErrorPath, Fault } from './complete-answer.ts'
import { outsideName } from '../planning/response-names.ts'

/** The errors with those of values that are missing and that no error explains, nor one that was told before. */
export function withMissing(
  errors: readonly GraphQLFormattedError[],
  faults: readonly Fault[],
  locale: Locale,
  told: readonly GraphQLFormattedError[] = [],
): GraphQLFormattedError[] {
  const known = told.length === 0 ? errors : [...told, ...errors]
  const untold = faults.filter(({ nulled }) => !known.some(({ path = [] }) => explains(path, nulled)))
  const message = refuse('VALUE_MISSING').sentence(locale)
  const missing = untold.map(({ path }) => ({ message, path, extensions: { code: 'VALUE_MISSING' } }))
  return [...errors, ...missing]
}

/** An error stands where the client looks for it. */
export function asOutside(error: GraphQLFormattedError): GraphQLFormattedError {
  if (!error.path) return error
  return { ...error, path: error.path.map((step) => (typeof step === 'string' ? outsideName(step) : step)) }
}

/** Whether an error lies on the way to a place, or beneath it. */
function explains(error: ErrorPath, place: ErrorPath): boolean {
  const length = Math.min(error.length, place.length)
  for (let at = 0; at < length; at++) if (error[at] !== place[at]) return false
  return true
}
