import { Refusal } from '@hub/kit/errors.ts'
import type { Logger } from '@hub/kit/log.ts'
import type { Admit } from './admission.ts'
import { masked, refusalAnswer } from '../answer-errors.ts'
import { refuse } from '../errors.ts'
import type { OpenOfCallers } from './rate.ts'
import type { Subscribe } from '../subscription/subscribe.ts'

/** Subscriptions that passed admission, and no more of them for one caller than one may have. */
export function admittedOnly(
  subscribe: Subscribe,
  admit: Admit,
  open: OpenOfCallers,
  log: Logger,
): Subscribe {
  return (request) => {
    const { operation, variables, caller } = request
    const { graph, document, definition } = operation
    const refusal = admit({ graph, document, operation: definition, variables, caller })
    if (refusal) return [refusalAnswer(refusal, caller.locale)]
    const close = open.take(caller.subject)
    if (!close) return [refusalAnswer(refuse('SUBSCRIPTIONS_TOO_MANY'), caller.locale)]
    try {
      const deliveries = subscribe({ ...request, ended: close })
      if (!('next' in deliveries)) close()
      return deliveries
    } catch (error) {
      close()
      if (error instanceof Refusal) return [refusalAnswer(error, caller.locale)]
      return [masked(error, caller.requestId, caller.locale, log)]
    }
  }
}
