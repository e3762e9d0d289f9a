/** Case events stand in a fixed number of streams, so that writers of different cases seldom meet. */
const CASE_STREAMS = 8

/** Major sudden incidents (R56–R58, R62). */
export const EMERGENCY_STREAM = 'emergency'

/** Holiday notices as they are imported (decision 8). */
export const CALENDAR_STREAM = 'calendar'

/** Policies of cities as they are announced (R8). */
export const POLICY_STREAM = 'policy'

/** All events of one case, with those of the other cases that fall to the same stream: what other rooms follow. */
export function caseStream(number: string): string {
  let hash = 0
  for (const letter of number) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return `case:${hash % CASE_STREAMS}`
}

/** The assignment events of one unit: what its own system follows. */
export function departmentStream(code: string): string {
  return `department:${code}`
}
