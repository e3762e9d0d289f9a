import { refusalsOf, type Catalogue } from '@hub/kit/errors.ts'
import { handlingRefusals } from './errors-handling.ts'
import { intakeRefusals } from './errors-intake.ts'
import { outcomeRefusals } from './errors-outcome.ts'

/** Every refusal of this room. */
export const casesCatalogue = {
  ...intakeRefusals,
  ...handlingRefusals,
  ...outcomeRefusals,
} as const satisfies Catalogue

/** `throw refuse('CASE_NOT_FOUND', { number })`. */
export const refuse = refusalsOf(casesCatalogue)
