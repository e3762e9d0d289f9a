import { policies, type CityPolicy } from '@hub/cases/domain/policy.ts'
import { z } from 'zod'
import { UsageError } from './failure.ts'

const [standing] = policies
const limit = (otherwise: number) => z.int().default(otherwise)

/** What a file leaves out is as in the source's own rules (decision 5); what it names wrongly is refused. */
const shape = z.strictObject({
  city: z.string(),
  version: z.string(),
  effectiveFrom: z.iso.date(),
  legalBasis: z.array(z.string().min(1)).min(1),
  replyWorkingDays: z.int(),
  capWorkingDays: z.int(),
  extensions: limit(standing.extensions),
  returnWithinWorkingDays: limit(standing.returnWithinWorkingDays),
  redoWorkingDays: limit(standing.redoWorkingDays),
  reopenWithinDays: limit(standing.reopenWithinDays),
  receivedAheadMinutes: limit(standing.receivedAheadMinutes),
  receivedWithinDays: limit(standing.receivedWithinDays),
  yellowWorkingDays: limit(standing.yellowWorkingDays),
  redWorkingDays: limit(standing.redWorkingDays),
  writtenWorkingDays: limit(standing.writtenWorkingDays),
  directiveWorkingDays: limit(standing.directiveWorkingDays),
  circularWorkingDays: limit(standing.circularWorkingDays),
  instructionWorkingDays: limit(standing.instructionWorkingDays),
  dutyFrom: z.string().default(standing.dutyFrom),
  dutyTo: z.string().default(standing.dutyTo),
})

/** Reads a version of a city's policy from JSON. Whether it can be worked by is decided where it is taken in. */
export function readPolicyFile(name: string, text: string): CityPolicy {
  let parsed: unknown
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw new UsageError(`${name}: not JSON.`)
  }
  const read = shape.safeParse(parsed)
  if (read.success) return read.data
  throw new UsageError(
    `${name}: ${read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
  )
}
