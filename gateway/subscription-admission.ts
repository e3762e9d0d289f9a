import type { Admit } from './admission.ts'
import { refusalAnswer } from './answer-errors.ts'
import { refuse } from './errors.ts'
import type { OpenOfCallers } from './rate.ts'
import { stoppable } from './stoppable.ts'
import type { Subscribe } from './subscription/subscribe.ts'

/** Subscriptions that passed admission, and no more of them for one caller than one may have. */
export function admittedOnly(subscribe: Subscribe, admit: Admit, open: OpenOfCallers): Subscribe {
  return (request) => {
    const { operation, variables, caller } = request
    const { graph, document, definition } = operation
    const refusal = admit({ graph, document, operation: definition, variables, caller })
    if (refusal) return [refusalAnswer(refusal, caller.locale)]
    const close = open.take(caller.subject)
    if (!close) return [refusalAnswer(refuse('SUBSCRIPTIONS_TOO_MANY'), caller.locale)]
    const deliveries = subscribe(request)
    if (!('next' in deliveries)) {
      close()
      return deliveries
    }
    return stoppable(async function* counted(signal) {
      const stop = (): void => void deliveries.return(undefined)
      signal.addEventListener('abort', stop, { once: true })
      signal.addEventListener('abort', close, { once: true })
      try {
        yield* { [Symbol.asyncIterator]: () => ({ next: () => deliveries.next() }) }
      } finally {
        close()
      }
    })
  }
}
